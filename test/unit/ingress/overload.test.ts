import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Overload } from '../../../src/ingress/overload.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';

function overload() {
  const changes: boolean[] = [];
  const config = { maxEventLoopDelayMs: 200, retryAfterSeconds: 2 };
  const guard = new Overload({ config, metrics: new Metrics(), onChange: (shedding) => changes.push(shedding) });
  /** Of a hundred requests, how many are let in. */
  const admitted = (): number => {
    let count = 0;
    for (let at = 0; at < 100; at++) {
      try {
        guard.check();
        count++;
      } catch (error) {
        assert.equal((error as { code: string }).code, 'OVERLOADED');
        assert.equal((error as { retryAfterMs: number }).retryAfterMs, 2_000);
      }
    }
    return count;
  };
  const late = (delayMs: number, samples: number): void => {
    for (let at = 0; at < samples; at++) guard.adjust(delayMs);
  };
  return { changes, admitted, late };
}

test('a process in time lets everyone in', () => {
  const { admitted, late, changes } = overload();
  late(199, 50);
  assert.deepEqual([admitted(), changes], [100, []]);
});

test('one stall, or two, is no overload', () => {
  const { admitted, late, changes } = overload();
  late(3_000, 2);
  late(5, 1);
  late(3_000, 2);
  assert.deepEqual([admitted(), changes], [100, []]);
});

test('the share that is let in shrinks by how late the process is', () => {
  const { admitted, late, changes } = overload();
  late(400, 3);
  assert.deepEqual([admitted(), changes], [50, [true]]);
  late(400, 1);
  assert.equal(admitted(), 25);
});

test('something is always let in, or nobody would know when it is over', () => {
  const { admitted, late } = overload();
  late(10_000, 20);
  assert.equal(admitted(), 5);
});

test('between half the limit and the limit the share stays; below it grows back within a second and a half', () => {
  const { admitted, late, changes } = overload();
  late(10_000, 20);
  late(150, 10);
  assert.equal(admitted(), 5);
  late(10, 5);
  assert.ok(admitted() > 50);
  late(10, 10);
  assert.deepEqual([admitted(), changes], [100, [true, false]]);
});
