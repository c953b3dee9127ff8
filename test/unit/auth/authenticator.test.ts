import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { anonymous } from '../../../src/context/principal.ts';
import type { GatewayError } from '../../../src/errors/gateway-error.ts';
import { goodClaims, issuer, issuerConfig, policy, startAuthenticator } from '../../support/authenticator.ts';
import { startKeyServer } from '../../support/key-server.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { makeSigner } from '../../support/token-signer.ts';

const signer = await makeSigner();

async function open(t: TestContext, over: Record<string, unknown> = {}) {
  const server = await startKeyServer(t, signer.publicJwk);
  const { config, ...rest } = over;
  const auth = startAuthenticator(t, {
    config: { issuers: [issuerConfig(server.url, { algorithms: ['RS256'] })], ...(config as object) },
    ...rest,
  });
  await auth.ready;
  return { auth, server };
}

const code = (expected: string) => (error: GatewayError) => error.code === expected;

describe('who calls', () => {
  test('a good token makes a frozen principal with role, tier, scopes and profile from its claims', async (t) => {
    const { auth } = await open(t);
    const claims = goodClaims(auth.clock, { role: 'support', scope: 'a b', name: 'Ava', zoneinfo: 'Europe/London' });
    const principal = await auth.authenticate({ authorization: `Bearer ${await signer.sign(claims)}` }, policy);
    assert.equal(principal.credential, 'bearer');
    assert.equal(principal.issuer, issuer);
    assert.equal(principal.subject, 'usr_1');
    assert.equal(principal.role, 'support');
    assert.equal(principal.tier, 'pro');
    assert.deepEqual([...principal.scopes], ['a', 'b']);
    assert.deepEqual(principal.claims, { name: 'Ava', timeZone: 'Europe/London' });
    assert.match(principal.hash, /^[0-9a-f]{16}$/);
    assert.ok(Object.isFrozen(principal));
  });

  test('a token seen before is answered without a promise, and as the same object', async (t) => {
    const { auth } = await open(t);
    const authorization = `Bearer ${await signer.sign(goodClaims(auth.clock))}`;
    const first = auth.authenticate({ authorization }, policy);
    assert.ok(first instanceof Promise);
    const principal = await first;
    assert.equal(auth.authenticate({ authorization }, policy), principal);
  });

  test('a remembered token ends with its exp, not later by the allowed skew', async (t) => {
    const { auth } = await open(t);
    const authorization = `Bearer ${await signer.sign(goodClaims(auth.clock))}`;
    await auth.authenticate({ authorization }, policy);
    auth.clock.advance(600_000 + 11_000);
    await assert.rejects(async () => auth.authenticate({ authorization }, policy), code('UNAUTHENTICATED'));
  });

  test('no credential is anonymous where the client allows it and 401 with a bare challenge where not', async (t) => {
    const { auth } = await open(t);
    const open1 = { ...policy, credentials: { ...policy.credentials, anonymous: true } };
    assert.equal(auth.authenticate({}, open1), anonymous);
    assert.throws(() => auth.authenticate({}, policy), {
      code: 'UNAUTHENTICATED',
      headers: { 'www-authenticate': 'Bearer realm="facet"' },
    });
  });

  test('two kinds of credential are a conflict, also when both are good', async (t) => {
    const { auth } = await open(t);
    const authorization = `Bearer ${await signer.sign(goodClaims(auth.clock))}`;
    for (const credentials of [
      { authorization, apiKey: '' },
      { authorization, session: 'x' },
      { apiKey: 'x', session: 'y' },
    ])
      assert.throws(() => auth.authenticate(credentials, policy), code('CREDENTIALS_CONFLICT'));
  });

  test('a kind that the client does not take is refused before it is looked at', async (t) => {
    const { auth } = await open(t);
    const authorization = `Bearer ${await signer.sign(goodClaims(auth.clock))}`;
    const noBearer = { ...policy, credentials: { ...policy.credentials, bearer: false } };
    assert.throws(() => auth.authenticate({ authorization }, noBearer), code('UNAUTHENTICATED'));
  });

  test('a token for one client is not believed at another, not even from memory', async (t) => {
    const { auth } = await open(t);
    const authorization = `Bearer ${await signer.sign(goodClaims(auth.clock))}`;
    await auth.authenticate({ authorization }, policy);
    await assert.rejects(
      async () => auth.authenticate({ authorization }, { ...policy, name: 'two' }),
      code('UNAUTHENTICATED'),
    );
  });
});

describe('closed accounts', () => {
  test('a token that says suspended is 403, in any spelling of the word', async (t) => {
    const { auth } = await open(t);
    for (const account_status of ['suspended', 'SUSPENDED', 'locked']) {
      const authorization = `Bearer ${await signer.sign(goodClaims(auth.clock, { account_status }))}`;
      await assert.rejects(async () => auth.authenticate({ authorization }, policy), code('ACCOUNT_SUSPENDED'));
    }
  });

  test('a barred subject is refused although its token is remembered, until it is unbarred or the time is over', async (t) => {
    const { auth } = await open(t, { config: { barSeconds: 60 } });
    const authorization = `Bearer ${await signer.sign(goodClaims(auth.clock))}`;
    await auth.authenticate({ authorization }, policy);
    await auth.bar('usr_1');
    assert.throws(() => auth.authenticate({ authorization }, policy), code('ACCOUNT_SUSPENDED'));
    await auth.unbar('usr_1');
    assert.equal((auth.authenticate({ authorization }, policy) as { subject: string }).subject, 'usr_1');
    await auth.bar('usr_1');
    auth.clock.advance(60_001);
    assert.equal((auth.authenticate({ authorization }, policy) as { subject: string }).subject, 'usr_1');
  });
});

describe('report mode', () => {
  test('the request passes as anonymous, and the refusal is logged and counted with its reason', async (t) => {
    const { auth } = await open(t, { enforcement: { authentication: { mode: 'report' } } });
    assert.equal(auth.authenticate({}, policy), anonymous);
    assert.equal(await auth.authenticate({ authorization: 'Bearer x' }, policy), anonymous);
    const reported = auth.lines.filter((line) => line['facet.decision'] === 'authentication');
    assert.deepEqual(
      reported.map((line) => [line['error.code'], line['event.reason']]),
      [
        ['UNAUTHENTICATED', 'missing'],
        ['UNAUTHENTICATED', 'malformed'],
      ],
    );
    assert.match(
      await auth.metrics.expose(),
      /facet_reported_refusals_total\{decision="authentication",code="UNAUTHENTICATED",reason="missing"\} 1/,
    );
  });

  test('it ends by itself at the instant that the configuration names', async (t) => {
    const clock = new ManualClock(Date.parse('2026-11-21T12:00:00Z'));
    const until = '2026-11-23T12:00:00Z';
    const { auth } = await open(t, { clock, enforcement: { authentication: { mode: 'report', until } } });
    assert.equal(auth.authenticate({}, policy), anonymous);
    clock.advance(48 * 3_600_000);
    assert.throws(() => auth.authenticate({}, policy), code('UNAUTHENTICATED'));
  });
});
