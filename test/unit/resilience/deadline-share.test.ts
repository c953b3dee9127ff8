import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadlineShare } from '../../../src/resilience/deadline-share.ts';

const shares: readonly [remainingMs: number, laterWaves: number, share: number][] = [
  [5_000, 0, 4_950],
  [5_000, 1, 4_700],
  [5_000, 3, 4_200],
  [450, 1, 200],
  [250, 1, 100],
  [50, 0, 0],
];

for (const [remainingMs, laterWaves, share] of shares)
  test(`of ${remainingMs} ms with ${laterWaves} waves to follow a call may use ${share}`, () => {
    assert.equal(deadlineShare(remainingMs, laterWaves), share);
  });

test('time that is over is never a share', () => {
  assert.ok(deadlineShare(0, 0) < 0);
  assert.ok(deadlineShare(-1_000, 2) < 0);
});
