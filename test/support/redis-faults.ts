import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { rateLimit } from '../../src/config/sections/rate-limit.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Limiter } from '../../src/rate-limit/limiter.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { waitFor } from './processes.ts';
import { connectTestRedis, type TestRedisClient } from './redis-client.ts';
import { startRedis, type TestRedis } from './redis.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { within } from './within.ts';

/** Twice the product's default: this machine may be busy with other tests. */
export const commandTimeoutMs = 100;

interface Charge {
  readonly startedAt: number;
  readonly ms: number;
  readonly accepted: boolean;
}

/** Charges with hardly a pause, five at a time, until stopped: what a request meets while something goes wrong. */
export function keepCharging(t: TestContext, limiter: Limiter, pauseMs = 4) {
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
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
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

/** A limiter on this Redis, with a tier `vast` that no test exhausts. */
export function newLimiter(t: TestContext, redis: TestRedisClient, settings: object = {}): Limiter {
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

export const eventsOf = ({ lines }: TestRedisClient): unknown[] => lines.map((line) => line['event.action']);

export interface RedisFault {
  readonly name: string;
  /** What the one line about the loss says. */
  readonly reason: RegExp;
  readonly begin: (server: TestRedis, proxy: TcpProxy, holdMs: number) => unknown;
  readonly end: (server: TestRedis, proxy: TcpProxy) => unknown;
}

export const redisFaults: readonly RedisFault[] = [
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
    begin: (server, _proxy, holdMs) => server.cli('client', 'pause', String(holdMs + 800), 'all'),
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
    // The kill may be seen as an end or as a reset of the connection.
    reason: /noauth|closed|econnreset/,
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

/**
 * Lets a fault happen under load, holds it and ends it: no request fails, none waits while Redis is lost, one line tells of each
 * change, and it is used again within two seconds.
 */
export async function surviveRedisFault(
  t: TestContext,
  fault: RedisFault,
  { holdMs, pauseMs }: { readonly holdMs: number; readonly pauseMs?: number },
): Promise<void> {
  const server = await startRedis(t);
  const proxy = await startTcpProxy(t, server.port);
  // Where a time-out is not the point, a busy machine shall not make one.
  const timeoutMs = fault.reason.test('timeout') ? commandTimeoutMs : 1_000;
  const redis = await connectTestRedis(t, `redis://127.0.0.1:${proxy.port}`, { commandTimeoutMs: timeoutMs });
  const limiter = newLimiter(t, redis);
  const load = keepCharging(t, limiter, pauseMs);
  await waitFor(() => load.charges.length > 50, { what: 'load' });

  await fault.begin(server, proxy, holdMs);
  await waitFor(() => !limiter.isShared, { what: 'the loss to be noticed' });
  const lostAt = performance.now();
  const sent = load.charges.length;
  const held = (): boolean => load.charges.length > sent + 100 && performance.now() - lostAt > holdMs;
  await waitFor(held, { what: 'load while Redis is lost', timeoutMs: holdMs + 10_000 });
  assert.equal(limiter.isShared, false);
  assert.deepEqual(eventsOf(redis), ['redis.available', 'redis.lost']);
  assert.match(String(redis.lines[1]?.['event.reason']), fault.reason);

  await fault.end(server, proxy);
  const endedAt = performance.now();
  await waitFor(() => limiter.isShared, { what: 'Redis to be used again', timeoutMs: 4_000 });
  assert.ok(performance.now() - endedAt < within(2_000), 'back in two seconds');
  const charges = await load.stop();
  assert.deepEqual(eventsOf(redis), ['redis.available', 'redis.lost', 'redis.available']);
  assert.ok(charges.every(({ accepted }) => accepted));
  assert.ok(charges.every(({ ms }) => ms < timeoutMs + 400));
  const whileLost = charges.filter(({ startedAt }) => startedAt > lostAt && startedAt < endedAt);
  const slow = whileLost.filter(({ ms }) => ms > commandTimeoutMs / 2);
  // Were one to wait for Redis, all would; a few may wait for the processor.
  assert.ok(slow.length < whileLost.length / 20, `${slow.length} of ${whileLost.length} waited`);
}
