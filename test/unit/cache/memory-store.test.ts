import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Entry, forThisAnswerOnly } from '../../../src/cache/entry.ts';
import { MemoryStore } from '../../../src/cache/memory-store.ts';
import { seal } from '../../../src/cache/seal.ts';

function entryOf(value: unknown): Entry {
  const { bytes } = seal(value);
  return { value, status: 200, etag: undefined, tags: [], bytes, mark: 0, arrivedAt: 0, lifetime: forThisAnswerOnly };
}

test('memory is bounded by bytes: the least recently used go first', () => {
  const store = new MemoryStore(100_000);
  for (let index = 0; index < 1_000; index++) {
    store.set(`key ${index}`, entryOf({ text: 'x'.repeat(500) }));
    store.get('key 0');
  }
  assert.ok(store.bytes <= 100_000);
  assert.ok(store.size > 50 && store.size < 100);
  assert.ok(store.get('key 0'));
  assert.ok(store.get('key 999'));
  assert.equal(store.get('key 1'), undefined);
});

test('one large record does not push everything else out, and takes its older self along', () => {
  const store = new MemoryStore(100_000);
  store.set('small', entryOf('x'));
  store.set('large', entryOf('x'));
  store.set('large', entryOf('x'.repeat(40_000)));
  assert.equal(store.get('large'), undefined);
  assert.ok(store.get('small'));
});

test('long keys count', () => {
  const store = new MemoryStore(100_000);
  for (let index = 0; index < 100; index++) store.set('k'.repeat(2_000) + index, entryOf(1));
  assert.ok(store.bytes <= 100_000);
  assert.ok(store.size < 25);
});

test('a small record is estimated at a few hundred bytes', () => {
  const records = Array.from({ length: 20_000 }, (_, index) => ({
    id: `ord_${index}`,
    total: { minor: index, currency: 'EUR' },
    items: [{ title: `Thing number ${index}`, quantity: 2 }],
    note: null,
  }));
  const estimated = records.reduce((sum, record) => sum + seal(record).bytes, 0) / records.length;
  assert.ok(estimated > 150 && estimated < 900, `${estimated} bytes a record`);
});

test('a sealed record cannot be changed at any depth', () => {
  const record = { list: [{ name: 'a' }] };
  seal(record);
  assert.throws(() => ((record.list[0] as { name: string }).name = 'b'), TypeError);
  assert.throws(() => record.list.push({ name: 'c' }), TypeError);
});

test('only what JSON gives back equal counts as plain', () => {
  assert.equal(seal({ a: [1, 'x', true, null], b: undefined }).plain, true);
  for (const value of [new Map(), new Date(), 10n, NaN, { deep: [new Set()] }, [undefined], () => 1])
    assert.equal(seal(value).plain, false);
});
