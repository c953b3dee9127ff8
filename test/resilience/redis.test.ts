import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { rateLimit } from '../../src/config/sections/rate-limit.ts';
import type { RedisConfig } from '../../src/config/sections/redis.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Limiter } from '../../src/rate-limit/limiter.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { freePorts, waitFor } from '../support/processes.ts';
import { connectTestRedis, type TestRedisClient } from '../support/redis-client.ts';
import { startRedis, startRedisCluster, type TestRedis } from '../support/redis.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

/** Twice the product's default: this machine may be busy with other tests. */
const commandTimeoutMs = 100;

interface Charge {
  readonly startedAt: number;
  readonly ms: number;
  readonly accepted: boolean;
}

/** Charges without pause, five at a time, until stopped: what a request meets while something goes wrong. */
function keepCharging(t: TestContext, limiter: Limiter) {
  const charges: Charge[] = [];
  const stopped = new AbortController();
  const one = async (): Promise<void> => {
    const startedAt = performance.now();
    const { refusal } = await limiter.charge({ consumer: 'load', tier: 'vast', operationName: undefined, cost: 1 });
    charges.push({ startedAt, ms: performance.now() - startedAt, accepted: refusal === undefined });
  };
  const done = (async () => {
    while (!stopped.signal.aborted) {
      await Promise.all([one(), one(), one(), one(), one()]);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  })();
  const stop = async (): Promise<readonly Charge[]> => {
    stopped.abort();
    await done;
    return charges;
  };
  t.after(stop);
  return { charges, stop };
}

function newLimiter(t: TestContext, redis: TestRedisClient, settings: object = {}): Limiter {
  const vast = { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 };
  const tiers = { ...rateLimit.parse({}).tiers, vast };
  const parts = {
    clock: systemClock,
    metrics: new Metrics(),
    logger: createLogger({ level: 'silent', base: {} }),
    redis: redis.client,
    profile: 'shop',
  };
  const limiter = new Limiter({ ...parts, config: rateLimit.parse({ tiers, ...settings }) });
  t.after(() => limiter.close());
  return limiter;
}

const eventsOf = ({ lines }: TestRedisClient): unknown[] => lines.map(({ event }) => event);

interface Fault {
  readonly name: string;
  /** What the one line about the loss says. */
  readonly reason: RegExp;
  readonly begin: (server: TestRedis, proxy: TcpProxy) => unknown;
  readonly end: (server: TestRedis, proxy: TcpProxy) => unknown;
}

const faults: readonly Fault[] = [
  {
    name: 'killed, started again',
    reason: /closed|econn/,
    begin: (server) => server.kill(),
    end: (server) => server.restart(),
  },
  { name: 'frozen (SIGSTOP)', reason: /timeout/, begin: (server) => server.freeze(), end: (server) => server.thaw() },
  {
    name: 'paused (CLIENT PAUSE)',
    reason: /timeout/,
    begin: (server) => server.cli('client', 'pause', '1500', 'all'),
    // It ends by itself: even the command that would end it waits for its end.
    end: (server) => server.cli('ping'),
  },
  {
    name: 'a blackhole: nothing comes back',
    reason: /timeout/,
    begin: (_server, proxy) => proxy.filter(() => {}),
    end: (_server, proxy) => proxy.filter(undefined),
  },
  {
    name: '200 ms slower',
    reason: /timeout/,
    begin: (_server, proxy) => proxy.filter((reply, forward) => setTimeout(() => forward(reply), 200)),
    end: (_server, proxy) => proxy.filter(undefined),
  },
  {
    name: 'out of memory',
    reason: /oom/,
    begin: (server) => server.cli('config', 'set', 'maxmemory', '1'),
    end: (server) => server.cli('config', 'set', 'maxmemory', '0'),
  },
  {
    name: 'suddenly asking for a password',
    reason: /noauth|closed/,
    begin: async (server) => {
      await server.cli('config', 'set', 'requirepass', 'secret');
      await server.cli('-a', 'secret', '--no-auth-warning', 'client', 'kill', 'type', 'normal');
    },
    end: (server) => server.cli('-a', 'secret', '--no-auth-warning', 'config', 'set', 'requirepass', ''),
  },
  {
    name: 'a replica that is read-only',
    reason: /readonly/,
    begin: (server) => server.cli('replicaof', '127.0.0.1', '1'),
    end: (server) => server.cli('replicaof', 'no', 'one'),
  },
  {
    name: 'answering garbage that is no RESP',
    reason: /protocol/,
    begin: (_server, proxy) => proxy.filter((_reply, forward) => forward('\u0000<html>not redis</html>\r\n')),
    end: (_server, proxy) => proxy.filter(undefined),
  },
  {
    name: 'answering well-formed nonsense',
    reason: /out_of_step/,
    begin: (_server, proxy) => proxy.filter((_reply, forward) => forward('*2\r\n:1\r\n*1\r\n:1\r\n')),
    end: (_server, proxy) => proxy.filter(undefined),
  },
  {
    name: 'answering errors nobody knows',
    reason: /error_reply/,
    begin: (_server, proxy) => proxy.filter((_reply, forward) => forward('-HAVOC all is lost\r\n')),
    end: (_server, proxy) => proxy.filter(undefined),
  },
];

describe('Redis in trouble: no request fails, each is quick, and one line tells of each change', () => {
  for (const fault of faults) {
    test(fault.name, async (t) => {
      const server = await startRedis(t);
      const proxy = await startTcpProxy(t, server.port);
      // Where a time-out is not the point, a busy machine shall not make one.
      const timeoutMs = fault.reason.test('timeout') ? commandTimeoutMs : 1_000;
      const url = `redis://127.0.0.1:${proxy.port}`;
      const redis = await connectTestRedis(t, url, { commandTimeoutMs: timeoutMs });
      const limiter = newLimiter(t, redis);
      const load = keepCharging(t, limiter);
      await waitFor(() => load.charges.length > 50, { what: 'load' });

      await fault.begin(server, proxy);
      await waitFor(() => !limiter.isShared, { what: 'the loss to be noticed' });
      const lostAt = performance.now();
      const sent = load.charges.length;
      await waitFor(() => load.charges.length > sent + 300 && performance.now() - lostAt > 700, { what: 'load' });
      assert.equal(limiter.isShared, false);
      assert.deepEqual(eventsOf(redis), ['redis.available', 'redis.lost']);
      assert.match(String(redis.lines[1]?.['reason']), fault.reason);

      await fault.end(server, proxy);
      const endedAt = performance.now();
      await waitFor(() => limiter.isShared, { what: 'Redis to be used again', timeoutMs: 4_000 });
      assert.ok(performance.now() - endedAt < 2_000, 'back in two seconds');
      const charges = await load.stop();
      assert.deepEqual(eventsOf(redis), ['redis.available', 'redis.lost', 'redis.available']);
      assert.ok(charges.every(({ accepted }) => accepted));
      const slow = charges.filter(({ startedAt, ms }) => ms > 60 && startedAt > lostAt && startedAt < endedAt);
      assert.deepEqual(slow, [], 'while it is lost nobody waits for it');
      assert.ok(charges.every(({ ms }) => ms < timeoutMs + 150));
    });
  }
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
    assert.equal(redis.lines.at(-1)?.['reason'], 'out_of_step');
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
    await redis.client.publish('news', 'three');
    await waitFor(() => received.includes('three'), { what: 'our own message' });
    stop();
  });
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
    assert.ok(performance.now() - killedAt < 6_000);
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
