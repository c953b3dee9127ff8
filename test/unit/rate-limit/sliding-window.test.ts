import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SlidingWindow } from '../../../src/rate-limit/sliding-window.ts';
import { randomNumbers } from '../../support/random-numbers.ts';

const minute = 60_000;

/** Charges like a store does: only what fits. */
function charge(window: SlidingWindow, nowMs: number, limit: number, amount = 1): number {
  const time = window.advance(nowMs);
  const waitMs = window.waitMs(amount, limit, time);
  if (waitMs === 0) window.add(amount, time);
  return waitMs;
}

test('the whole limit may come at once, and then not one more until a window later', () => {
  const window = new SlidingWindow(minute);
  for (let i = 0; i < 60; i++) assert.equal(charge(window, 1_000, 60), 0);
  assert.equal(charge(window, 1_000, 60), minute);
  assert.equal(charge(window, 31_000, 60), 30_000);
  assert.equal(charge(window, 60_999, 60), 1);
  assert.equal(charge(window, 61_000, 60), 0);
});

test('a caller that keeps to the pace of the limit is never refused', () => {
  const window = new SlidingWindow(minute);
  for (let second = 0; second < 600; second++) assert.equal(charge(window, second * 1000, 60), 0);
});

test('no stretch of one window holds more than the limit, however requests fall', () => {
  const random = randomNumbers(20_261_121);
  for (let run = 0; run < 40; run++) {
    const limit = 1 + Math.floor(random() * 200);
    const window = new SlidingWindow(minute);
    const accepted: number[] = [];
    for (let now = 0; now < 4 * minute;) {
      // Bursts and pauses: the shapes that fool windows with edges.
      now += random() < 0.02 ? Math.floor(random() * 70_000) : Math.floor(random() * 400);
      if (charge(window, now, limit) === 0) accepted.push(now);
    }
    for (let first = 0, last = 0; last < accepted.length; last++) {
      while ((accepted[last] ?? 0) - (accepted[first] ?? 0) >= minute) first++;
      assert.ok(last - first < limit, `${last - first + 1} in one window of ${limit}`);
    }
  }
});

test('the wait it names is exactly the wait: a millisecond earlier is refused, then it is accepted', () => {
  const random = randomNumbers(7);
  for (let run = 0; run < 200; run++) {
    const window = new SlidingWindow(minute);
    let now = 0;
    let waitMs = 0;
    const amount = 1 + Math.floor(random() * 20);
    while (waitMs === 0) {
      now += Math.floor(random() * 3_000);
      waitMs = charge(window, now, 50, amount);
    }
    assert.ok(window.waitMs(amount, 50, window.advance(now + waitMs - 1)) > 0);
    assert.equal(charge(window, now + waitMs, 50, amount), 0);
  }
});

test('an amount above the limit never fits and says a whole window', () => {
  assert.equal(charge(new SlidingWindow(minute), 0, 10, 11), minute);
  assert.equal(charge(new SlidingWindow(minute), 0, 0, 1), minute);
});

test('a refund makes room at once and never more than was used', () => {
  const window = new SlidingWindow(minute);
  charge(window, 0, 100, 60);
  charge(window, 5_000, 100, 40);
  window.refund(50);
  assert.equal(window.used, 50);
  assert.equal(charge(window, 5_000, 100, 50), 0);
  window.refund(1_000);
  assert.equal(window.used, 0);
});

test('a clock that jumps back holds still for at most a window and locks nobody out', () => {
  const window = new SlidingWindow(minute);
  const now = 10_000_000;
  for (let i = 0; i < 60; i++) charge(window, now, 60);
  assert.equal(charge(window, now - 5_000, 60), minute, 'a small step back gives nothing away');
  assert.equal(charge(window, now - 7_200_000, 60), 0, 'two hours back starts anew');
});

test('a clock that jumps ahead only forgets', () => {
  const window = new SlidingWindow(minute);
  for (let i = 0; i < 60; i++) charge(window, 0, 60);
  assert.equal(charge(window, 7_200_000, 60), 0);
});
