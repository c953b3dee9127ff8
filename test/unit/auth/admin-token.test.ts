import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import { signAdminToken, verifyAdminToken } from '../../../src/auth/admin-token.ts';

const secret = 'a-secret-of-at-least-32-characters!';
const now = Date.parse('2026-11-21T10:00:00Z');
const token = { actor: 'ada', scope: 'write' } as const;

test('a token tells who holds it and what it may do, until it ends', async () => {
  const signed = await signAdminToken(secret, token, 900, now);
  assert.deepEqual(await verifyAdminToken(secret, signed, 3_600, now), token);
  assert.deepEqual(await verifyAdminToken(secret, signed, 3_600, now + 899_000), token);
  assert.equal(await verifyAdminToken(secret, signed, 3_600, now + 901_000), undefined);
});

test('another secret, a changed token and an algorithm of the bearer’s choice are refused', async () => {
  const signed = await signAdminToken(secret, token, 900, now);
  const [head = '', , signature = ''] = signed.split('.');
  const forged = Buffer.from(JSON.stringify({ sub: 'eve', scope: 'write' })).toString('base64url');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  assert.equal(await verifyAdminToken('another-secret-of-32-characters-xx', signed, 3_600, now), undefined);
  assert.equal(await verifyAdminToken(secret, `${head}.${forged}.${signature}`, 3_600, now), undefined);
  assert.equal(await verifyAdminToken(secret, `${none}.${signed.split('.')[1]}.`, 3_600, now), undefined);
});

test('a token of someone else’s making with the same secret is no admin token, nor one that lives too long', async () => {
  const sign = (claims: Record<string, unknown>, lifeSeconds: number) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt(now / 1_000)
      .setExpirationTime(now / 1_000 + lifeSeconds)
      .sign(new TextEncoder().encode(secret));
  const good = { iss: 'facet', aud: 'facet-admin', sub: 'ada', scope: 'read' };
  assert.ok(await verifyAdminToken(secret, await sign(good, 60), 3_600, now));
  for (const wrong of [{ iss: 'x' }, { aud: 'x' }, { sub: '' }, { scope: 'root' }, { scope: undefined }])
    assert.equal(await verifyAdminToken(secret, await sign({ ...good, ...wrong }, 60), 3_600, now), undefined);
  const longLived = await sign(good, 86_400);
  assert.equal(await verifyAdminToken(secret, longLived, 3_600, now + 3_700_000), undefined);
});
