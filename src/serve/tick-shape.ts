import { createHook } from 'node:async_hooks';

let kept: object | undefined;

/**
 * Keeps one object of those that `process.nextTick` makes. Some time after a start V8 takes the place that makes them for one of many
 * shapes, and every tick goes the slow way from then on (300 ns for 45, Node 24); while one of them lives it does not. The reason we see is
 * that V8 remembers a literal's shape weakly, and a collection between two ticks finds none alive. The object is shown to async hooks
 * only, so one listens for the length of one call. Gives the object, which nobody needs: that it is there is all.
 */
export function keepTickShape(): object | undefined {
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      if (type === 'TickObject') kept = resource;
    },
  }).enable();
  process.nextTick(() => undefined);
  hook.disable();
  return kept;
}
