import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refusal } from '../../../src/resolvers/refusal.ts';
import { asUnsent, endOf, refusalOf } from '../../../src/resolvers/refusal-of.ts';
import { UpstreamFailure, UpstreamProblem } from '../../../src/upstream/upstream-failure.ts';
import type { WriteOutcome } from '../../../src/upstream/write-once.ts';

const paths = new Map([['/phone', ['phone']]]);
const problem = (code: string, more: { errors?: { pointer: string; code: string }[]; members?: object } = {}) => ({
  code,
  title: 'No',
  errors: more.errors ?? [],
  members: { ...more.members },
});
const refused = (status: number, ...given: Parameters<typeof problem>) =>
  ({ kind: 'refused', status, problem: problem(...given) }) as const;
const invalid = (path: string[], code: string) => ({ kind: 'invalid', mistakes: [{ path, code }] });

type Ended = Exclude<WriteOutcome<unknown>, { kind: 'done' }>;
const cases: readonly [string, Ended, Refusal | object][] = [
  ['a missing thing', refused(404, 'not_found'), { kind: 'not_found' }],
  [
    'another version',
    refused(412, 'version_mismatch', { members: { current_version: 7 } }),
    { kind: 'changed', currentVersion: '7' },
  ],
  ['a conflict without a version', refused(409, 'whatever'), { kind: 'changed', currentVersion: null }],
  [
    'a version of a strange shape',
    refused(412, 'x', { members: { current_version: {} } }),
    { kind: 'changed', currentVersion: null },
  ],
  ['a missing condition', refused(428, 'precondition_required'), { kind: 'changed', currentVersion: null }],
  [
    'a wrong field',
    refused(422, 'v', { errors: [{ pointer: '/phone', code: 'bad_format' }] }),
    invalid(['input', 'phone'], 'BAD_FORMAT'),
  ],
  [
    'a wrong field that we never sent',
    refused(422, 'v', { errors: [{ pointer: '/x', code: 'new' }] }),
    invalid(['input'], 'NOT_ACCEPTED'),
  ],
  [
    'a field named like a method',
    refused(422, 'v', { errors: [{ pointer: 'constructor', code: 'toString' }] }),
    invalid(['input'], 'NOT_ACCEPTED'),
  ],
  ['a refusal without a word', refused(400, ''), invalid(['input'], 'NOT_ACCEPTED')],
  ['a used key', { kind: 'conflict' }, { kind: 'key_reused' }],
  ['nothing sent', { kind: 'unavailable', retryAfterMs: 1_001 }, { kind: 'unavailable', retryAfterSeconds: 2 }],
  ['an unknown end', { kind: 'unknown', retryAfterMs: 0 }, { kind: 'unknown', retryAfterSeconds: 1 }],
];
for (const [name, ended, refusal] of cases)
  test(`${name} is told as ${JSON.stringify(refusal)}`, () => {
    assert.deepEqual(refusalOf(ended, paths), refusal);
  });

test('a service that does not want us is our bug, not the caller’s', () => {
  for (const status of [401, 403]) assert.throws(() => refusalOf(refused(status, 'x'), paths), { code: 'FORBIDDEN' });
});

const failure = (effect: 'none' | 'unknown'): UpstreamFailure =>
  new UpstreamFailure('timeout', { service: 'orders', route: 'getOrder', effect, retryAfterMs: 3_000 });

test('a write without a key ends as its failure says', () => {
  assert.deepEqual(endOf(failure('none')), { kind: 'unavailable', retryAfterMs: 3_000 });
  assert.deepEqual(endOf(failure('unknown')), { kind: 'unknown', retryAfterMs: 3_000 });
  assert.equal(endOf(new UpstreamProblem('users', 'updateUser', 412, problem('version_mismatch'))).kind, 'refused');
  const bug = new TypeError('a bug');
  assert.throws(() => endOf(bug), bug);
});

test('a read that timed out before a write leaves the write unsent, for the same reason', () => {
  const unsent = asUnsent(failure('unknown'));
  assert.ok(unsent instanceof UpstreamFailure);
  assert.deepEqual(
    [unsent.effect, unsent.reason, unsent.service, unsent.route, unsent.retryAfterMs],
    ['none', 'timeout', 'orders', 'getOrder', 3_000],
  );
  const bug = new TypeError('a bug');
  assert.equal(asUnsent(bug), bug);
});
