import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runHastyBot } from '../support/hasty-bot.ts';

test('a whole minute of a bot at 80 000 requests a minute makes fewer than 1 200 service calls', async (t) => {
  const { bot, other, serviceCalls } = await runHastyBot(t, 60);
  assert.deepEqual(Object.keys(bot), ['200', '429']);
  assert.deepEqual(other, { 200: 600 });
  assert.ok(serviceCalls - 600 < 1_200, `${serviceCalls - 600} calls for the bot`);
});
