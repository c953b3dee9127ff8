import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Answer, type Fill } from '../../../src/cache/cache.ts';
import { createCaching } from '../../../src/cache/create-caching.ts';
import { cache as section } from '../../../src/config/sections/cache.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import type { RedisClient } from '../../../src/redis/redis-client.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { changedRedis } from '../../support/changed-redis.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { suiteCleanup, waitFor } from '../../support/processes.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { connectTestRedis } from '../../support/redis-client.ts';
import { silentLog } from '../../support/test-upstream.ts';
import { within } from '../../support/within.ts';

const lifetime = { freshMs: 60_000, revalidateMs: 60_000, errorMs: 300_000, keepMs: 300_000, ageMs: 0 };

/** One instance of the gateway, as far as it keeps records; `calls` are those that reached the service. */
function instanceOn(redis: RedisClient, { clock = new ManualClock() as Clock, version = 'v1' } = {}) {
  const caching = createCaching({
    config: section.parse({}),
    redis,
    version,
    clock,
    logger: silentLog,
    metrics: new Metrics(),
  });
  const instance = {
    caching,
    calls: [] as string[],
    /** What the service says now. */
    answer: (key: string): Promise<unknown> | unknown => ({ key }),
    async read(key: string): Promise<unknown> {
      const answers = await caching.records.read<unknown>({
        keys: [key],
        async ask() {
          instance.calls.push(key);
          const fill: Fill<unknown> = {
            value: await instance.answer(key),
            status: 200,
            etag: undefined,
            tags: [`tag of ${key}`],
            lifetime,
          };
          return new Map([[key, fill]]);
        },
      });
      return (answers.get(key) as Answer<unknown>).entry.value;
    },
  };
  return instance;
}

/** A client that never hears of an invalidation: an instance whose messages are late. */
const deaf = (redis: RedisClient) => changedRedis(redis, { subscribe: () => () => undefined });

describe('records that all instances share', () => {
  const cleanup = suiteCleanup(after);
  let server: TestRedis;
  let redis: RedisClient;
  let other: RedisClient;

  before(async () => {
    server = await startRedis(cleanup);
    redis = (await connectTestRedis(cleanup, server.url)).client;
    other = (await connectTestRedis(cleanup, server.url)).client;
  });

  const stored = (count: number) =>
    waitFor(async () => (await server.cli('keys', 'facet:cache:*')).split('\n').filter(Boolean).length >= count, {
      what: 'the record to be in Redis',
    });

  test('what one instance fetched another does not fetch again, and gets just as frozen', async () => {
    await server.cli('flushall');
    const [a, b] = [instanceOn(redis), instanceOn(other)];
    a.answer = () => ({ deep: { text: 'ä"\u2028', list: [1, null, true] } });
    const first = await a.read('one');
    await stored(1);
    const second = await b.read('one');
    assert.deepEqual(second, first);
    assert.deepEqual(b.calls, []);
    assert.throws(() => Object.assign((second as { deep: object }).deep, { text: '' }), TypeError);
  });

  test('an invalidation reaches the other instance’s memory and Redis within a second', async () => {
    await server.cli('flushall');
    const [a, b] = [instanceOn(redis), instanceOn(other)];
    await a.read('one');
    await stored(1);
    await b.read('one');
    await b.read('one');
    assert.deepEqual(b.calls, []);
    const startedAt = performance.now();
    await a.caching.invalidation.invalidate(['tag of one']);
    await waitFor(async () => (await b.read('one')) && b.calls.length > 0, { what: 'b to ask again' });
    assert.ok(performance.now() - startedAt < within(1_000));
    assert.deepEqual(b.calls, ['one']);
    await a.read('one');
    assert.deepEqual(a.calls, ['one'], 'a takes the newer record from Redis');
  });

  test('a reply that was under way during an invalidation elsewhere is not handed on through Redis', async () => {
    await server.cli('flushall');
    const [a, late, c] = [instanceOn(redis), instanceOn(deaf(other)), instanceOn(other)];
    late.answer = async () => {
      await a.caching.invalidation.invalidate(['tag of one']);
      return 'from before';
    };
    assert.equal(await late.read('one'), 'from before');
    await stored(1);
    c.answer = () => 'from after';
    assert.equal(await c.read('one'), 'from after');
  });

  test('a record that was read from Redis while its invalidation was on its way is not kept as new', async () => {
    await server.cli('flushall');
    const gate = Promise.withResolvers<void>();
    const slow = changedRedis(redis, {
      async script<T>(...command: Parameters<RedisClient['script']>): Promise<T> {
        await gate.promise;
        return redis.script<T>(...command);
      },
    });
    const [a, b] = [instanceOn(slow), instanceOn(other)];
    await b.read('one');
    await stored(1);
    const done = a.caching.invalidation.invalidate(['tag of one']);
    assert.deepEqual(await a.read('one'), { key: 'one' }, 'Redis does not know yet');
    gate.resolve();
    await done;
    a.answer = () => 'from after';
    assert.equal(await a.read('one'), 'from after');
  });

  test('an unrelated invalidation leaves records alone', async () => {
    await server.cli('flushall');
    const [a, b] = [instanceOn(redis), instanceOn(other)];
    await a.read('one');
    await stored(1);
    await a.caching.invalidation.invalidate(['something else']);
    await b.read('one');
    assert.deepEqual(b.calls, []);
  });

  test('when Redis forgets everything, counting goes on above what was', async () => {
    await server.cli('flushall');
    const [a, late] = [instanceOn(redis), instanceOn(deaf(other))];
    await a.caching.invalidation.invalidate(['x']);
    late.answer = async () => {
      await server.cli('flushall');
      return 'from before';
    };
    await late.read('one');
    await stored(1);
    await a.caching.invalidation.invalidate(['tag of one']);
    const c = instanceOn(other);
    c.answer = () => 'from after';
    assert.equal(await c.read('one'), 'from after');
  });

  test('another build’s records, and anything that is not a record, are not read', async () => {
    await server.cli('flushall');
    const [a, b] = [instanceOn(redis), instanceOn(other, { version: 'v2' })];
    await a.read('one');
    await stored(1);
    await b.read('one');
    assert.deepEqual(b.calls, ['one']);
    const name = await server.cli('keys', 'facet:cache:v1:*');
    for (const text of ['null', '[]', '{}', '[1,2,[],200,null,[],1]', '[0,0,[1,1,1,1,1],200,null,[1],1]', '{"x":']) {
      await server.cli('set', name, text);
      const c = instanceOn(other);
      await c.read('one');
      assert.deepEqual(c.calls, ['one'], text);
      await waitFor(async () => (await server.cli('get', name)) !== text, { what: 'the record to be replaced' });
    }
  });

  test('what JSON would change stays in the memory of its process', async () => {
    await server.cli('flushall');
    const a = instanceOn(redis);
    a.answer = () => new Map([['a', 1]]);
    await a.read('one');
    await a.read('one');
    assert.deepEqual(a.calls, ['one']);
    a.answer = () => 'plain';
    await a.read('two');
    await stored(1);
    assert.equal((await server.cli('keys', 'facet:cache:*')).split('\n').length, 1);
  });

  test('neither keys nor marks show a caller or what was searched for, and everything has an end', async () => {
    await server.cli('flushall');
    const a = instanceOn(redis);
    await a.read('jane@example.com');
    await stored(1);
    await a.caching.invalidation.invalidate(['user:usr_jane']);
    const keys = (await server.cli('keys', '*')).split('\n').filter((key) => !key.includes('probe'));
    assert.equal(keys.length, 3);
    for (const key of keys) {
      assert.doesNotMatch(key, /jane/);
      assert.ok(Number(await server.cli('pttl', key)) > 0, key);
    }
  });

  test('wall clocks that are hours apart don’t make records live for ever', async () => {
    await server.cli('flushall');
    const clock = new ManualClock();
    const ahead = new ManualClock(clock.now() + 7_200_000);
    const a = instanceOn(redis, { clock: ahead });
    await a.read('one');
    await stored(1);
    const behind = instanceOn(other, { clock });
    await behind.read('one');
    assert.deepEqual(behind.calls, ['one']);
    clock.jump(-7_200_000);
    clock.advance(400_000);
    await behind.read('one');
    assert.deepEqual(behind.calls, ['one', 'one']);
  });

  test('a frozen Redis costs one wait, then nothing; when it is back, what was missed is cleared', async () => {
    await server.cli('flushall');
    const [a, b] = [instanceOn(redis), instanceOn(other)];
    await b.read('kept');
    server.freeze();
    const startedAt = performance.now();
    await a.read('one');
    assert.ok(performance.now() - startedAt < within(150));
    const later = performance.now();
    for (let index = 0; index < 50; index++) await a.read(`key ${index}`);
    assert.ok(performance.now() - later < within(50), 'lost: nobody waits');
    await a.caching.invalidation.invalidate(['tag of kept']);
    assert.deepEqual(await b.read('kept'), { key: 'kept' });
    server.thaw();
    await waitFor(() => redis.available && other.available, { what: 'Redis to be back' });
    await waitFor(async () => (await b.read('kept')) && b.calls.length > 1, { what: 'b to ask again' });
    await waitFor(async () => Number(await server.cli('exists', 'facet:{invalidation}:sequence')) === 1, {
      what: 'the invalidation to be told to Redis',
    });
  });
});
