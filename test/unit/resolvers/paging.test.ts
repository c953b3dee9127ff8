import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from '../../../src/domain/page.ts';
import { pageOfAll } from '../../../src/resolvers/page-of.ts';
import { type PageArguments, readSlice } from '../../../src/resolvers/page-slice.ts';

const forward = { isBackward: false, cursor: undefined };
const good: readonly [PageArguments, object][] = [
  [{}, { ...forward, size: 20 }],
  [
    { first: null, after: null, last: null, before: null },
    { ...forward, size: 20 },
  ],
  [{ first: 0 }, { ...forward, size: 0 }],
  [
    { first: 100, after: 'c' },
    { isBackward: false, size: 100, cursor: 'c' },
  ],
  [{ last: 3 }, { isBackward: true, size: 3, cursor: undefined }],
  [{ before: 'c' }, { isBackward: true, size: 20, cursor: 'c' }],
];
for (const [args, slice] of good)
  test(`${JSON.stringify(args)} asks for ${JSON.stringify(slice)}`, () => {
    assert.deepEqual(readSlice(args, 20), slice);
  });

const bad: readonly PageArguments[] = [
  { first: -1 },
  { last: -1 },
  { first: 101 },
  { last: 101 },
  { first: 1, last: 1 },
  { first: 1, before: 'c' },
  { last: 1, after: 'c' },
  { after: 'c', before: 'd' },
];
for (const args of bad)
  test(`${JSON.stringify(args)} is refused`, () => {
    assert.throws(() => readSlice(args, 20), { code: 'BAD_USER_INPUT' });
  });

const items = Array.from({ length: 7 }, (_, index) => ({ id: `i${index}` }));
const page = (args: PageArguments, all = items): Page<{ id: string }> => pageOfAll(all, readSlice(args, 3), 'things');
const ids = ({ edges }: Page<{ id: string }>): string => edges.map(({ node }) => node.id).join(' ');

test('walking forward shows every item once, and the flags say where the ends are', () => {
  const seen: string[] = [];
  const flags: [boolean, boolean][] = [];
  let after: string | null = null;
  do {
    const found: Page<{ id: string }> = page({ first: 3, after });
    seen.push(ids(found));
    flags.push([found.pageInfo.hasPreviousPage, found.pageInfo.hasNextPage]);
    after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
  } while (after !== null);
  assert.deepEqual(seen, ['i0 i1 i2', 'i3 i4 i5', 'i6']);
  assert.deepEqual(flags, [
    [false, true],
    [true, true],
    [true, false],
  ]);
});

test('walking backward shows the same items in the same order', () => {
  const last = page({ last: 3 });
  assert.equal(ids(last), 'i4 i5 i6');
  assert.deepEqual([last.pageInfo.hasPreviousPage, last.pageInfo.hasNextPage], [true, false]);
  const first = page({ last: 10, before: last.pageInfo.startCursor });
  assert.equal(ids(first), 'i0 i1 i2 i3');
  assert.deepEqual([first.pageInfo.hasPreviousPage, first.pageInfo.hasNextPage], [false, true]);
});

test('beyond either end, of nothing, and of no items, a page is empty, without cursors and not an error', () => {
  const { startCursor, endCursor } = page({ first: 7 }).pageInfo;
  for (const [found, hasPreviousPage, hasNextPage] of [
    [page({ first: 3, after: endCursor }), true, false],
    [page({ last: 3, before: startCursor }), false, true],
    [page({ first: 0 }), false, true],
    [page({}, []), false, false],
  ] as const) {
    const { pageInfo } = found;
    assert.deepEqual([pageInfo.startCursor, pageInfo.endCursor], [null, null]);
    assert.deepEqual([pageInfo.hasPreviousPage, pageInfo.hasNextPage], [hasPreviousPage, hasNextPage]);
  }
});

test('a page goes on where its item stood when the item is gone since', () => {
  const { endCursor } = page({ first: 3 }).pageInfo;
  const without = items.filter(({ id }) => id !== 'i2');
  assert.equal(ids(page({ first: 3, after: endCursor }, without)), 'i3 i4 i5');
  assert.equal(ids(page({ last: 3, before: endCursor }, without)), 'i0 i1');
});
