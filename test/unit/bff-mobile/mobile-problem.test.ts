import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { problemEntries, problemOf } from '../../../bff-mobile/resolvers/mobile-problem.ts';
import { problemOf as otherProblemOf } from '../../../bff-web/resolvers/problem.ts';
import type { Refusal } from '../../../src/resolvers/refusal.ts';
import type { ResolverContext } from '../../../src/resolvers/resolver-context.ts';

const inLanguage = (language: string) => ({ locale: { language, timeZone: 'UTC' } }) as ResolverContext;
const english = inLanguage('en-GB');

type Refused = Exclude<Refusal, { kind: 'exceeds_balance' }>;

const refusals: readonly Refused[] = [
  { kind: 'invalid', mistakes: [{ path: ['input', 'idempotencyKey'], code: 'BAD_FORMAT' }] },
  { kind: 'not_found' },
  { kind: 'changed', currentVersion: null },
  { kind: 'key_reused' },
  { kind: 'not_allowed', actions: [] },
  { kind: 'declined', declineCode: 'lost_card', retryable: false },
  { kind: 'unavailable', retryAfterSeconds: 2 },
  { kind: 'unknown', retryAfterSeconds: 3 },
];

test('every refusal has the code that the other client knows it by', () => {
  assert.equal(refusals.length, Object.keys(problemEntries).length);
  for (const refusal of refusals) assert.equal(problemOf(refusal, english).code, otherProblemOf(refusal).code);
});

test('the documented table is the one in the code', () => {
  const page = readFileSync('docs/display-texts.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` +\| `([A-Z_]+)`/gm)].map(([, code, retry]) => [code, retry]);
  assert.deepEqual(
    rows,
    Object.values(problemEntries).map(({ code, retry }) => [code, retry]),
  );
});

test('what may have happened is repeated with the same key, after a moment', () => {
  const { retry, retryAfterSeconds, field } = problemOf({ kind: 'unknown', retryAfterSeconds: 3 }, english);
  assert.deepEqual([retry, retryAfterSeconds, field], ['RETRY_SAME_KEY', 3, null]);
});

test('a way to pay that cannot be used is for the customer to change, a malformed key is not', () => {
  const invalid = (...path: string[]) =>
    problemOf({ kind: 'invalid', mistakes: [{ path: ['input', ...path], code: 'NOT_USABLE' }] }, english);
  const source = invalid('source', 'applePayToken');
  assert.deepEqual([source.retry, source.field], ['RETRY_NEW_ATTEMPT', 'source.applePayToken']);
  const key = invalid('idempotencyKey');
  assert.deepEqual([key.retry, key.field], ['DO_NOT_RETRY', 'idempotencyKey']);
  assert.equal(invalid().field, null);
});

test('a bank’s reason is told only where the customer can act on it', () => {
  const message = (declineCode: string | null, language = 'en-GB') =>
    problemOf({ kind: 'declined', declineCode, retryable: false }, inLanguage(language)).message;
  assert.match(message('insufficient_funds'), /lack of funds/);
  assert.match(message('expired_card', 'de-DE'), /abgelaufen/);
  assert.equal(message('lost_card'), message(null));
  assert.equal(message('constructor'), message(null));
});
