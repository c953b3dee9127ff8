import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { calculateJwkThumbprint, createLocalJWKSet, jwtVerify } from 'jose';
import { AssertionSigner } from '../../../src/auth/assertion.ts';
import { keyPrincipal } from '../../../src/auth/make-principal.ts';
import { auth } from '../../../src/config/sections/auth.ts';
import { anonymous } from '../../../src/context/principal.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const caller = keyPrincipal({ id: 'AAAAAAAAAAAA', role: 'support', tier: 'pro', scopes: [] });

function make(settings: object = {}) {
  const clock = new ManualClock();
  return { clock, signer: new AssertionSigner(auth.parse({ assertion: settings }).assertion, clock) };
}

function pem(type: 'ed25519' | 'x25519' = 'ed25519'): string {
  const { privateKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function verify(signer: AssertionSigner, clock: ManualClock, text: string) {
  return jwtVerify(text, createLocalJWKSet({ keys: [...signer.jwks().keys] }), {
    issuer: 'facet',
    audience: 'facet-services',
    typ: 'facet-identity+jwt',
    algorithms: ['EdDSA'],
    currentDate: new Date(clock.now()),
  });
}

describe('the assertion that services get', () => {
  test('verifies against the published key set with issuer, audience, type and a life of a minute', async () => {
    const { signer, clock } = make();
    const { payload } = await verify(signer, clock, signer.assertionOf(caller) ?? '');
    assert.deepEqual([payload.sub, payload['role']], ['AAAAAAAAAAAA', 'support']);
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 60);
    assert.equal(signer.jwks().keys[0]?.kid, await calculateJwkThumbprint({ ...signer.jwks().keys[0] }));
  });

  test('is signed once for half of its life, and is always good for the other half', async () => {
    const { signer, clock } = make();
    const text = signer.assertionOf(caller);
    clock.advance(29_999);
    assert.equal(signer.assertionOf(caller), text);
    await verify(signer, clock, text ?? '');
    clock.advance(1);
    const next = signer.assertionOf(caller);
    assert.notEqual(next, text);
    await verify(signer, clock, next ?? '');
  });

  test('is signed anew when the wall clock goes back, so that it does not live longer', async () => {
    const { signer, clock } = make();
    const text = signer.assertionOf(caller);
    clock.jump(-7_200_000);
    const next = signer.assertionOf(caller) ?? '';
    assert.notEqual(next, text);
    await verify(signer, clock, next);
  });

  test('is not made for the anonymous', () => {
    assert.equal(make().signer.assertionOf(anonymous), undefined);
  });

  test('with two keys the first signs and both are published, so that keys can be exchanged without a gap', async () => {
    const [old, fresh] = [pem(), pem()];
    const before = make({ privateKeys: [old] });
    const after = make({ privateKeys: [fresh, old] });
    assert.equal(after.signer.jwks().keys.length, 2);
    await verify(after.signer, before.clock, before.signer.assertionOf(caller) ?? '');
    await verify(after.signer, after.clock, after.signer.assertionOf(caller) ?? '');
  });

  test('cannot be made with a key that is not Ed25519, and the error names the place and not the key', () => {
    assert.throws(
      () => make({ privateKeys: [pem(), pem('x25519')] }),
      /^Error: auth\.assertion\.privateKeys\[1\]: must be/,
    );
    const broken = pem().replace('MC4', 'AAA');
    assert.throws(
      () => make({ privateKeys: [broken] }),
      (error: Error) =>
        !error.message.includes('AAA') && error.message.startsWith('auth.assertion.privateKeys[0]: not'),
    );
  });

  test('publishes no private part', () => {
    assert.ok(!JSON.stringify(make().signer.jwks()).includes('"d"'));
  });
});
