import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logText } from '../../../src/telemetry/log-text.ts';

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJl';

const rows: readonly (readonly [text: string, logged: string])[] = [
  ['/graphql', '/graphql'],
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0',
    'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0',
  ],
  ['/orders/123456789012', '/orders/123456789012'],
  ['4111111111111111', '[redacted]'],
  ['/pay/4111111111111111/now', '/pay/[redacted]/now'],
  ['4111 1111 1111 1111', '[redacted]'],
  ['4111-1111-1111-1111', '[redacted]'],
  ['378282246310005', '[redacted]'],
  ['6304000000000000018', '[redacted]'],
  ['Pay5555555555554444Now', 'Pay[redacted]Now'],
  [`/${token}`, '/[redacted]'],
  [`x Bearer ${token} y`, 'x [redacted] y'],
  ['Bearer opaque-token', '[redacted]'],
  ['Bearer%20opaque', '[redacted]'],
  ['basic dXNlcjpwYXNz', '[redacted]'],
  ['fct_abcDEF123456_abcdef', '[redacted]'],
  ['a'.repeat(300), 'a'.repeat(256)],
  [`${'a'.repeat(240)}4111111111111111`, `${'a'.repeat(240)}[redacted]`],
];

for (const [text, logged] of rows)
  test(`${text.slice(0, 60)} is logged as ${logged.slice(0, 60)}`, () => assert.equal(logText(text), logged));

test('a text made to be slow is not', () => {
  const startMs = performance.now();
  for (const text of ['1 '.repeat(100_000), 'eyJ'.repeat(50_000), 'Bearer '.repeat(50_000), '1-'.repeat(100_000)])
    logText(text);
  assert.ok(performance.now() - startMs < 50);
});
