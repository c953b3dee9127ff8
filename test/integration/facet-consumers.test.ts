import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { bearerPrincipal } from '../../src/auth/make-principal.ts';
import { run } from '../../src/cli/run.ts';
import { rateLimit } from '../../src/config/sections/rate-limit.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Limiter } from '../../src/rate-limit/limiter.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { temporaryDirectory, waitFor } from '../support/processes.ts';
import { connectTestRedis } from '../support/redis-client.ts';
import { startRedis } from '../support/redis.ts';
import { within } from '../support/within.ts';

async function configFile(t: TestContext, redisUrl = ''): Promise<string> {
  const path = join(await temporaryDirectory(t), 'gateway.yaml');
  await writeFile(path, `version: 1\nlisteners:\n  one: { port: 0, adminPort: 0 }\nredis:\n  url: ${redisUrl}\n`);
  return path;
}

async function facet(config: string, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const words = ['consumers', ...args, '--config', config];
  const code = await run(words, { out: (line) => void out.push(line), err: (line) => void err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const why = ['--reason', 'scrapes the catalogue', '--actor', 'ada'];
const key = 'key:abcdefghijkl';

async function gateway(t: TestContext, redisUrl: string) {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (text: string): void => void lines.push(JSON.parse(text)) };
  const logger = createLogger({ level: 'info', base: {}, destination });
  const { client } = await connectTestRedis(t, redisUrl, { commandTimeoutMs: 1_000 });
  const parts = { config: rateLimit.parse({}), profile: 'one', clock: systemClock, metrics: new Metrics(), logger };
  const limiter = new Limiter({ ...parts, redis: client });
  t.after(() => limiter.close());
  const accepted = async (count: number): Promise<number> => {
    const request = { consumer: key, tier: 'pro', operationName: undefined, cost: 1 };
    const results = await Promise.all(Array.from({ length: count }, () => limiter.charge(request)));
    return results.filter(({ refusal }) => !refusal).length;
  };
  return { limiter, lines, accepted };
}

describe('facet consumers', () => {
  test('blocks a consumer on all instances within a second, with an audit line, and releases it', async (t) => {
    const redis = await startRedis(t);
    const config = await configFile(t, redis.url);
    const instances = await Promise.all([gateway(t, redis.url), gateway(t, redis.url)]);
    for (const { limiter } of instances) assert.equal(limiter.blocked(key), undefined);

    const blocked = await facet(config, 'block', key, '--for', '2h', ...why);
    const startedAt = performance.now();
    assert.equal(blocked.code, 0, blocked.err);
    assert.match(blocked.out, /^key:abcdefghijkl is blocked until \d{4}-.* by ada: scrapes the catalogue$/);
    for (const { limiter, lines, accepted } of instances) {
      const refusal = await waitFor(() => limiter.blocked(key), { what: 'the block to arrive' });
      assert.ok(performance.now() - startedAt < within(1_000));
      assert.equal(refusal.code, 'RATE_LIMITED');
      assert.ok(Number(refusal.details?.['retryAfter']) > 7_100 && Number(refusal.details?.['retryAfter']) <= 7_200);
      assert.equal(await accepted(1), 0);
      const audit = lines.find((line) => line['event.action'] === 'consumer.block');
      assert.deepEqual([audit?.['user.name'], audit?.['event.reason']], ['ada', 'scrapes the catalogue']);
      assert.equal(limiter.overrides.length, 1);
    }

    assert.equal((await facet(config, 'release', key, ...why)).code, 0);
    for (const { limiter, accepted } of instances) {
      await waitFor(() => !limiter.blocked(key), { what: 'the release to arrive' });
      assert.equal(limiter.knownExhausted(key, 'pro'), undefined);
      assert.equal(await accepted(5), 5);
      assert.deepEqual(limiter.overrides, []);
    }
    assert.match((await facet(config, 'list')).out, /Nothing is decided/);
  });

  test('throttles a consumer below its tier, never above it', async (t) => {
    const redis = await startRedis(t);
    const config = await configFile(t, redis.url);
    const { limiter, accepted } = await gateway(t, redis.url);
    await facet(config, 'throttle', key, '--limit', '7', ...why);
    await waitFor(() => limiter.overrides.length === 1, { what: 'the throttle to arrive' });
    assert.equal(await accepted(20), 7);
    assert.ok(limiter.knownExhausted(key, 'pro'));
    await facet(config, 'throttle', key, '--limit', '5000', ...why);
    await waitFor(() => limiter.overrides[0]?.requestsPerMinute === 5_000, { what: 'the other throttle' });
    assert.equal(await accepted(1_100), 993);
    const listed = JSON.parse((await facet(config, 'list', '--json')).out);
    assert.deepEqual([listed.length, listed[0].action, listed[0].actor], [1, 'throttle', 'ada']);
  });

  test('a block outlives a Redis that forgets everything, and one that is gone', async (t) => {
    const redis = await startRedis(t);
    const config = await configFile(t, redis.url);
    const { limiter } = await gateway(t, redis.url);
    await facet(config, 'block', key, ...why);
    await waitFor(() => limiter.blocked(key), { what: 'the block to arrive' });
    await redis.cli('flushall');
    await redis.cli('publish', 'facet:overrides', 'look again');
    await redis.kill();
    await waitFor(() => !limiter.isShared, { what: 'the loss to be noticed' });
    assert.ok(limiter.blocked(key));
  });

  test('names the holder of a token by issuer and subject', async (t) => {
    const redis = await startRedis(t);
    const config = await configFile(t, redis.url);
    const holder = ['--issuer', 'https://id.example', '--subject', 'usr_1'];
    const { out } = await facet(config, 'block', ...holder, ...why, '--json');
    const claims = { subject: 'usr_1', role: 'customer', scopes: new Set<string>(), tier: 'free' } as const;
    const rest = { profile: {}, accountStatus: 'active', expiresAtMs: 0 } as const;
    assert.equal(JSON.parse(out).consumer, bearerPrincipal('https://id.example', { ...claims, ...rest }).consumer);
  });

  test('refuses what makes no sense, and says what would', async (t) => {
    const config = await configFile(t);
    for (const [args, problem] of [
      [[], /Say what to do/],
      [['forgive', key], /no such action/],
      [['block', key], /--reason/],
      [['block', key, '--reason', 'a\nb'], /--reason/],
      [['block', key, ...why, '--for', '25h'], /at most 24h/],
      [['block', key, ...why, '--for', '0m'], /at most 24h/],
      [['block', key, ...why, '--limit', '5'], /belongs to throttle/],
      [['block', 'a{b}', ...why], /one consumer/],
      [['block', ...why], /one consumer/],
      [['throttle', key, ...why], /--limit/],
      [['throttle', key, ...why, '--limit', '0'], /--limit/],
      [['block', key, '--what'], /what/],
    ] as const) {
      const { code, err } = await facet(config, ...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, problem);
    }
    const { code, err } = await facet(config, 'block', key, ...why);
    assert.equal(code, 1);
    assert.match(err, /rateLimit\.addresses\.deny/);
  });
});
