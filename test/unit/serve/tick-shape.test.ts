import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { keepTickShape } from '../../../src/serve/tick-shape.ts';

test('ticks have the shape of the one that is kept', () => {
  setFlagsFromString('--allow-natives-syntax');
  // V8's own question, which no other syntax can ask.
  const haveSameMap = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: object, b: object) => boolean;
  const kept = keepTickShape();
  const ticks: object[] = [];
  const hook = createHook({ init: (_id, type, _trigger, tick) => void (type === 'TickObject' && ticks.push(tick)) });
  hook.enable();
  process.nextTick(() => undefined);
  process.nextTick(() => undefined, 1, 2);
  hook.disable();
  assert.equal(ticks.length, 2);
  assert.ok(kept);
  assert.deepEqual(
    ticks.map((tick) => haveSameMap(kept, tick)),
    [true, true],
  );
});
