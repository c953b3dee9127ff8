import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { exportJWK } from 'jose';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import {
  goodClaims,
  issuerConfig,
  policy,
  startAuthenticator,
  type TestAuthenticator,
} from '../../support/authenticator.ts';
import { jsonAnswer, type KeyAnswer, type KeyServer, startKeyServer, textAnswer } from '../../support/key-server.ts';
import { waitFor } from '../../support/processes.ts';
import { makeSigner } from '../../support/token-signer.ts';
import { within } from '../../support/within.ts';

const [first, second, third] = [await makeSigner(), await makeSigner(), await makeSigner()];

const minute = 60_000;

async function open(t: TestContext, jwks: Record<string, unknown> = {}, server?: KeyServer) {
  const keys = server ?? (await startKeyServer(t, first.publicJwk));
  const auth = startAuthenticator(t, {
    config: { issuers: [issuerConfig(keys.url, {}, { timeoutMs: 200, ...jwks })] },
  });
  await auth.ready;
  return { auth, keys };
}

/** `accepted`, or the code and reason of the refusal. */
async function offer(auth: TestAuthenticator, authorization: string): Promise<string> {
  try {
    await auth.authenticate({ authorization }, policy);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof GatewayError);
    return `${error.code} ${String(error.context?.['reason'])}`;
  }
}

async function tokenOf(auth: TestAuthenticator, signer = first, over: Record<string, unknown> = {}): Promise<string> {
  return `Bearer ${await signer.sign(goodClaims(auth.clock, over))}`;
}

/** Key sets that are broken, each in its own way. */
const broken: Record<string, KeyAnswer> = {
  'an error 500': textAnswer('{"keys":[]}', 500),
  'a 404': textAnswer('{}', 404),
  'an empty body': textAnswer(''),
  'an empty set': jsonAnswer({ keys: [] }),
  'a set without usable keys': jsonAnswer({ keys: [{ kty: 'oct', k: 'AAAA', kid: 'a' }, { kty: 'RSA' }, null, 7] }),
  'no list': jsonAnswer({ keys: { 0: first.publicJwk } }),
  'a bare list': jsonAnswer([first.publicJwk]),
  null: jsonAnswer(null),
  HTML: textAnswer('<html></html>', 200, { 'content-type': 'text/html' }),
  'JSON under an HTML type': textAnswer(JSON.stringify({ keys: [second.publicJwk] }), 200, {
    'content-type': 'text/html',
  }),
  'half a document': textAnswer(JSON.stringify({ keys: [first.publicJwk] }).slice(0, -20)),
  'a byte order mark': textAnswer(`\ufeff${JSON.stringify({ keys: [second.publicJwk] })}`),
  'bytes that are not UTF-8': (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x7b, 0xff, 0x7d])),
  'a document that is too large': jsonAnswer({ keys: [second.publicJwk], pad: 'x'.repeat(300_000) }),
  'a hundred and one keys': jsonAnswer({ keys: Array.from({ length: 101 }, () => second.publicJwk) }),
  'a redirect to a good set': textAnswer('', 302, { location: '/other' }),
  'a private key': jsonAnswer({
    keys: [await exportJWK(second.privateKey).then((jwk) => ({ ...jwk, kid: second.kid }))],
  }),
  'keys for encryption only': jsonAnswer({ keys: [{ ...second.publicJwk, use: 'enc' }] }),
  'a reset connection': (request) => request.socket.destroy(),
  silence: () => {},
};

describe('what replaces a good key set', () => {
  for (const [name, answer] of Object.entries(broken))
    test(`${name} does not`, async (t) => {
      const { auth, keys } = await open(t);
      keys.answer(answer);
      // An unknown key id asks the provider; so this waits until the broken answer is in.
      const verdict = await offer(auth, await tokenOf(auth, second));
      assert.equal(verdict, 'AUTH_UNAVAILABLE key_set_unreachable');
      assert.equal(keys.fetches, 2);
      assert.equal(await offer(auth, await tokenOf(auth, first, { jti: name })), 'accepted');
      assert.equal(auth.status()[0]?.failing, true);
      assert.equal(auth.lines.filter((line) => line['log.level'] === 'warn').length, 1);
    });
});

describe('a provider that is down', () => {
  test('at the start: the process starts, tokens get 503 with advice to retry, and the first good answer heals it', async (t) => {
    const keys = await startKeyServer(t, first.publicJwk);
    await keys.down();
    const { auth } = await open(t, { cooldownSeconds: 0.05 }, keys);
    const authorization = await tokenOf(auth);
    await assert.rejects(async () => auth.authenticate({ authorization }, policy), {
      code: 'AUTH_UNAVAILABLE',
      retryAfterMs: 50,
      context: { reason: 'no_keys' },
    });
    await keys.up();
    await waitFor(() => auth.status()[0]?.keys === 1, { what: 'the keys to be fetched in the background' });
    assert.equal(await offer(auth, authorization), 'accepted');
  });

  test('at the start: 200 tokens make no fetch beyond the one a cooldown', async (t) => {
    const keys = await startKeyServer(t, first.publicJwk);
    keys.answer(textAnswer('', 500));
    const { auth } = await open(t, { cooldownSeconds: 10 }, keys);
    const token = await tokenOf(auth);
    for (let index = 0; index < 200; index++) assert.equal(await offer(auth, token), 'AUTH_UNAVAILABLE no_keys');
    assert.equal(keys.fetches, 1);
    auth.clock.advance(10_000);
    for (let index = 0; index < 200; index++) await offer(auth, token);
    assert.equal(keys.fetches, 2);
  });

  test('known keys go on verifying new tokens for the configured age and not longer', async (t) => {
    const { auth, keys } = await open(t, { keepSeconds: 3600 });
    const remembered = await tokenOf(auth, first, { exp: Math.floor(auth.clock.now() / 1000) + 86_400 });
    assert.equal(await offer(auth, remembered), 'accepted');
    await keys.down();
    auth.clock.advance(59 * minute);
    assert.equal(await offer(auth, await tokenOf(auth, second)), 'AUTH_UNAVAILABLE key_set_unreachable');
    assert.equal(await offer(auth, await tokenOf(auth)), 'accepted');
    auth.clock.advance(2 * minute);
    assert.equal(await offer(auth, await tokenOf(auth, second)), 'AUTH_UNAVAILABLE no_keys');
    assert.equal(await offer(auth, remembered), 'AUTH_UNAVAILABLE no_keys');
  });

  test('200 unknown key ids at once make one fetch, and each one is answered within its timeout', async (t) => {
    const { auth, keys } = await open(t);
    keys.answer(() => {});
    const tokens = await Promise.all(
      Array.from(
        { length: 200 },
        async (_, index) => `Bearer ${await first.sign(goodClaims(auth.clock), { kid: `k${index}` })}`,
      ),
    );
    const startedAt = performance.now();
    const verdicts = await Promise.all(tokens.map((token) => offer(auth, token)));
    assert.ok(performance.now() - startedAt < within(2_000));
    assert.deepEqual(new Set(verdicts), new Set(['AUTH_UNAVAILABLE key_set_unreachable']));
    assert.equal(keys.fetches, 2);
  });

  test('200 unknown key ids one after the other make one fetch a cooldown, while it fails and while it answers', async (t) => {
    const { auth, keys } = await open(t, { cooldownSeconds: 10 });
    for (const how of [textAnswer('', 500), jsonAnswer({ keys: [first.publicJwk] })]) {
      auth.clock.advance(11_000);
      const before = keys.fetches;
      keys.answer(how);
      for (let index = 0; index < 200; index++)
        await offer(auth, `Bearer ${await first.sign(goodClaims(auth.clock), { kid: `k${index}` })}`);
      assert.equal(keys.fetches, before + 1);
    }
  });

  test('a known key verifies at once while a fetch hangs', async (t) => {
    const { auth, keys } = await open(t);
    keys.answer(() => {});
    const waiting = offer(auth, await tokenOf(auth, second));
    const startedAt = performance.now();
    assert.equal(await offer(auth, await tokenOf(auth)), 'accepted');
    assert.ok(performance.now() - startedAt < within(150));
    assert.match(await waiting, /^AUTH_UNAVAILABLE/);
  });

  test('one line tells of the loss and one of the return', async (t) => {
    const { auth, keys } = await open(t, { cooldownSeconds: 0.02 });
    keys.answer(textAnswer('', 500));
    await offer(auth, await tokenOf(auth, second));
    await waitFor(() => keys.fetches >= 4, { what: 'retries in the background' });
    keys.publish(first.publicJwk);
    await waitFor(() => auth.status()[0]?.failing === false, { what: 'the provider to be back' });
    const told = auth.lines.map((line) => line['message']).filter((text) => String(text).includes('key set'));
    assert.deepEqual(told, [
      'the key set cannot be fetched; the last good keys stay',
      'the key set can be fetched again',
    ]);
  });
});

describe('rotation', () => {
  test('a new key is accepted on first sight, also right after a refresh', async (t) => {
    const { auth, keys } = await open(t);
    keys.publish(first.publicJwk, second.publicJwk);
    assert.equal(await offer(auth, await tokenOf(auth, second)), 'accepted');
    assert.equal(keys.fetches, 2);
    assert.equal(await offer(auth, await tokenOf(auth, first)), 'accepted');
  });

  test('a key published after a running fetch began is found by a fetch of its own', async (t) => {
    const { auth, keys } = await open(t, { refreshSeconds: 0.05, timeoutMs: 5_000 });
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      keys.answer((request, response) => {
        release = () => jsonAnswer({ keys: [first.publicJwk] })(request, response);
        resolve();
      });
    });
    await held;
    keys.publish(first.publicJwk, second.publicJwk);
    const verdict = offer(auth, await tokenOf(auth, second));
    release();
    assert.equal(await verdict, 'accepted');
  });

  test('an unknown key id starts a cooldown, and a key published within it is accepted right after', async (t) => {
    const { auth, keys } = await open(t, { cooldownSeconds: 10 });
    assert.equal(await offer(auth, await tokenOf(auth, third)), 'UNAUTHENTICATED unknown_key');
    keys.publish(first.publicJwk, second.publicJwk);
    assert.equal(await offer(auth, await tokenOf(auth, second)), 'UNAUTHENTICATED unknown_key');
    auth.clock.advance(10_000);
    assert.equal(await offer(auth, await tokenOf(auth, second)), 'accepted');
  });

  test('a withdrawn key is refused after the next refresh, for new tokens and for remembered ones', async (t) => {
    const { auth, keys } = await open(t, { refreshSeconds: 0.05 });
    const [old, kept] = [await tokenOf(auth, first), await tokenOf(auth, second)];
    keys.publish(first.publicJwk, second.publicJwk);
    await waitFor(() => auth.status()[0]?.keys === 2, { what: 'both keys' });
    assert.equal(await offer(auth, old), 'accepted');
    assert.equal(await offer(auth, kept), 'accepted');
    keys.publish(second.publicJwk);
    await waitFor(() => auth.status()[0]?.keys === 1, { what: 'the key to be withdrawn' });
    assert.equal(await offer(auth, old), 'UNAUTHENTICATED unknown_key');
    assert.equal(await offer(auth, await tokenOf(auth, first, { jti: 'new' })), 'UNAUTHENTICATED unknown_key');
    assert.equal(auth.authenticate({ authorization: kept }, policy) instanceof Promise, false);
  });

  test('other key material under the same key id ends the tokens of the old', async (t) => {
    const { auth, keys } = await open(t, { refreshSeconds: 0.05 });
    const old = await tokenOf(auth, first);
    assert.equal(await offer(auth, old), 'accepted');
    const fetches = keys.fetches;
    keys.publish({ ...second.publicJwk, kid: first.kid });
    await waitFor(() => keys.fetches > fetches + 1, { what: 'a refresh' });
    assert.equal(await offer(auth, old), 'UNAUTHENTICATED bad_signature');
  });

  test('unusable members beside a good key are left out', async (t) => {
    const { auth, keys } = await open(t);
    keys.publish(
      { kty: 'oct', k: 'AAAA' },
      { kty: 'RSA', n: '!', e: '!' },
      { ...third.publicJwk, d: 'AAAA' },
      second.publicJwk,
    );
    assert.equal(await offer(auth, await tokenOf(auth, second)), 'accepted');
    assert.equal(auth.status()[0]?.keys, 1);
  });

  test('an RSA key of 1024 bits is not taken', async (t) => {
    const { auth, keys } = await open(t);
    const { generateKeyPairSync } = await import('node:crypto');
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    keys.publish(first.publicJwk, { ...publicKey.export({ format: 'jwk' }), kid: 'short', alg: 'RS256' });
    await offer(auth, await tokenOf(auth, second));
    assert.equal(auth.status()[0]?.keys, 1);
  });
});

describe('clocks', () => {
  test('a wall clock that jumps two hours makes tokens expire or come from the future, and back again all is well', async (t) => {
    const { auth } = await open(t);
    const token = await tokenOf(auth);
    assert.equal(await offer(auth, token), 'accepted');
    auth.clock.jump(2 * 60 * minute);
    assert.equal(await offer(auth, token), 'UNAUTHENTICATED expired');
    auth.clock.jump(-4 * 60 * minute);
    assert.equal(
      await offer(auth, await first.sign(goodClaims(auth.clock)).then((text) => `Bearer ${text}`)),
      'accepted',
    );
    auth.clock.jump(2 * 60 * minute);
    assert.equal(await offer(auth, token), 'accepted');
  });
});
