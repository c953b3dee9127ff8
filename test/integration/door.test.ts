import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { mintApiKey } from '../../src/auth/api-key.ts';
import { ApiKeyStore } from '../../src/auth/api-key-store.ts';
import { issuer } from '../support/authenticator.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { type KeyServer, startKeyServer } from '../support/key-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { connectTestRedis } from '../support/redis-client.ts';
import { makeSigner } from '../support/token-signer.ts';
import { tokenCases } from '../conformance/token-attacks.ts';
import { type Forge, token } from '../conformance/token-forge.ts';

const [rs, spare, es, ed, ps, partner, foreign] = [
  await makeSigner(),
  await makeSigner(),
  await makeSigner('ES256'),
  await makeSigner('EdDSA'),
  await makeSigner('PS256'),
  await makeSigner(),
  await makeSigner(),
];

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly challenge: string | undefined;
}

/** One request with these raw headers, names and values in turn, so that a header can come twice. */
function ask(url: string, ...headers: string[]): Promise<Answer> {
  const body = JSON.stringify({ query: '{ __typename }' });
  const fixed = ['Host', 'localhost', 'Content-Type', 'application/json', 'Content-Length', String(body.length)];
  // A browser-facing process wants a header that no cross-site form can set.
  const all = [...fixed, 'GraphQL-Preflight', '1', 'Accept', 'application/graphql-response+json', ...headers];
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers: all, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const code = /"code":"([A-Z_]+)"/.exec(text)?.[1];
        resolve({ status: response.statusCode ?? 0, code, challenge: response.headers['www-authenticate'] });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

describe('the door of a real process', () => {
  const cleanup = suiteCleanup(after);
  let gateway: RunningGateway;
  let keys: KeyServer;
  let forge: Forge;
  let store: ApiKeyStore;

  before(async () => {
    const redis = await startRedis(cleanup);
    keys = await startKeyServer(cleanup, ...[rs, spare, es, ed, ps].map((signer) => signer.publicJwk));
    const partnerKeys = await startKeyServer(cleanup, partner.publicJwk);
    const trap = await startKeyServer(cleanup, foreign.publicJwk);
    const audiences = { web: ['https://facet.example/one'] };
    gateway = await startGateway(cleanup, 'web', {
      redis: { url: redis.url },
      // The table is offered from one address as fast as it goes.
      rateLimit: { burst: { exempt: ['127.0.0.0/8'] } },
      auth: {
        issuers: [
          { issuer, audiences, jwks: { uri: keys.url }, algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
          { issuer: `${issuer}/partner`, audiences, jwks: { uri: partnerKeys.url } },
        ],
        assertion: { enabled: true },
      },
    });
    store = new ApiKeyStore((await connectTestRedis(cleanup, redis.url)).client);
    const clock = new ManualClock();
    forge = { rs, es, ed, ps, partner, foreign, trap: trap.url, clock, now: Math.floor(Date.now() / 1000) };
  });

  test('opens for a good token and for nobody else', async () => {
    assert.equal((await ask(gateway.url, 'Authorization', `Bearer ${token(forge)}`)).status, 200);
    const { status, code, challenge } = await ask(gateway.url, 'Authorization', 'Bearer x');
    assert.deepEqual([status, code], [401, 'UNAUTHENTICATED']);
    assert.equal(challenge, 'Bearer realm="facet", error="invalid_token", error_description="The token is malformed."');
    const suspended = `Bearer ${token(forge, { account_status: 'suspended' })}`;
    assert.deepEqual((await ask(gateway.url, 'Authorization', suspended)).code, 'ACCOUNT_SUSPENDED');
  });

  test('is shut for two credentials, of one kind or of two', async () => {
    const good = `Bearer ${token(forge)}`;
    for (const headers of [
      ['Authorization', good, 'Authorization', good],
      ['Authorization', good, 'authorization', ''],
      ['X-API-Key', 'x', 'x-api-key', 'x'],
      ['Authorization', good, 'X-API-Key', 'x'],
    ]) {
      const { status, code, challenge } = await ask(gateway.url, ...headers);
      assert.deepEqual([status, code], [400, 'CREDENTIALS_CONFLICT']);
      assert.match(challenge ?? '', /invalid_request/);
    }
  });

  test('the whole table of tokens over HTTP gets 2xx or 4xx and never a 5xx', async () => {
    const seen: Record<string, number> = {};
    for (const row of tokenCases) {
      // The time-bound rows were made for a clock that stands still.
      if (row.id.startsWith('TIME') || /skew/.test(row.title)) continue;
      const { authorization, apiKey, session, repeated } = row.offer(forge);
      // Sessions are no headers, and the test above sends headers twice.
      if (session !== undefined || repeated) continue;
      const headers = [
        ...(authorization === undefined ? [] : ['Authorization', authorization]),
        ...(apiKey === undefined ? [] : ['X-API-Key', apiKey]),
      ];
      // What cannot stand in a header never gets this far, and white space round a value is no part of it (RFC 9110 section 5.5).
      if (headers.some((value) => /[^\t\x20-\x7e\x80-\xff]|^\s|\s$/.test(value) || value.length > 14_000)) continue;
      const { status } = await ask(gateway.url, ...headers);
      assert.ok(status >= 200 && status < 500, `${row.id} ${row.title}: ${status}`);
      if (row.verdict !== 'accepted' && headers.length > 0)
        assert.ok(status >= 400, `${row.id} ${row.title}: ${status}`);
      if (row.verdict === 'accepted') assert.equal(status, 200, `${row.id} ${row.title}`);
      seen[status] = (seen[status] ?? 0) + 1;
    }
    assert.ok((seen[401] ?? 0) > 250, JSON.stringify(seen));
    assert.ok((seen[200] ?? 0) > 20, JSON.stringify(seen));
  });

  test('an API key made elsewhere opens it, and a second after its revoke it is shut', async () => {
    const { id, text, hash } = mintApiKey();
    const times = { createdAt: Date.now(), expiresAt: Date.now() + 60_000, revokedAt: undefined };
    await store.create({ id, hash, consumer: 'x', role: 'service', tier: 'pro', scopes: [], bffs: ['web'], ...times });
    assert.equal((await ask(gateway.url, 'X-API-Key', text)).status, 200);
    await store.revoke(id, Date.now());
    await waitFor(async () => (await ask(gateway.url, 'X-API-Key', text)).status === 401, {
      what: 'the revoke',
      timeoutMs: 1_000,
    });
  });

  test('publishes the key set of its assertions on the admin port only', async () => {
    const path = '/.well-known/jwks.json';
    const set = (await (await fetch(gateway.adminUrl + path)).json()) as { keys: { kty: string; d?: string }[] };
    assert.deepEqual([set.keys.length, set.keys[0]?.kty, set.keys[0]?.d], [1, 'OKP', undefined]);
    assert.equal((await fetch(new URL(path, gateway.url))).status, 404);
    // It is a set that jose takes; a token of our own issuer is none of its.
    const remote = createRemoteJWKSet(new URL(gateway.adminUrl + path));
    await assert.rejects(jwtVerify(token(forge, {}, {}, ed), remote));
  });

  test('no log line holds a credential', async () => {
    const good = token(forge, { jti: 'logged' });
    const { text } = mintApiKey();
    await ask(gateway.url, 'Authorization', `Bearer ${good}`);
    await ask(gateway.url, 'X-API-Key', text);
    await waitFor(() => gateway.lines().length > 4, { what: 'log lines' });
    const output = gateway.process.output();
    for (const secret of [good.split('.')[2] ?? '', good.split('.')[1] ?? '', text, text.slice(18)])
      assert.ok(!output.includes(secret));
  });
});
