import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apiKeyId, hashApiKey, mintApiKey } from '../../../src/auth/api-key.ts';
import { fromFields, toFields, type ApiKeyRecord } from '../../../src/auth/api-key-record.ts';

const record: ApiKeyRecord = {
  id: 'AAAAbbbb1234',
  hash: 'a'.repeat(64),
  consumer: 'a partner',
  role: 'service',
  tier: 'pro',
  scopes: ['orders:read', 'payments:read'],
  bffs: ['one'],
  createdAt: 1_000,
  expiresAt: 2_000,
  revokedAt: undefined,
};

describe('an API key', () => {
  test('names its id, and no two are alike', () => {
    const keys = Array.from({ length: 500 }, () => mintApiKey());
    for (const { id, text, hash } of keys) {
      assert.match(text, /^fct_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
      assert.equal(apiKeyId(text), id);
      assert.equal(hashApiKey(text).toString('hex'), hash);
    }
    assert.equal(new Set(keys.map(({ text }) => text)).size, 500);
    assert.equal(new Set(keys.map(({ id }) => id)).size, 500);
  });

  test('with any one character changed it is a typing error, told without a look-up', () => {
    const { text } = mintApiKey();
    for (let at = 0; at < text.length; at++) {
      const typo = text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
      assert.equal(apiKeyId(typo), undefined, typo);
    }
    assert.equal(apiKeyId(`${text} `), undefined);
    assert.equal(apiKeyId(text.slice(1)), undefined);
  });
});

describe('the record of an API key', () => {
  test('comes back from Redis as it went in', () => {
    assert.deepEqual(fromFields(record.id, toFields(record)), record);
    const revoked = { ...record, revokedAt: 1_500, scopes: [], bffs: [] };
    assert.deepEqual(fromFields(record.id, toFields(revoked)), revoked);
  });

  test("is nothing when it is another key's, half, or not a record at all", () => {
    const fields = toFields(record);
    assert.equal(fromFields('another00000', fields), undefined);
    for (let at = 0; at < fields.length; at += 2) {
      const without = fields.toSpliced(at, 2);
      const optional = ['scopes', 'bffs'].includes(fields[at] ?? '');
      assert.equal(fromFields(record.id, without) !== undefined, optional, fields[at]);
    }
    for (const reply of [null, undefined, 'OK', 1, [], {}, [1, 2], [null], ['id', record.id], new Error('x')])
      assert.equal(fromFields(record.id, reply), undefined);
  });

  test('with a role, hash or time that cannot be is nothing', () => {
    for (const [name, value] of [
      ['role', 'root'],
      ['role', ''],
      ['hash', 'A'.repeat(64)],
      ['hash', ''],
      ['expiresAt', 'never'],
      ['expiresAt', '1e400'],
      ['expiresAt', '-1'],
      ['createdAt', ''],
      ['tier', ''],
    ] as const) {
      const fields = toFields(record);
      fields[fields.indexOf(name) + 1] = value;
      assert.equal(fromFields(record.id, fields), undefined, `${name}=${value}`);
    }
  });

  test('that was revoked stays so, also when the time of it is garbage', () => {
    assert.equal(fromFields(record.id, [...toFields(record), 'revokedAt', 'garbage'])?.revokedAt, 0);
  });
});
