import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullJitter, pause } from '../../../src/resilience/backoff.ts';
import { within } from '../../support/within.ts';

const options = { baseDelayMs: 50, maxDelayMs: 500 };

test('the end of the wait doubles up to its maximum', () => {
  const ends = [1, 2, 3, 4, 5, 20].map((repetition) => fullJitter(repetition, options, () => 1));
  assert.deepEqual(ends, [50, 100, 200, 400, 500, 500]);
});

test('any wait below the end may be drawn, none included', () => {
  assert.equal(
    fullJitter(3, options, () => 0),
    0,
  );
  assert.equal(
    fullJitter(3, options, () => 0.5),
    100,
  );
});

test('a pause ends early and says so when its signal aborts', async () => {
  const signal = AbortSignal.timeout(5);
  const startedAt = performance.now();
  assert.equal(await pause(10_000, signal), false);
  assert.ok(performance.now() - startedAt < within(1_000));
  assert.equal(await pause(1), true);
});
