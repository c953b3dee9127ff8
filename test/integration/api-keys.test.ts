import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { mintApiKey } from '../../src/auth/api-key.ts';
import type { ApiKeyRecord } from '../../src/auth/api-key-record.ts';
import { ApiKeyStore } from '../../src/auth/api-key-store.ts';
import { GatewayError } from '../../src/errors/gateway-error.ts';
import { policy, startAuthenticator, type TestAuthenticator } from '../support/authenticator.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { startRedis, startRedisCluster, type TestRedis } from '../support/redis.ts';
import { connectTestRedis } from '../support/redis-client.ts';
import { within } from '../support/within.ts';

const hour = 3_600_000;

/** A process of the gateway as far as API keys go: its own connection, its own memory. */
async function startInstance(t: TestContext, url: string, apiKeys: Record<string, unknown> = {}) {
  const { client } = await connectTestRedis(t, url);
  const auth = startAuthenticator(t, { redis: client, config: { apiKeys } });
  await auth.ready;
  return { auth, client, store: new ApiKeyStore(client) };
}

async function giveKey(store: ApiKeyStore, over: Partial<ApiKeyRecord> = {}): Promise<{ id: string; text: string }> {
  const { id, text, hash } = mintApiKey();
  await store.create({
    id,
    hash,
    consumer: 'a partner',
    role: 'service',
    tier: 'pro',
    scopes: ['orders:read'],
    bffs: [],
    createdAt: Date.now(),
    expiresAt: Date.now() + hour,
    revokedAt: undefined,
    ...over,
  });
  return { id, text };
}

/** The tier the caller has, or the code and reason of its refusal. */
async function offer(auth: TestAuthenticator, apiKey: string): Promise<string> {
  try {
    return (await auth.authenticate({ apiKey }, policy)).tier;
  } catch (error) {
    assert.ok(error instanceof GatewayError);
    return `${error.code} ${String(error.context?.['reason'])}`;
  }
}

function isAnsweredAtOnce(auth: TestAuthenticator, apiKey: string): boolean {
  const answer = auth.authenticate({ apiKey }, policy);
  if (!(answer instanceof Promise)) return true;
  void answer.catch(() => {});
  return false;
}

/** Offers the key until the news of its making has passed and it is answered from memory. */
async function remember(auth: TestAuthenticator, apiKey: string): Promise<void> {
  await waitFor(async () => (await offer(auth, apiKey)) === 'pro' && isAnsweredAtOnce(auth, apiKey), {
    what: 'the key to be remembered',
  });
}

describe('API keys in Redis', () => {
  const cleanup = suiteCleanup(after);
  let redis: TestRedis;
  before(async () => {
    redis = await startRedis(cleanup);
  });

  test('a key is a principal with its own id, role, tier and scopes, and from the second time on costs no look-up', async (t) => {
    const { auth, store } = await startInstance(t, redis.url);
    const { id, text } = await giveKey(store);
    const principal = await auth.authenticate({ apiKey: text }, policy);
    assert.deepEqual(
      [
        principal.credential,
        principal.subject,
        principal.role,
        principal.tier,
        [...principal.scopes],
        principal.consumer,
      ],
      ['api-key', id, 'service', 'pro', ['orders:read'], `key:${id}`],
    );
    await remember(auth, text);
    assert.deepEqual(auth.authenticate({ apiKey: text }, policy), principal);
  });

  test('Redis holds the hash and never the key', async (t) => {
    const { store } = await startInstance(t, redis.url);
    const { id, text } = await giveKey(store);
    const kept = await redis.cli('hgetall', `facet:{api-keys}:${id}`);
    assert.ok(!kept.includes(text) && !kept.includes(text.split('_')[2] ?? ''));
    assert.match(kept, /hash\n[0-9a-f]{64}/);
    assert.ok(Number(await redis.cli('pttl', `facet:{api-keys}:${id}`)) > 30 * 24 * hour);
    assert.ok(Number(await redis.cli('pttl', 'facet:{api-keys}:index')) > 30 * 24 * hour);
  });

  test('a revoked key and a changed tier hold on every instance in under a second, although both remember the key', async (t) => {
    const [one, two] = [await startInstance(t, redis.url), await startInstance(t, redis.url)];
    const { id, text } = await giveKey(one.store);
    for (const { auth } of [one, two]) await remember(auth, text);
    for (const [change, expected] of [
      [() => one.store.setTier(id, 'enterprise'), 'enterprise'],
      [() => one.store.revoke(id, Date.now()), 'UNAUTHENTICATED key_revoked'],
    ] as const) {
      assert.equal(await change(), true);
      for (const { auth } of [one, two])
        await waitFor(async () => (await offer(auth, text)) === expected, { what: expected, timeoutMs: 1_000 });
    }
  });

  test('a lost message is caught by the short life of what is remembered', async (t) => {
    const { auth, store } = await startInstance(t, redis.url, { cacheSeconds: 10 });
    const { id, text } = await giveKey(store);
    await remember(auth, text);
    await redis.cli('hset', `facet:{api-keys}:${id}`, 'revokedAt', '1');
    assert.equal(await offer(auth, text), 'pro');
    auth.clock.advance(10_001);
    assert.equal(await offer(auth, text), 'UNAUTHENTICATED key_revoked');
  });

  test('a broken connection for news makes every remembered key be read again', async (t) => {
    const { auth, store } = await startInstance(t, redis.url);
    const { id, text } = await giveKey(store);
    await remember(auth, text);
    await redis.cli('hset', `facet:{api-keys}:${id}`, 'revokedAt', '1');
    assert.equal(await offer(auth, text), 'pro');
    await redis.cli('client', 'kill', 'type', 'pubsub');
    await waitFor(async () => (await offer(auth, text)) === 'UNAUTHENTICATED key_revoked', { what: 'a new look-up' });
  });

  test('a key ends at its time and works only at the clients it is for', async (t) => {
    const { auth, store } = await startInstance(t, redis.url);
    const ends = await giveKey(store, { expiresAt: auth.clock.now() + 5_000 });
    assert.equal(await offer(auth, ends.text), 'pro');
    auth.clock.advance(5_000);
    assert.equal(await offer(auth, ends.text), 'UNAUTHENTICATED key_expired');
    const other = await giveKey(store, { bffs: ['two'] });
    for (let round = 0; round < 2; round++)
      assert.equal(await offer(auth, other.text), 'FORBIDDEN key_not_for_this_client');
    assert.equal(await offer(auth, (await giveKey(store, { bffs: ['one', 'two'] })).text), 'pro');
  });

  test('the right id with the secret of another key is unknown, and guessing at a known id asks Redis once', async (t) => {
    const { auth, store } = await startInstance(t, redis.url);
    const victim = mintApiKey();
    await giveKey(store, { id: victim.id, hash: 'b'.repeat(64) });
    assert.equal(await offer(auth, victim.text), 'UNAUTHENTICATED key_unknown');
    const stats = /cmdstat_hgetall:calls=(\d+)/;
    const asked = stats.exec(await redis.cli('info', 'commandstats'))?.[1];
    for (let round = 0; round < 20; round++)
      assert.equal(await offer(auth, victim.text), 'UNAUTHENTICATED key_unknown');
    assert.equal(stats.exec(await redis.cli('info', 'commandstats'))?.[1], asked);
    assert.ok(Number(asked) > 0);
  });

  test('a record that is broken or of another type lets nobody in', async (t) => {
    const { auth, store } = await startInstance(t, redis.url);
    const { id, text } = await giveKey(store);
    await redis.cli('hset', `facet:{api-keys}:${id}`, 'role', 'root');
    assert.equal(await offer(auth, text), 'UNAUTHENTICATED key_unknown');
    await redis.cli('del', `facet:{api-keys}:${id}`);
    await redis.cli('set', `facet:{api-keys}:${id}`, 'x', 'EX', '60');
    assert.equal(await offer(auth, text), 'AUTH_UNAVAILABLE key_store_unreachable');
    await redis.cli('del', `facet:{api-keys}:${id}`);
  });

  test('listed are all keys with what is known of them', async (t) => {
    const { store } = await startInstance(t, redis.url);
    const { id } = await giveKey(store, { consumer: 'listed' });
    const found = (await store.list(Date.now())).find((key) => key.id === id);
    assert.equal(found?.consumer, 'listed');
    assert.equal(await store.revoke('AAAAAAAAAAAA', 1), false);
    assert.equal(await redis.cli('exists', 'facet:{api-keys}:AAAAAAAAAAAA'), '0');
  });

  test('a barred subject is barred on every instance, also one that starts later, and unbarred likewise', async (t) => {
    const [one, two] = [await startInstance(t, redis.url), await startInstance(t, redis.url)];
    const { id, text } = await giveKey(one.store);
    for (const { auth } of [one, two]) await remember(auth, text);
    await one.auth.bar(id);
    const barred = 'ACCOUNT_SUSPENDED suspended';
    assert.equal(await offer(one.auth, text), barred);
    await waitFor(async () => (await offer(two.auth, text)) === barred, { what: 'the bar', timeoutMs: 1_000 });
    const late = await startInstance(t, redis.url);
    assert.equal(await offer(late.auth, text), barred);
    await two.auth.unbar(id);
    for (const { auth } of [one, late])
      await waitFor(async () => (await offer(auth, text)) === 'pro', { what: 'the end of the bar', timeoutMs: 1_000 });
    assert.equal(await redis.cli('zcard', 'facet:{auth}:barred'), '0');
  });
});

describe('API keys while Redis is lost', () => {
  for (const [name, lose, find] of [
    ['killed', (redis: TestRedis) => redis.kill(), (redis: TestRedis) => redis.restart()],
    ['frozen', (redis: TestRedis) => redis.freeze(), (redis: TestRedis) => redis.thaw()],
  ] as const)
    test(`${name}: known keys work from memory for a minute, unknown ones get 503, and after it all is as before`, async (t) => {
      const redis = await startRedis(t);
      const { auth, client, store } = await startInstance(t, redis.url);
      const [known, unknown] = [await giveKey(store), await giveKey(store)];
      await remember(auth, known.text);
      await lose(redis);
      await client.get('x').catch(() => {});
      await waitFor(() => !client.available, { what: 'the loss to be noticed' });
      auth.clock.advance(59_000);
      assert.ok(isAnsweredAtOnce(auth, known.text));
      assert.equal(await offer(auth, known.text), 'pro');
      const startedAt = performance.now();
      assert.equal(await offer(auth, unknown.text), 'AUTH_UNAVAILABLE key_store_unreachable');
      assert.ok(performance.now() - startedAt < within(100));
      assert.equal(await offer(auth, mintApiKey().text), 'AUTH_UNAVAILABLE key_store_unreachable');
      auth.clock.advance(2_000);
      assert.equal(await offer(auth, known.text), 'AUTH_UNAVAILABLE key_store_unreachable');
      await find(redis);
      await waitFor(() => client.available, { what: 'Redis to be back' });
      // A server that was killed came back empty: what it has forgotten is not remembered as good.
      const expected = name === 'killed' ? 'UNAUTHENTICATED key_unknown' : 'pro';
      assert.equal(await offer(auth, known.text), expected);
    });

  test('emptied: a key is unknown as soon as what is remembered is old', async (t) => {
    const redis = await startRedis(t);
    const { auth, store } = await startInstance(t, redis.url);
    const { text } = await giveKey(store);
    await remember(auth, text);
    await redis.cli('flushall');
    auth.clock.advance(10_001);
    assert.equal(await offer(auth, text), 'UNAUTHENTICATED key_unknown');
  });

  test('a bar made meanwhile holds here at once and everywhere once Redis is back', async (t) => {
    const redis = await startRedis(t);
    const [one, two] = [await startInstance(t, redis.url), await startInstance(t, redis.url)];
    const { id, text } = await giveKey(one.store);
    for (const { auth } of [one, two]) await remember(auth, text);
    redis.freeze();
    await one.client.get('x').catch(() => {});
    await one.auth.bar(id);
    assert.equal(await offer(one.auth, text), 'ACCOUNT_SUSPENDED suspended');
    redis.thaw();
    await waitFor(async () => (await offer(two.auth, text)) === 'ACCOUNT_SUSPENDED suspended', { what: 'the bar' });
  });
});

test('on a cluster all of it works, since keys and index share a slot', async (t) => {
  const cluster = await startRedisCluster(t);
  const { client } = await connectTestRedis(t, cluster.url, { mode: 'cluster' });
  const auth = startAuthenticator(t, { redis: client, config: {} });
  await auth.ready;
  const store = new ApiKeyStore(client);
  const { id, text } = await giveKey(store);
  assert.equal(await offer(auth, text), 'pro');
  assert.equal((await store.list(Date.now())).length, 1);
  await store.revoke(id, Date.now());
  await waitFor(async () => (await offer(auth, text)) === 'UNAUTHENTICATED key_revoked', { what: 'the revoke' });
});

test('without Redis the keys of the configuration serve, and others are unknown', async (t) => {
  const { id, text, hash } = mintApiKey();
  const auth = startAuthenticator(t, {
    config: {
      apiKeys: { static: [{ id, hash, consumer: 'ops', tier: 'enterprise', expiresAt: '2100-01-01T00:00:00Z' }] },
    },
  });
  assert.equal(await offer(auth, text), 'enterprise');
  assert.ok(isAnsweredAtOnce(auth, text));
  assert.equal(await offer(auth, mintApiKey().text), 'UNAUTHENTICATED key_unknown');
  auth.clock.advance(Date.parse('2100-01-01T00:00:01Z') - auth.clock.now());
  assert.equal(await offer(auth, text), 'UNAUTHENTICATED key_expired');
});
