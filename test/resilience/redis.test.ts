import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RedisConfig } from '../../src/config/sections/redis.ts';
import { freePorts, waitFor } from '../support/processes.ts';
import { connectTestRedis } from '../support/redis-client.ts';
import {
  commandTimeoutMs,
  eventsOf,
  keepCharging,
  newLimiter,
  redisFaults,
  surviveRedisFault,
} from '../support/redis-faults.ts';
import { startRedis, startRedisCluster } from '../support/redis.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { within } from '../support/within.ts';

describe('Redis in trouble: no request fails, each is quick, and one line tells of each change', () => {
  for (const fault of redisFaults) test(fault.name, (t) => surviveRedisFault(t, fault, { holdMs: 700 }));
});

describe('Redis lost', () => {
  test('each instance takes its share, by the number of instances last heard of', async (t) => {
    const server = await startRedis(t);
    const clients = await Promise.all([1, 2, 3].map(() => connectTestRedis(t, server.url, { commandTimeoutMs })));
    const limiters = clients.map((client) => newLimiter(t, client));
    await Promise.all(limiters.map((limiter) => waitFor(() => limiter.instances === 3, { what: 'three heartbeats' })));
    await server.kill();
    for (const limiter of limiters) {
      await waitFor(() => !limiter.isShared, { what: 'the loss to be noticed' });
      const request = { consumer: 'share', tier: 'pro', operationName: undefined, cost: 1 };
      const results = await Promise.all(Array.from({ length: 500 }, () => limiter.charge(request)));
      assert.equal(results.filter(({ refusal }) => !refusal).length, Math.ceil(1_000 / 3));
    }
  });

  test('at start is no reason not to start: limits are local until it comes', async (t) => {
    const [port = 0] = await freePorts(1);
    const redis = await connectTestRedis(t, `redis://127.0.0.1:${port}`, { commandTimeoutMs }, false);
    const limiter = newLimiter(t, redis, { instances: 4 });
    const request = { consumer: 'early', tier: 'free', operationName: undefined, cost: 1 };
    const results = await Promise.all(Array.from({ length: 60 }, () => limiter.charge(request)));
    assert.equal(results.filter(({ refusal }) => !refusal).length, 15);
    await waitFor(() => eventsOf(redis).includes('redis.lost'), { what: 'the one line' });
    await startRedis(t, [], port);
    await waitFor(() => limiter.isShared, { what: 'Redis to be used', timeoutMs: 2_500 });
    assert.deepEqual(eventsOf(redis), ['redis.lost', 'redis.available']);
  });

  test('an answer that comes too late, or twice, reaches nobody else', async (t) => {
    const server = await startRedis(t);
    const proxy = await startTcpProxy(t, server.port);
    const { client } = await connectTestRedis(t, `redis://127.0.0.1:${proxy.port}`, {
      commandTimeoutMs: 30,
      retryMs: 50,
    });
    const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);
    for (const key of keys) await server.cli('set', key, key);
    let answers = 0;
    for (let round = 0; round < 40; round++) {
      // Replies are held back past the time-out, then all come at once.
      const delayMs = round % 4 === 3 ? 40 : 0;
      proxy.filter((reply, forward) => (delayMs ? setTimeout(() => forward(reply), delayMs) : forward(reply)));
      await Promise.all(
        keys.map(async (key) => {
          const value = await client.get(key).catch(() => undefined);
          if (value === undefined) return;
          assert.equal(value, key);
          answers++;
        }),
      );
      proxy.filter(undefined);
      await waitFor(() => client.available, { what: 'Redis to be available' });
    }
    assert.ok(answers > 200, `${answers} answers`);
  });

  test('a reply that belongs to another call is noticed and believed by nobody', async (t) => {
    const server = await startRedis(t);
    const proxy = await startTcpProxy(t, server.port);
    const redis = await connectTestRedis(t, `redis://127.0.0.1:${proxy.port}`, { commandTimeoutMs });
    const keys = ['mine', 'yours', 'theirs'];
    for (const key of keys) await redis.client.set(key, key, 60_000);
    assert.deepEqual(await redis.client.mget([...keys, 'none']), [...keys, null]);
    let inserted = false;
    proxy.filter((reply, forward) => {
      // One reply too many: from here on every answer is the one before.
      if (!inserted) forward('*2\r\n$1\r\n9\r\n$6\r\nforged\r\n');
      inserted = true;
      forward(reply);
    });
    const settled = await Promise.allSettled(keys.map((key) => redis.client.get(key)));
    assert.deepEqual(
      settled.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    assert.equal(redis.lines.at(-1)?.['event.reason'], 'out_of_step');
  });

  test('a stall of our own event loop is not taken for a loss of Redis', async (t) => {
    const server = await startRedis(t);
    const redis = await connectTestRedis(t, server.url, { commandTimeoutMs });
    await redis.client.get('key');
    const replies = Array.from({ length: 20 }, () => redis.client.get('key'));
    const until = performance.now() + 4 * commandTimeoutMs;
    while (performance.now() < until);
    assert.deepEqual(new Set(await Promise.all(replies)), new Set([null]));
    assert.deepEqual(eventsOf(redis), ['redis.available']);
  });

  test('leaves no connection behind, however often it is lost', async (t) => {
    const server = await startRedis(t);
    const proxy = await startTcpProxy(t, server.port);
    const redis = await connectTestRedis(t, `redis://127.0.0.1:${proxy.port}`, { commandTimeoutMs: 20, retryMs: 50 });
    redis.client.subscribe('channel', () => {});
    for (let round = 0; round < 5; round++) {
      proxy.filter(() => {});
      await redis.client.get('key').catch(() => {});
      await waitFor(() => !redis.client.available, { what: 'the loss' });
      proxy.filter(undefined);
      await waitFor(() => redis.client.available, { what: 'Redis to be available' });
    }
    await waitFor(() => proxy.open === 2, {
      what: () => `one connection for commands, one for messages: ${proxy.open}`,
    });
    await redis.client.close();
    await waitFor(() => proxy.open === 0, { what: 'all to be closed' });
  });
});

describe('messages', () => {
  test('arrive, and a gap is told after Redis was away', async (t) => {
    const server = await startRedis(t);
    const redis = await connectTestRedis(t, server.url, { commandTimeoutMs });
    const received: string[] = [];
    let gaps = 0;
    const stop = redis.client.subscribe(
      'news',
      (message) => received.push(message),
      () => gaps++,
    );
    const heard = async (message: string): Promise<unknown> =>
      waitFor(async () => (await server.cli('publish', 'news', message), received.includes(message)), {
        what: message,
      });
    await heard('one');
    assert.equal(gaps, 0);
    await server.kill();
    await waitFor(() => !redis.client.available, { what: 'the loss' });
    await server.restart();
    await waitFor(() => gaps === 1, { what: 'the gap to be told' });
    await heard('two');
    await waitFor(() => redis.client.available, { what: 'Redis to be available' });
    // Until the new subscription stands, what is said is a gap that is told, not a message.
    await waitFor(async () => (await redis.client.publish('news', 'three'), received.includes('three')), {
      what: 'our own message',
    });
    stop();
  });
});

test('a Redis that was only slow makes nobody forget what it holds: no message can have been missed', async (t) => {
  const server = await startRedis(t);
  const redis = await connectTestRedis(t, server.url, { commandTimeoutMs });
  const received: string[] = [];
  let gaps = 0;
  redis.client.subscribe(
    'news',
    (message) => received.push(message),
    () => gaps++,
  );
  await waitFor(async () => (await server.cli('publish', 'news', 'one'), received.includes('one')), { what: 'one' });
  const subscribers = await server.cli('client', 'list', 'type', 'pubsub');
  server.freeze();
  await redis.client.get('key').catch(() => {});
  await waitFor(() => !redis.client.available, { what: 'the loss' });
  server.thaw();
  await waitFor(() => redis.client.available, { what: 'Redis to be available' });
  await server.cli('publish', 'news', 'two');
  await waitFor(() => received.includes('two'), { what: 'two' });
  const idOf = (list: string): string | undefined => /^id=(\d+)/.exec(list)?.[1];
  assert.equal(idOf(await server.cli('client', 'list', 'type', 'pubsub')), idOf(subscribers));
  assert.equal(gaps, 0);
});

describe('a Redis Cluster', () => {
  const settings: Partial<RedisConfig> = { mode: 'cluster', commandTimeoutMs };

  test('whose master is killed fails no request, and counts together again within six seconds', async (t) => {
    const cluster = await startRedisCluster(t);
    const redis = await connectTestRedis(t, cluster.url, settings);
    const limiter = newLimiter(t, redis);
    const load = keepCharging(t, limiter);
    await waitFor(() => load.charges.length > 50, { what: 'load' });
    const master = await cluster.masterOf('{load}');
    await master.kill();
    const killedAt = performance.now();
    await waitFor(() => !limiter.isShared, { what: 'the loss to be noticed' });
    await waitFor(() => limiter.isShared, { what: 'the limiter to count together again' });
    assert.ok(performance.now() - killedAt < within(6_000));
    const charges = await load.stop();
    assert.ok(charges.every(({ accepted, ms }) => accepted && ms < commandTimeoutMs + 150));
    assert.ok((await cluster.masterOf('{load}')).port !== master.port);
  });

  test('that hands a master’s work over as planned is hardly noticed', async (t) => {
    const cluster = await startRedisCluster(t);
    const redis = await connectTestRedis(t, cluster.url, { ...settings, commandTimeoutMs: 500 });
    const limiter = newLimiter(t, redis);
    const load = keepCharging(t, limiter);
    await waitFor(() => load.charges.length > 50, { what: 'load' });
    const master = await cluster.masterOf('{load}');
    const replica = await cluster.replicaOf(master);
    await replica.cli('cluster', 'failover');
    await waitFor(async () => (await cluster.masterOf('{load}')) === replica, { what: 'the replica to be master' });
    const sent = load.charges.length;
    await waitFor(() => limiter.isShared && load.charges.length > sent + 200, { what: 'load on the new master' });
    assert.ok((await load.stop()).every(({ accepted }) => accepted));
    const keys = await replica.cli('keys', 'facet:limit:{load}:*');
    assert.match(keys, /consumer/);
  });
});
