import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorOf, placeOf } from '../../../src/resolvers/cursor.ts';
import { randomNumbers } from '../../support/random-numbers.ts';

const refused = { code: 'BAD_USER_INPUT' };

test('a cursor names its place in its list', () => {
  for (const place of ['', '+abc', '{"token":"ä"}', 'x'.repeat(1_000)])
    assert.equal(placeOf('orders', cursorOf('orders', place)), place);
});

test('a cursor of another list is refused', () => {
  assert.throws(() => placeOf('orders by total', cursorOf('orders', '1')), refused);
});

test('what is no cursor is refused', () => {
  for (const text of ['', 'abc', '%', 'null', '\u{1f600}', 'A'.repeat(100_000)])
    assert.throws(() => placeOf('orders', text), refused, text.slice(0, 20));
});

test('a cursor of which any one character was changed is refused, or is the same cursor', () => {
  const random = randomNumbers(99);
  const cursor = cursorOf('orders', 'a place in the list');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let index = 0; index < cursor.length; index++) {
    const other = alphabet[Math.floor(random() * alphabet.length)] ?? 'A';
    const changed = cursor.slice(0, index) + other + cursor.slice(index + 1);
    if (Buffer.from(changed, 'base64url').equals(Buffer.from(cursor, 'base64url'))) continue;
    assert.throws(() => placeOf('orders', changed), refused, changed);
  }
});
