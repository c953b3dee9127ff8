import assert from 'node:assert/strict';
import { before, after, describe, test } from 'node:test';
import { MemoryStore } from '../../src/rate-limit/memory-store.ts';
import { RedisStore } from '../../src/rate-limit/redis-store.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { RedisClient } from '../../src/redis/redis-client.ts';
import { suiteCleanup } from '../support/processes.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { connectTestRedis } from '../support/redis-client.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

/** The script's clock for a test: a key that the test writes. */
const testTime = `tonumber(redis.call('GET', '{prop}:now'))`;

describe('the limit script', () => {
  const cleanup = suiteCleanup(after);
  let redis: TestRedis;
  let client: RedisClient;
  before(async () => {
    redis = await startRedis(cleanup);
    ({ client } = await connectTestRedis(cleanup, redis.url, { commandTimeoutMs: 1_000 }));
  });

  for (const seed of [1, 2, 3, 4]) {
    test(`counts exactly as the memory store does: 400 steps of seed ${seed}`, async () => {
      const random = randomNumbers(seed);
      const whole = (below: number): number => Math.floor(random() * below);
      let now = 50_000_000;
      const clock: Clock = { now: () => now, monotonic: () => now };
      const memory = new MemoryStore(clock);
      // The consumer shares its tag with the clock's key, so that one script may read both, in a cluster too.
      const store = new RedisStore(client, testTime.replaceAll('prop', `prop${seed}`));
      const consumer = `prop${seed}`;
      for (let step = 0; step < 400; step++) {
        const pace = random();
        now += pace < 0.6 ? whole(300) : pace < 0.98 ? whole(9_000) : whole(130_000);
        await client.set(`{${consumer}}:now`, String(now), 1_000_000);
        if (random() < 0.2) {
          const amount = whole(80) - 50;
          const used = await store.adjust(consumer, 'cost', 60_000, amount);
          assert.equal(used, memory.adjust(consumer, 'cost', 60_000, amount), `step ${step}: adjust ${amount}`);
          continue;
        }
        const charges = [
          { counter: 'consumer', limit: 25, windowMs: 60_000, amount: 1 },
          { counter: 'cost', limit: 400, windowMs: 60_000, amount: whole(60) },
          ...(random() < 0.5 ? [{ counter: 'operation:A', limit: 7, windowMs: 6_000, amount: 1 }] : []),
        ];
        const [shared, local] = [await store.charge(consumer, charges), memory.charge(consumer, charges)];
        assert.deepEqual(shared, local, `step ${step} at ${now}`);
      }
    });
  }

  test('charges of one moment are one script for each 64, and count as if each had come alone', async () => {
    const random = randomNumbers(7);
    const now = 50_000_000;
    const memory = new MemoryStore({ now: () => now, monotonic: () => now });
    const store = new RedisStore(client, String(now));
    const asked = Array.from({ length: 150 }, () => ({
      consumer: `moment${Math.floor(random() * 12)}`,
      charges: [
        { counter: 'consumer', limit: 9, windowMs: 60_000, amount: 1 },
        { counter: 'cost', limit: 200, windowMs: 60_000, amount: Math.floor(random() * 50) },
        ...(random() < 0.5 ? [{ counter: 'operation:A', limit: 4, windowMs: 6_000, amount: 1 }] : []),
      ],
    }));
    await redis.cli('config', 'resetstat');
    const shared = await Promise.all(asked.map(({ consumer, charges }) => store.charge(consumer, charges)));
    assert.deepEqual(
      shared,
      asked.map(({ consumer, charges }) => memory.charge(consumer, charges)),
    );
    assert.ok(shared.some(({ accepted }) => accepted) && shared.some(({ accepted }) => !accepted));
    // The first one is not known yet, and sent again with its text.
    assert.match(await redis.cli('info', 'commandstats'), /cmdstat_evalsha:calls=3,/);
  });

  for (const reply of [
    7,
    '',
    '1',
    '1 1 1 1 ',
    '1 1 1 x',
    '1 -1 1 1',
    '1  1 1 1',
    '1 1 1 1 1',
    '1 1 1 99999999999999999999',
  ])
    test(`a reply that is no verdict counts nothing: ${JSON.stringify(reply)}`, async () => {
      const odd = { isSharded: false, script: async () => reply } as unknown as RedisClient;
      const charges = [{ counter: 'consumer', limit: 5, windowMs: 60_000, amount: 1 }];
      await assert.rejects(new RedisStore(odd).charge('odd', charges), { name: 'RedisUnavailable' });
    });

  test('a server clock that jumps back locks nobody out and gives nothing away', async () => {
    const store = new RedisStore(client, testTime.replace('prop', 'jump'));
    const charges = [{ counter: 'consumer', limit: 3, windowMs: 60_000, amount: 1 }];
    const charge = async (now: number): Promise<boolean> => {
      await client.set('{jump}:now', String(now), 1_000_000);
      return (await store.charge('jump', charges)).accepted;
    };
    const now = 50_000_000;
    assert.deepEqual([await charge(now), await charge(now), await charge(now)], [true, true, true]);
    assert.equal(await charge(now - 5_000), false);
    assert.equal(await charge(now - 7_200_000), true);
  });

  test('every key it leaves has a time to live of no more than its window', async () => {
    const store = new RedisStore(client);
    await store.charge('ttl', [
      { counter: 'consumer', limit: 5, windowMs: 60_000, amount: 1 },
      { counter: 'cost', limit: 5, windowMs: 10_000, amount: 1 },
    ]);
    const ttls = await Promise.all(
      ['consumer', 'cost'].map(async (counter) => Number(await redis.cli('pttl', `facet:limit:{ttl}:${counter}`))),
    );
    assert.ok(ttls[0] !== undefined && ttls[0] > 50_000 && ttls[0] <= 60_000, `${ttls[0]}`);
    assert.ok(ttls[1] !== undefined && ttls[1] > 5_000 && ttls[1] <= 10_000, `${ttls[1]}`);
  });

  test('a key that somebody else wrote, of any type or shape, heals itself', async () => {
    const store = new RedisStore(client);
    const key = 'facet:limit:{odd}:consumer';
    const charges = [{ counter: 'consumer', limit: 5, windowMs: 60_000, amount: 1 }];
    const wrecks = [
      ['rpush', key, 'a'],
      ['hset', key, 'a', 'b'],
      ['set', key, ''],
      ['set', key, 'x'.repeat(23)],
    ];
    for (const wreck of wrecks) {
      await redis.cli('del', key);
      await redis.cli(...wreck);
      assert.equal((await store.charge('odd', charges)).states[0]?.used, 1, wreck.join(' '));
    }
  });

  test('a flushed Redis, its scripts gone too, only starts the counts anew', async () => {
    const store = new RedisStore(client);
    const charges = [{ counter: 'consumer', limit: 2, windowMs: 60_000, amount: 1 }];
    const charge = async (): Promise<boolean> => (await store.charge('flushed', charges)).accepted;
    assert.deepEqual([await charge(), await charge(), await charge()], [true, true, false]);
    await redis.cli('flushall');
    await redis.cli('script', 'flush');
    assert.deepEqual([await charge(), await charge(), await charge()], [true, true, false]);
    assert.equal(client.available, true);
  });
});
