import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeenOnce } from '../../../src/idempotency/seen-once.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startRedis } from '../../support/redis.ts';
import { connectTestRedis } from '../../support/redis-client.ts';

test('a message is taken once, until it is forgotten or given back', async () => {
  const clock = new ManualClock();
  const seen = new SeenOnce('webhook', 600_000, clock);
  assert.deepEqual([await seen.take('msg_1'), await seen.take('msg_1'), await seen.take('msg_2')], [true, false, true]);
  await seen.release('msg_1');
  assert.equal(await seen.take('msg_1'), true);
  clock.advance(600_000);
  assert.equal(await seen.take('msg_1'), true);
});

test('with Redis all instances take it once together; without, each for itself', async (t) => {
  const server = await startRedis(t);
  const clock = new ManualClock();
  const { client } = await connectTestRedis(t, server.url);
  const instances = [1, 2, 3].map(() => new SeenOnce('webhook', 600_000, clock, client));
  const taken = (await Promise.all(instances.map((each) => each.take('msg_1')))).filter(Boolean);
  assert.equal(taken.length, 1);
  const others = new SeenOnce('other', 600_000, clock, client);
  assert.equal(await others.take('msg_1'), true, 'names are apart');
  await server.kill();
  assert.deepEqual(await Promise.all(instances.map((each) => each.take('msg_2'))), [true, true, true]);
});
