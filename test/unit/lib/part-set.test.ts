import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PartSet } from '../../../src/lib/part-set.ts';

test('a part with the same inputs is taken over, any other is made anew and may carry something over', () => {
  const earlier = new PartSet();
  const redis = new Map();
  const kept = earlier.keep('kept', [{ size: 1 }, redis], () => ({ made: 1 }));
  const old = earlier.keep('changed', [{ size: 1 }], () => ({ counted: 7 }));

  const later = new PartSet(earlier);
  assert.equal(
    later.keep('kept', [{ size: 1 }, redis], () => assert.fail('made again')),
    kept,
  );
  const changed = later.keep('changed', [{ size: 2 }], (previous: { counted: number } | undefined) => ({
    counted: previous?.counted ?? 0,
  }));
  assert.notEqual(changed, old);
  assert.equal(changed.counted, 7);
  const other = new PartSet(later);
  assert.notEqual(
    other.keep('kept', [{ size: 1 }, new Map()], () => ({ made: 2 })),
    kept,
    'things are the same only if they are one',
  );
});

test('a part ends when the last set lets go of it, later parts first', async () => {
  const ended: string[] = [];
  const hold = (set: PartSet, name: string, input: unknown) =>
    set.keep(
      name,
      [input],
      () => name,
      (value) => ended.push(value),
    );
  const first = new PartSet();
  hold(first, 'connection', 1);
  hold(first, 'limits', 1);
  hold(first, 'answers', 1);
  const second = new PartSet(first);
  hold(second, 'connection', 1);
  hold(second, 'limits', 2);
  await first.release();
  assert.deepEqual(ended, ['answers', 'limits']);
  await second.release();
  assert.deepEqual(ended, ['answers', 'limits', 'limits', 'connection']);
});
