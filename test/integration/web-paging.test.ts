import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { suiteCleanup } from '../support/processes.ts';
import { type AskOptions, type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

const cleanup = suiteCleanup(after);
let world: ScreenWorld;
before(async () => {
  world = await startScreenWorld(cleanup, 'web');
});

interface Connection {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount?: number;
}

/** A list that a caller can walk. */
interface List {
  /** With `%` where the paging arguments stand. */
  readonly query: string;
  readonly find: (data: never) => Connection;
  readonly options?: AskOptions;
}

const fields = '{ nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
const own = (more = ''): List => ({
  query: `{ viewer { orders(%${more}) ${fields} } }`,
  find: (data: { viewer: { orders: Connection } }) => data.viewer.orders,
});
const orders = own();
const users: List = {
  query: `{ support { users(query: "ma", %) ${fields} } }`,
  find: (data: { support: { users: Connection } }) => data.support.users,
  options: { as: 'support' },
};

async function page({ query, find, options }: List, args: string): Promise<Connection> {
  const { data, errors } = await world.ask(query.replace('%', args), {}, options);
  assert.deepEqual(errors, [], args);
  return find(data as never);
}

async function refusal({ query, options }: List, args: string): Promise<string | undefined> {
  return (await world.ask(query.replace('%', args), {}, options)).errors[0]?.extensions.code;
}

const ids = ({ nodes }: Connection): string[] => nodes.map(({ id }) => id);

async function walkForward(list: List, size: number): Promise<string[]> {
  const seen: string[] = [];
  let found = await page(list, `first: ${size}`);
  assert.equal(found.pageInfo.hasPreviousPage, false);
  for (;;) {
    seen.push(...ids(found));
    if (!found.pageInfo.hasNextPage) return seen;
    assert.equal(found.nodes.length, size);
    found = await page(list, `first: ${size}, after: "${found.pageInfo.endCursor}"`);
    assert.equal(found.pageInfo.hasPreviousPage, true);
  }
}

/** From the page that is given towards the start. */
async function walkBackward(list: List, size: number, from: Connection): Promise<string[]> {
  const seen: string[] = [];
  let found = from;
  for (;;) {
    seen.unshift(...ids(found));
    if (!found.pageInfo.hasPreviousPage) return seen;
    found = await page(list, `last: ${size}, before: "${found.pageInfo.startCursor}"`);
    assert.equal(found.pageInfo.hasNextPage, true);
  }
}

describe('orders', () => {
  for (const sort of ['PLACED_AT', 'UPDATED_AT', 'TOTAL'])
    for (const direction of ['ASC', 'DESC'])
      test(`by ${sort} ${direction}: forward and backward show the same list, whatever the size of pages`, async () => {
        const list = own(`, sortBy: { key: ${sort}, direction: ${direction} }`);
        const all = ids(await page(list, 'first: 100'));
        assert.equal(new Set(all).size, 72);
        assert.deepEqual(await walkForward(list, 25), all);
        assert.deepEqual(await walkBackward(list, 25, await page(list, 'last: 25')), all);
      });

  test('a cursor from the end of the list leads on in both directions', async () => {
    const all = ids(await page(orders, 'first: 100'));
    const last = await page(orders, 'last: 10');
    assert.deepEqual(ids(last), all.slice(-10));
    assert.deepEqual([last.pageInfo.hasNextPage, last.pageInfo.hasPreviousPage], [false, true]);
    const [third] = last.edges.slice(2);
    assert.deepEqual(ids(await page(orders, `first: 3, after: "${third?.cursor}"`)), all.slice(-7, -4));
    assert.deepEqual(ids(await page(orders, `last: 4, before: "${third?.cursor}"`)), all.slice(-12, -8));
  });

  test('beyond either end, and of none, a page is empty and has no cursors', async () => {
    const first = await page(orders, 'first: 1');
    const last = await page(orders, 'last: 1');
    const empty = { startCursor: null, endCursor: null };
    for (const [args, hasPreviousPage, hasNextPage] of [
      [`first: 5, after: "${last.pageInfo.endCursor}"`, true, false],
      [`last: 5, before: "${first.pageInfo.startCursor}"`, false, true],
      ['first: 0', false, true],
    ] as const) {
      const found = await page(orders, args);
      assert.deepEqual([found.nodes, found.pageInfo], [[], { ...empty, hasPreviousPage, hasNextPage }], args);
    }
  });

  test('somebody without orders has an empty list, which is no error', async () => {
    const none = await page({ ...orders, options: { as: 'new-customer' } }, 'first: 5');
    assert.deepEqual(none.pageInfo, { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  });

  test('a filter holds on every page, and only when asked is anything counted', async () => {
    const cancelled = own(', filter: { status: [CANCELLED], placedAfter: "2020-01-01T00:00:00Z" }');
    const all = await walkForward(cancelled, 2);
    const { data } = await world.ask('{ viewer { orders(first: 1, filter: { status: [CANCELLED] }) { totalCount } } }');
    assert.equal(data.viewer.orders.totalCount, all.length);
    assert.ok(all.length > 2);
    assert.deepEqual(ids(await page(own(', filter: { status: [UNKNOWN] }'), 'first: 5')), []);
  });
});

describe('people', () => {
  test('forward and backward show the same list, from every place', async () => {
    const all = ids(await page(users, 'first: 100'));
    assert.ok(all.length > 25, `${all.length} people`);
    const pages = await walkForward(users, 7);
    assert.deepEqual(pages.slice(0, all.length), all);
    for (const size of [4, 9]) {
      const { edges } = await page(users, `first: ${size * 2}`);
      for (const [index, { cursor }] of edges.entries()) {
        const next = await page(users, `first: ${size}, after: "${cursor}"`);
        assert.deepEqual(ids(next), all.slice(index + 1, index + 1 + size), `${size} after ${index}`);
        const previous = await page(users, `last: ${size}, before: "${cursor}"`);
        assert.deepEqual(ids(previous), all.slice(Math.max(0, index - size), index), `${size} before ${index}`);
        assert.equal(previous.pageInfo.hasPreviousPage, index > size, `${size} before ${index}`);
      }
    }
  });

  test('a walk back from the end meets everybody', async () => {
    const all = await walkForward(users, 50);
    let end = await page(users, 'first: 50');
    while (end.pageInfo.hasNextPage) end = await page(users, `first: 50, after: "${end.pageInfo.endCursor}"`);
    assert.deepEqual(await walkBackward(users, 11, end), all);
  });

  test('the list has no way to begin at its end, and says so', async () => {
    assert.equal(await refusal(users, 'last: 5'), 'BAD_USER_INPUT');
  });

  for (const query of ['x', ' x ', 'x'.repeat(201)])
    test(`a search for ${JSON.stringify(query.slice(0, 5))} of ${query.length} characters is refused`, async () => {
      const text = `{ support { users(query: "${query}") { nodes { id } } } }`;
      const { errors } = await world.ask(text, {}, { as: 'support' });
      assert.equal(errors[0]?.extensions.code, 'BAD_USER_INPUT');
    });
});

test('the lists of one record are paged, too', async () => {
  const order = 'order(id: "ord_U1QoZPRNRk2Zit")';
  for (const [field, id] of [
    ['lineItems', 'id'],
    ['timeline', 'id'],
  ]) {
    const list: List = {
      query: `{ ${order} { ${field}(%) { nodes { ${id} } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
      find: (data: { order: Record<string, Connection> }) => data.order[field ?? ''] as Connection,
    };
    const all = ids(await page(list, 'first: 100'));
    assert.ok(all.length > 1, field);
    assert.deepEqual(await walkForward(list, 1), all);
  }
  const methods: List = {
    query: `{ viewer { paymentMethods(%) ${fields} } }`,
    find: (data: { viewer: { paymentMethods: Connection } }) => data.viewer.paymentMethods,
  };
  assert.deepEqual(await walkForward(methods, 1), ids(await page(methods, 'first: 100')));
});

describe('what cannot be meant is an error', () => {
  const bad = ['first: -1', 'last: -1', 'first: 2, last: 2', 'after: "x"', 'before: ""', 'first: 1, before: "x"'];
  for (const args of bad)
    test(args, async () => {
      assert.equal(await refusal(orders, args), 'BAD_USER_INPUT');
    });

  test('more than a hundred is refused and not cut', async () => {
    const { data, errors } = await world.ask('{ viewer { orders(first: 101) { nodes { id } } } }');
    assert.ok(errors.length > 0);
    assert.equal(data?.viewer?.orders ?? null, null);
  });

  test('a cursor of another list, filter, sort order or caller', async () => {
    const { pageInfo } = await page(orders, 'first: 1');
    const args = `first: 1, after: "${pageInfo.endCursor}"`;
    const others = [
      own(', filter: { status: [OPEN] }'),
      own(', sortBy: { key: TOTAL, direction: DESC }'),
      own(', sortBy: { key: PLACED_AT, direction: ASC }'),
      { ...orders, options: { as: 'new-customer' } } as const,
      users,
    ];
    for (const other of others) assert.equal(await refusal(other, args), 'BAD_USER_INPUT', other.query);
    assert.equal((await page(orders, args)).nodes.length, 1);
  });
});
