import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readClaims } from '../../../src/auth/claims.ts';
import { auth } from '../../../src/config/sections/auth.ts';

const now = 1_800_000_000_000;

function read(payload: object, claims: object = {}) {
  const { issuers } = auth.parse({
    issuers: [{ issuer: 'i', jwks: { uri: 'https://id.example/jwks' }, audiences: { one: ['a'] }, claims }],
  });
  const mapping = issuers[0]?.claims;
  assert.ok(mapping);
  return readClaims({ sub: 'u', exp: now / 1000 + 60, ...payload }, mapping, now, 10_000);
}

describe('claims as an issuer names them', () => {
  test('role, tier, scopes and status may have other names, URLs included', () => {
    const claims = {
      role: 'https://id.example/role',
      tier: 'plan',
      scope: 'scp',
      accountStatus: 'state',
      roles: { agent: 'support' },
      tiers: { gold: 'enterprise' },
    };
    const payload = { 'https://id.example/role': 'agent', plan: 'gold', scp: ['a', 'b'], state: 'Locked' };
    const { role, tier, scopes, accountStatus } = read(payload, claims);
    assert.deepEqual([role, tier, [...scopes], accountStatus], ['support', 'enterprise', ['a', 'b'], 'locked']);
  });

  test('a list of names is a path into the token', () => {
    const claims = { role: ['realm_access', 'roles'] };
    assert.equal(read({ realm_access: { roles: ['offline_access', 'customer', 'admin'] } }, claims).role, 'admin');
    assert.equal(read({ realm_access: 'admin' }, claims).role, 'customer');
    assert.equal(read({ realm_access: null }, claims).role, 'customer');
    assert.equal(read({}, claims).role, 'customer');
  });

  test('what is not named gets the configured defaults', () => {
    const { role, tier, accountStatus, scopes } = read({}, { defaultRole: 'service', defaultTier: 'pro' });
    assert.deepEqual([role, tier, accountStatus, scopes.size], ['service', 'pro', 'active', 0]);
  });

  test('names of Object members are no roles, tiers or claims', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const { role, tier } = read({ role: name, tier: name });
      assert.deepEqual([role, tier], ['customer', 'free']);
      assert.equal(read({}, { role: [name], scope: [name, 'name'] }).role, 'customer');
    }
  });

  test('scopes that no scope can be are left out', () => {
    assert.deepEqual([...read({ scope: 'a "b" c\\d ü e' }).scopes], ['a', 'e']);
  });

  test('profile texts are short or left out', () => {
    assert.deepEqual(read({ name: 'n'.repeat(257), email: '', locale: 'de-DE' }).profile, { locale: 'de-DE' });
  });
});

describe('the configuration of issuers', () => {
  const issuer = { issuer: 'i', jwks: { uri: 'https://id.example/jwks' }, audiences: { one: ['a'] } };
  const problems = (over: object): string[] => {
    const result = auth.safeParse({ issuers: [{ ...issuer, ...over }] });
    return result.success ? [] : result.error.issues.map(({ path }) => path.join('.'));
  };

  test('takes https anywhere, and http on loopback only unless it is said aloud', () => {
    assert.deepEqual(problems({}), []);
    for (const uri of ['http://127.0.0.1:1/a', 'http://localhost/a', 'http://[::1]:1/a'])
      assert.deepEqual(problems({ jwks: { uri } }), [], uri);
    for (const uri of ['http://id.example/a', 'http://127.0.0.1.evil.test/a', 'http://10.0.0.1/a'])
      assert.deepEqual(problems({ jwks: { uri } }), ['issuers.0.jwks.uri'], uri);
    assert.deepEqual(problems({ jwks: { uri: 'http://id.example/a', allowPlainHttp: true } }), []);
    for (const uri of ['ftp://id.example/a', 'file:///etc/passwd', 'id.example'])
      assert.deepEqual(problems({ jwks: { uri } }), ['issuers.0.jwks.uri'], uri);
  });

  test('takes no algorithm without a public key, no empty list and no skew over 30 seconds', () => {
    for (const name of ['none', 'HS256', 'HS512', 'dir', 'rs256'])
      assert.equal(problems({ algorithms: [name] }).length, 1);
    assert.deepEqual(problems({ algorithms: [] }), ['issuers.0.algorithms']);
    assert.deepEqual(problems({ clockSkewSeconds: 31 }), ['issuers.0.clockSkewSeconds']);
    assert.deepEqual(problems({ audiences: { one: [] } }), ['issuers.0.audiences.one']);
    assert.equal(auth.safeParse({ issuers: [issuer, issuer] }).success, false);
  });
});
