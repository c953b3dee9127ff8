import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { rateLimit } from '../../src/config/sections/rate-limit.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { type ChargeResult, Limiter } from '../../src/rate-limit/limiter.ts';
import type { RedisClient } from '../../src/redis/redis-client.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { connectTestRedis } from '../support/redis-client.ts';
import { startRedis, startRedisCluster, type TestRedis } from '../support/redis.ts';

function limiter(t: TestContext, redis: RedisClient | undefined, settings: object = {}, profile = 'shop'): Limiter {
  const config = rateLimit.parse(settings);
  const made = new Limiter({
    config,
    profile,
    clock: systemClock,
    metrics: new Metrics(),
    logger: createLogger({ level: 'silent', base: {} }),
    redis,
  });
  t.after(() => made.close());
  return made;
}

function charges(subject: Limiter, count: number, request: object = {}): Promise<ChargeResult[]> {
  const whole = { consumer: 'someone', tier: 'free', operationName: undefined, cost: 1, ...request };
  return Promise.all(Array.from({ length: count }, () => subject.charge(whole)));
}

const acceptedOf = (results: readonly ChargeResult[]): number => results.filter(({ refusal }) => !refusal).length;

describe('the limiter with Redis', () => {
  const cleanup = suiteCleanup(after);
  let server: TestRedis;
  const connect = async (): Promise<RedisClient> =>
    (await connectTestRedis(cleanup, server.url, { commandTimeoutMs: 1_000 })).client;
  let redis: RedisClient;
  before(async () => {
    server = await startRedis(cleanup);
    redis = await connect();
  });

  test('two instances count together: 60 a minute for a free consumer, whichever it meets', async (t) => {
    const [one, two] = [limiter(t, redis), limiter(t, await connect())];
    const results = await Promise.all([charges(one, 50, { consumer: 'both' }), charges(two, 50, { consumer: 'both' })]);
    assert.equal(acceptedOf(results.flat()), 60);
    const refusal = results.flat().find((result) => result.refusal)?.refusal;
    assert.equal(refusal?.code, 'RATE_LIMITED');
    const details = refusal?.details;
    assert.deepEqual([details?.['limit'], details?.['remaining']], [60, 0]);
    for (const seconds of [details?.['reset'], details?.['retryAfter']]) {
      assert.ok(Number(seconds) > 55 && Number(seconds) <= 60, `${seconds}`);
    }
  });

  for (const [tier, limit] of [
    ['anonymous', 30],
    ['free', 60],
    ['pro', 1_000],
    ['enterprise', 10_000],
    ['never heard of', 60],
  ] as const) {
    test(`a consumer of tier ${tier} has ${limit} requests a minute`, async (t) => {
      const subject = limiter(t, redis);
      let accepted = 0;
      for (let sent = 0; sent < limit + 20; sent += 500) {
        accepted += acceptedOf(
          await charges(subject, Math.min(500, limit + 20 - sent), { consumer: `t-${tier}`, tier }),
        );
      }
      assert.equal(accepted, limit);
    });
  }

  test('the first answer says what is left', async (t) => {
    const [{ quotas } = { quotas: [] }] = await charges(limiter(t, redis), 1, { consumer: 'first', cost: 7 });
    assert.deepEqual(quotas, [
      { name: 'consumer', limit: 60, remaining: 59, resetSeconds: 60, windowSeconds: 60 },
      { name: 'cost', limit: 10_000, remaining: 9_993, resetSeconds: 60, windowSeconds: 60 },
    ]);
  });

  test('a consumer without budget is refused by cost, and its requests are not counted', async (t) => {
    const subject = limiter(t, redis);
    const results = await charges(subject, 5, { consumer: 'dear', cost: 4_000 });
    assert.equal(acceptedOf(results), 2);
    assert.equal(results.at(-1)?.refusal?.details?.['quota'], 'cost');
    assert.equal(results.at(-1)?.quotas[0]?.remaining, 58);
    assert.equal(subject.knownExhausted('dear', 'free'), undefined, 'something cheaper would fit');
  });

  test('an exhausted consumer is known, and refused from memory', async (t) => {
    const subject = limiter(t, redis);
    assert.equal(subject.knownExhausted('hasty', 'free'), undefined);
    await charges(subject, 61, { consumer: 'hasty' });
    const refusal = subject.knownExhausted('hasty', 'free');
    assert.equal(refusal?.code, 'RATE_LIMITED');
    assert.equal(refusal?.details?.['limit'], 60);
    assert.ok(Number(refusal?.headers?.['retry-after']) > 55);
    assert.equal(subject.knownExhausted('patient', 'free'), undefined);
  });

  test('limits of an operation and of a profile count on top, each with its own counter', async (t) => {
    const settings = {
      operations: { PayOrder: { requestsPerMinute: 3, tiers: { pro: 5 } } },
      profiles: { kiosk: { tiers: { free: 10 } } },
    };
    const [shop, kiosk] = [limiter(t, redis, settings), limiter(t, redis, settings, 'kiosk')];
    const pay = { consumer: 'layers', operationName: 'PayOrder' };
    assert.equal(acceptedOf(await charges(shop, 6, pay)), 3);
    assert.equal(acceptedOf(await charges(shop, 6, { ...pay, consumer: 'layers-pro', tier: 'pro' })), 5);
    assert.equal(acceptedOf(await charges(shop, 5, { consumer: 'layers', operationName: 'Home' })), 5);
    assert.equal(acceptedOf(await charges(kiosk, 20, { consumer: 'layers' })), 10);
    assert.equal(shop.knownExhausted('layers', 'free'), undefined);
  });

  test('what was estimated but not used comes back, but never below the base of a mutation', async (t) => {
    const subject = limiter(t, redis);
    await charges(subject, 1, { consumer: 'thrifty', cost: 1_000 });
    subject.settle({ consumer: 'thrifty', estimate: 1_000, actual: 200, base: 0 });
    await subject.flush();
    await charges(subject, 1, { consumer: 'thrifty', cost: 100 });
    subject.settle({ consumer: 'thrifty', estimate: 100, actual: 0, base: 10 });
    await subject.flush();
    const [result] = await charges(subject, 1, { consumer: 'thrifty', cost: 0 });
    assert.equal(result?.quotas[1]?.remaining, 10_000 - 200 - 10);
  });

  test('a burst is shared: what one instance saw leaves less room at the other', async (t) => {
    const [one, two] = [limiter(t, redis), limiter(t, await connect())];
    const address = '198.51.100.7';
    for (let i = 0; i < 400; i++) assert.equal(one.burst(address), undefined);
    for (let i = 0; i < 50; i++) assert.equal(two.burst(address), undefined);
    await one.flush();
    await two.flush();
    let passed = 0;
    while (!two.burst(address) && passed < 500) passed++;
    assert.equal(passed, 50);
  });

  test('instances hear of each other', async (t) => {
    limiter(t, redis);
    const newcomer = limiter(t, await connect());
    await waitFor(() => newcomer.instances >= 2, { what: 'the newcomer to hear of the first' });
  });
});

describe('the limiter on a cluster', () => {
  const cleanup = suiteCleanup(after);
  test('counts every consumer whole, whatever node its slot is on', async (t) => {
    const cluster = await startRedisCluster(cleanup);
    const settings = { mode: 'cluster', commandTimeoutMs: 1_000 } as const;
    const [a, b] = await Promise.all([1, 2].map(() => connectTestRedis(cleanup, cluster.url, settings)));
    const [one, two] = [limiter(t, a?.client), limiter(t, b?.client)];
    for (let i = 0; i < 20; i++) {
      const consumer = `spread-${i}`;
      const results = await Promise.all([charges(one, 40, { consumer }), charges(two, 40, { consumer })]);
      assert.equal(acceptedOf(results.flat()), 60, consumer);
    }
    assert.ok(one.isShared && two.isShared);
  });
});

test('without Redis the same limits hold in this process, divided by the configured instances', async (t) => {
  assert.equal(acceptedOf(await charges(limiter(t, undefined), 70)), 60);
  const quarter = limiter(t, undefined, { instances: 4 });
  const results = await charges(quarter, 70);
  assert.equal(acceptedOf(results), 15);
  assert.equal(results[0]?.quotas[0]?.limit, 15);
  assert.equal(quarter.isShared, false);
});
