import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { type LoopSample, Overload } from '../../../src/ingress/overload.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { SimulatedLoop, type SimulatedWork } from '../../support/simulated-loop.ts';

/** A dashboard: three calls to services that answer at once. */
const dashboard: SimulatedWork = { turns: 4, turnMs: 0.18, refusalMs: 0.03, serviceMs: 1 };

function overload() {
  const changes: boolean[] = [];
  const config = { maxEventLoopDelayMs: 2, retryAfterSeconds: 2 };
  const guard = new Overload({ config, metrics: new Metrics(), onChange: (shedding) => changes.push(shedding) });
  return { guard, changes, simulate: (work: SimulatedWork) => new SimulatedLoop(guard, work) };
}

/** A loop without idle time whose turns take so long. */
const busy = (turnMs: number, shareOfCore = 1): LoopSample => ({ turnMs, busy: 1, shareOfCore, lateMs: 0 });

/** Of so many requests at once, how many are let in. */
function admitted(guard: Overload, count: number): number {
  return Array.from({ length: count }, () => guard.enter()).filter(Boolean).length;
}

test('a process that can do what is asked of it refuses nobody', async () => {
  const { changes, simulate } = overload();
  const loop = simulate(dashboard);
  const { refused, good } = await loop.run(0.7 * loop.capacity, 10);
  assert.equal(refused, 0);
  assert.ok(good > 6.9 * loop.capacity);
  assert.deepEqual(changes, []);
});

for (const [name, work] of [
  ['services that answer at once', dashboard],
  ['services that take 20 ms', { ...dashboard, serviceMs: 20 }],
  ['operations that cost much', { ...dashboard, turnMs: 0.9, serviceMs: 5 }],
  ['answers that need no service', { ...dashboard, turns: 1, turnMs: 0.5 }],
] as const)
  test(`at three times what it can do, with ${name}, it does nearly as much as ever, and in time`, async () => {
    const { guard, changes, simulate } = overload();
    const loop = simulate(work);
    await loop.run(loop.capacity / 2, 3);
    const { good: goodAtFirst } = await loop.run(3 * loop.capacity, 2);
    assert.ok(goodAtFirst > 0.8 * 2 * loop.capacity, `${goodAtFirst} at first`);
    const { good, refused, longestTurnMs } = await loop.run(3 * loop.capacity, 18);
    assert.ok(good > 0.8 * 18 * loop.capacity, `${good} of ${18 * loop.capacity}`);
    assert.ok(good + refused > 2.9 * 18 * loop.capacity, 'everyone is answered');
    assert.ok(longestTurnMs < 30, `refusals and probes wait up to ${longestTurnMs} ms`);
    assert.deepEqual(changes, [true]);
    await loop.run(loop.capacity / 2, 1);
    assert.equal((await loop.run(loop.capacity / 2, 4)).refused, 0);
    assert.deepEqual([guard.limit, changes], [512, [true, false]]);
  });

test('load is being shed from the first sample with a refusal until a second without one', () => {
  const { guard } = overload();
  for (let count = 0; count < 6; count++) guard.adjust(busy(30));
  while (guard.enter());
  assert.equal(guard.isShedding, false);
  guard.adjust(busy(2));
  assert.equal(guard.isShedding, true);
  assert.equal(guard.refuses(), true);
  const samples = Array.from({ length: 30 }, () => (guard.adjust(busy(2)), guard.isShedding));
  assert.deepEqual([samples[0], samples.lastIndexOf(true) < 20, guard.isShedding], [true, true, false]);
});

test('with a third of a core it does nearly all that a third can do: its neighbours are not its load', async () => {
  const { simulate } = overload();
  // A limit of a few requests would not fill the third: they wait for their services.
  const loop = simulate({ ...dashboard, serviceMs: 20, shareOfCore: 1 / 3 });
  await loop.run(3 * loop.capacity, 2);
  const { good, longestTurnMs } = await loop.run(3 * loop.capacity, 10);
  assert.ok(good > 0.8 * 10 * loop.capacity, `${good} of ${10 * loop.capacity}`);
  assert.ok(longestTurnMs < 3 * 30);
});

test('turns of twenty-four times the time that is wanted are too long, whoever is to blame', () => {
  const { guard } = overload();
  guard.adjust(busy(30, 0.05));
  assert.equal(guard.limit, 512);
  guard.adjust(busy(100, 0.01));
  assert.equal(guard.limit, 256);
  guard.adjust({ turnMs: 1, busy: 0.1, shareOfCore: 0.1, lateMs: 300 });
  assert.equal(guard.limit, 128);
});

test('while it has idle time it does all that is asked of it, however long a turn takes', () => {
  const { guard } = overload();
  for (let sample = 0; sample < 100; sample++) guard.adjust({ turnMs: 100, busy: 0.8, shareOfCore: 0.8, lateMs: 40 });
  assert.equal(guard.limit, 512);
});

test('a slow service is no overload: what waits for it costs no time', async () => {
  const { guard, changes, simulate } = overload();
  const loop = simulate({ ...dashboard, serviceMs: 2_000 });
  const { refused } = await loop.run(loop.capacity / 2, 6);
  assert.deepEqual([refused, changes], [0, []]);
  assert.ok(loop.inFlight > 1_000);
  assert.ok(guard.limit > loop.inFlight);
});

test('one stall, or a start, costs nobody anything', async () => {
  const { guard, changes, simulate } = overload();
  const loop = simulate(dashboard);
  loop.stall(3_000);
  assert.equal(admitted(guard, 100), 100);
  assert.deepEqual(changes, []);
});

test('however late the process is, a few are let in, or nobody would know when it is over', () => {
  const { guard } = overload();
  for (let sample = 0; sample < 100; sample++) guard.adjust(busy(10_000));
  assert.equal(admitted(guard, 100), 16);
});

test('a place is free again in the next turn of the loop, and not before', async () => {
  const { guard } = overload();
  for (let sample = 0; sample < 100; sample++) guard.adjust(busy(10_000));
  assert.equal(admitted(guard, 16), 16);
  for (let at = 0; at < 16; at++) guard.leave();
  assert.equal(guard.enter(), false);
  await turn();
  assert.equal(admitted(guard, 100), 16);
});

test('a cut is not repeated before it has taken hold', () => {
  const { guard } = overload();
  assert.equal(admitted(guard, 400), 400);
  for (let sample = 0; sample < 10; sample++) guard.adjust(busy(10));
  assert.equal(guard.limit, 256);
});

test('readiness follows refusals: four samples with one and it falls, a second without and it is back', () => {
  const { guard, changes } = overload();
  for (let sample = 0; sample < 20; sample++) guard.adjust(busy(100));
  const withRefusal = (): void => {
    assert.equal(admitted(guard, 100) < 100, true);
    guard.adjust(busy(100));
  };
  for (let sample = 0; sample < 3; sample++) withRefusal();
  assert.deepEqual(changes, []);
  withRefusal();
  assert.deepEqual(changes, [true]);
  for (let sample = 0; sample < 19; sample++) guard.adjust(busy(1));
  assert.deepEqual(changes, [true]);
  guard.adjust(busy(1));
  assert.deepEqual(changes, [true, false]);
});

test('a guard that is replaced leaves no process unready', () => {
  const { guard, changes } = overload();
  admitted(guard, 600);
  for (let sample = 0; sample < 4; sample++) {
    guard.enter();
    guard.adjust(busy(100));
  }
  guard.close();
  assert.deepEqual(changes, [true, false]);
});

test('who is refused learns when to come again', () => {
  const { refusal } = overload().guard;
  assert.deepEqual([refusal.code, refusal.httpStatus, refusal.retryAfterMs], ['OVERLOADED', 503, 2_000]);
});
