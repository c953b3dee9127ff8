import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runHastyBot } from '../support/hasty-bot.ts';

test('a bot at 80 000 requests a minute gets its 1 000 through and costs the other consumer nothing', async (t) => {
  const { bot, other, serviceCalls } = await runHastyBot(t, 4);
  assert.deepEqual(Object.keys(bot), ['200', '429']);
  assert.equal(bot[200], 1_000);
  assert.deepEqual(other, { 200: 40 });
  assert.ok(serviceCalls <= 1_040, `${serviceCalls} calls`);
});
