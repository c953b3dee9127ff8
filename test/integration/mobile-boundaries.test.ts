import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { contractClient } from '../support/contract-client.ts';
import { suiteCleanup } from '../support/processes.ts';
import { type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

describe('what the app can reach, and what it cannot', () => {
  const cleanup = suiteCleanup(after);
  let world: ScreenWorld;
  /** An order of somebody else. */
  let foreign: string;

  before(async () => {
    world = await startScreenWorld(cleanup, 'mobile');
    foreign = await orderOfSomebodyElse();
  });

  async function orderOfSomebodyElse(): Promise<string> {
    const orders = contractClient('orders', world.services.orders.url);
    const asked = { role: 'support', userId: 'usr_support01', query: { q: 'F-100500', limit: 1 } } as const;
    const { items } = (await orders.call('searchOrders', asked)).body;
    assert.notEqual(items[0].customer_id, 'usr_customer01');
    return items[0].id;
  }

  test('nothing that is meant for the other client exists', async () => {
    for (const query of [
      '{ support { user(by: { id: "usr_1" }) { email } } }',
      '{ viewer { email } }',
      '{ order(id: "x") { customer { email } } }',
      '{ order(id: "x") { payments { id } } }',
      '{ order(id: "x") { timeline { nodes { id } } } }',
      '{ orders(last: 5) { edges { cursor } } }',
      '{ orders { nodes { id } } }',
      '{ orders { totalCount } }',
      'mutation { refundPayment(input: { paymentId: "p", reason: OTHER, idempotencyKey: "k" }) { __typename } }',
      'mutation { updateProfile(input: {}) { __typename } }',
    ]) {
      const { status, data, errors } = await world.ask(query);
      assert.deepEqual(
        [status, data, errors[0]?.extensions.code],
        [400, undefined, 'GRAPHQL_VALIDATION_FAILED'],
        query,
      );
      // What exists instead is for those who have the schema.
      assert.doesNotMatch(errors[0]?.message ?? '', /did you mean/i);
    }
  });

  test("another's order does not exist, by no path and for no role", async () => {
    for (const as of ['customer', 'support', 'admin'] as const) {
      const { data, errors } = await world.ask(
        'query ($id: ID!) { order(id: $id) { id } node(id: $id) { id } }',
        { id: foreign },
        { as },
      );
      assert.deepEqual([data, errors], [{ order: null, node: null }, []], as);
    }
  });

  test("another's order is neither paid nor cancelled", async () => {
    for (const as of ['customer', 'support'] as const) {
      const input = { orderId: foreign, idempotencyKey: `not-mine-${as}` };
      const source = { savedMethodId: 'pm_demovisa' };
      const paid = await world.screen('1.0.0', 'quick-pay', { input: { ...input, source } }, { as });
      assert.deepEqual([paid.data.quickPay.code, paid.data.quickPay.retry], ['NOT_FOUND', 'DO_NOT_RETRY'], as);
      const cancelled = await world.screen('1.0.0', 'cancel-order', { input }, { as });
      assert.equal(cancelled.data.cancelOrder.code, 'NOT_FOUND', as);
    }
  });

  test('an id that names no order names nothing, and costs no call', async () => {
    world.watch.reset();
    for (const id of ['', 'ord_', 'usr_customer01', 'pay_1', '../users', 'ord_x/../y', 'ord_\u0000', 'ö'.repeat(300)]) {
      const { data, errors } = await world.ask('query ($id: ID!) { order(id: $id) { id } node(id: $id) { id } }', {
        id,
      });
      assert.deepEqual([data, errors], [{ order: null, node: null }, []], id);
    }
    assert.deepEqual(world.watch.names(), []);
  });

  test('who is not signed in learns about their version and nothing else', async () => {
    const anonymous = { as: 'nobody' } as const;
    const { data } = await world.screen('1.0.0', 'app-status', {}, anonymous);
    assert.equal(data.appStatus.support, 'SUPPORTED');
    const refused = await world.screen('1.0.0', 'home', {}, anonymous);
    assert.deepEqual([refused.status, refused.errors[0]?.extensions.code], [401, 'UNAUTHENTICATED']);
  });

  test('the pages of a list hold each order once, the newest first, to the end', async () => {
    const seen: { id: string; placedAt: string }[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const { data, errors } = await world.ask(
        'query ($after: String) { orders(first: 10, after: $after) { edges { node { id placedAt } } pageInfo { hasNextPage hasPreviousPage endCursor } } }',
        { after: cursor },
      );
      assert.deepEqual(errors, []);
      assert.equal(data.orders.pageInfo.hasPreviousPage, cursor !== null);
      seen.push(...data.orders.edges.map(({ node }: { node: (typeof seen)[number] }) => node));
      cursor = data.orders.pageInfo.hasNextPage ? data.orders.pageInfo.endCursor : null;
      pages += 1;
    } while (cursor !== null && pages < 20);
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
    assert.ok(seen.length > 70);
    assert.deepEqual(
      seen.map(({ placedAt }) => placedAt),
      seen
        .map(({ placedAt }) => placedAt)
        .toSorted()
        .toReversed(),
    );
  });

  test('active and past orders are all orders', async () => {
    const count = async (scope: string): Promise<number> => {
      const { data } = await world.ask(
        'query ($scope: OrderScope) { orders(first: 50, scope: $scope) { edges { node { id actions { kind } } } } }',
        { scope },
      );
      const kinds = data.orders.edges.map(({ node }: { node: { actions: { kind: string }[] } }) =>
        node.actions.some(({ kind }) => kind === 'REORDER'),
      );
      // What is over can be ordered again, what is not cannot.
      if (scope !== 'ALL') assert.deepEqual(new Set(kinds), new Set([scope === 'PAST']));
      return data.orders.edges.length;
    };
    assert.equal(await count('ACTIVE'), 13);
    assert.equal(await count('PAST'), 50);
    assert.equal(await count('ALL'), 50);
  });

  test('a cursor of another list, or of no list, is refused', async () => {
    const page =
      'query ($after: String, $scope: OrderScope) { orders(first: 2, after: $after, scope: $scope) { pageInfo { endCursor } } }';
    const { data } = await world.ask(page, { scope: 'ALL' });
    for (const [cursor, scope] of [
      [data.orders.pageInfo.endCursor, 'ACTIVE'],
      ['bm8gY3Vyc29y', 'ALL'],
      ['', 'ALL'],
      ['x'.repeat(5_000), 'ALL'],
    ]) {
      const { errors } = await world.ask(page, { after: cursor, scope });
      assert.equal(errors[0]?.extensions.code, 'BAD_USER_INPUT', `${cursor} ${scope}`);
    }
  });

  test('more than a list gives is an error, not less than asked', async () => {
    const codeOf = async (query: string): Promise<string> =>
      (await world.ask(query)).errors[0]?.extensions.code ?? 'OK';
    assert.match(await codeOf('{ orders(first: 51) { edges { cursor } } }'), /BAD_USER_INPUT|OPERATION_TOO_COMPLEX/);
    assert.equal(await codeOf('{ orders(first: -1) { edges { cursor } } }'), 'BAD_USER_INPUT');
    assert.equal(await codeOf('{ home { activeOrders(first: 11) { id } } }'), 'BAD_USER_INPUT');
    assert.equal(await codeOf('{ home { recentOrders(first: -1) { id } } }'), 'BAD_USER_INPUT');
    assert.equal(await codeOf('{ orders(first: 0) { edges { cursor } } }'), 'OK');
    assert.equal(await codeOf('{ home { activeOrders(first: 0) { id } recentOrders(first: 20) { id } } }'), 'OK');
  });

  test('the items of an order are paged over the one call that brought them', async () => {
    const query = `query ($after: String) { order(id: "ord_SFtYcqotKQsQp7") { itemCount items(first: 3, after: $after) {
      edges { node { id title quantity totalText imageUrl(px: 100) } } pageInfo { hasNextPage endCursor } } } }`;
    world.watch.reset();
    const first = (await world.ask(query)).data.order;
    assert.deepEqual(
      [first.items.edges.length, first.items.pageInfo.hasNextPage, world.watch.calls.length],
      [3, true, 1],
    );
    const second = (await world.ask(query, { after: first.items.pageInfo.endCursor })).data.order;
    assert.deepEqual([second.items.edges.length, second.items.pageInfo.hasNextPage], [1, false]);
    const nodes = [...first.items.edges, ...second.items.edges].map(({ node }) => node);
    assert.equal(new Set(nodes.map(({ id }) => id)).size, 4);
    assert.equal(
      nodes.reduce((sum, { quantity }) => sum + quantity, 0),
      first.itemCount,
    );
    assert.match(nodes[0].imageUrl, /size=160$/);
  });
});
