import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RunningService } from '../../demo/services/kit/service.ts';
import { identities } from '../../demo/services/seed/identities.ts';
import { type ContractClient, contractClient, demoOrderNumber } from '../support/contract-client.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { startServiceAlone } from '../support/reference-services.ts';

const customer = identities.customer.id;
const newCustomer = identities['new-customer'].id;

interface Item {
  id: string;
  cursor: string;
  status: string;
  placed_at: string;
  updated_at: string;
  total: { amount: number; currency: string };
  [field: string]: unknown;
}

describe('order-service', () => {
  const cleanup = suiteCleanup(after);
  let service: RunningService;
  let orders: ContractClient;
  before(async () => {
    service = await startServiceAlone(cleanup, 'orders');
    orders = contractClient('orders', service.url);
  });

  /** The demo customer's order that tells this story. */
  const storyOf = async (story: string): Promise<Item> => {
    const { body } = await orders.call('searchOrders', { query: { q: demoOrderNumber(story) } });
    return body.items[0];
  };

  test('answers for its health without a credential', async () => {
    assert.equal((await orders.call('getLiveness')).status, 200);
    assert.equal((await orders.call('getReadiness')).status, 200);
    assert.match((await orders.call('getMetrics')).body, /http_requests_total/);
  });

  describe('reads an order', () => {
    test('with the parts that were asked for and no others', async () => {
      const { id } = await storyOf('part refunded');
      const plain = await orders.call('getOrder', { params: { id } });
      const parts = ['line_items', 'shipments', 'events'];
      assert.deepEqual(
        parts.filter((part) => part in plain.body),
        [],
      );
      assert.equal(plain.headers.get('cache-control'), 'private, max-age=5');
      const whole = await orders.call('getOrder', { params: { id }, query: { include: parts } });
      assert.deepEqual(
        parts.filter((part) => whole.body[part].length > 0),
        parts,
      );
      assert.equal((await orders.call('getOrder', { params: { id: 'ord_none' } })).status, 404);
      assert.equal((await orders.call('getOrder', { params: { id }, query: { include: 'everything' } })).status, 400);
    });

    test('whose amounts add up', async () => {
      for (const story of ['unpaid', 'part refunded', 'split payment']) {
        const { id } = await storyOf(story);
        const { body: order } = await orders.call('getOrder', { params: { id }, query: { include: 'line_items' } });
        const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);
        const lines: {
          quantity: number;
          unit_price: Item['total'];
          discount_total: Item['total'];
          total: Item['total'];
        }[] = order.line_items;
        for (const line of lines) {
          assert.equal(line.total.amount, line.quantity * line.unit_price.amount - line.discount_total.amount);
        }
        const goods = sum(lines.map(({ total }) => total.amount));
        assert.equal(order.subtotal.amount - order.discount_total.amount, goods);
        assert.equal(order.total.amount, goods + order.shipping_total.amount);
      }
    });

    test('with a strong ETag from its version, and 304', async () => {
      const { id } = await storyOf('packing');
      const { headers, body } = await orders.call('getOrder', { params: { id } });
      assert.equal(headers.get('etag'), `"${body.version}"`);
      const etag = headers.get('etag')!;
      const again = await orders.call('getOrder', { params: { id }, headers: { 'if-none-match': etag } });
      assert.equal(again.status, 304);
    });

    test('and its events, oldest first, page by page', async () => {
      const { id } = await storyOf('returned');
      const { body: whole } = await orders.call('listOrderEvents', { params: { id } });
      assert.ok(whole.items.length >= 6);
      const times = whole.items.map(({ at }: { at: string }) => at);
      assert.deepEqual(times, times.toSorted());
      const first = await orders.call('listOrderEvents', { params: { id }, query: { limit: 2 } });
      assert.equal(first.body.has_more, true);
      const query = { limit: 200, after: first.body.items[1].cursor };
      const rest = await orders.call('listOrderEvents', { params: { id }, query });
      assert.deepEqual([...first.body.items, ...rest.body.items], whole.items);
      assert.equal(rest.body.has_more, false);
      const { id: other } = await storyOf('packing');
      assert.equal(
        (await orders.call('listOrderEvents', { params: { id: other }, query })).body.code,
        'invalid_cursor',
      );
    });
  });

  describe('reads many by ids', () => {
    test('each once, with what is missing named', async () => {
      const one = await storyOf('packing');
      const two = await storyOf('unpaid');
      const ids = [one.id, 'ord_none', two.id, one.id];
      const { body } = await orders.call('batchGetOrders', { body: { ids, include: ['shipments'] }, role: 'customer' });
      assert.deepEqual(body.items.map(({ id }: Item) => id).toSorted(), [one.id, two.id].toSorted());
      assert.deepEqual(body.missing, ['ord_none']);
      assert.ok(body.items.every((item: Item) => 'shipments' in item && !('line_items' in item)));
    });

    for (const [what, body] of [
      ['no ids', { ids: [] }],
      ['more than a hundred', { ids: Array.from({ length: 101 }, (_, index) => `ord_${index}`) }],
      ['ids that are no strings', { ids: [1] }],
      ['a part it does not have', { ids: ['ord_1'], include: ['events'] }],
      ['a member it does not know', { ids: ['ord_1'], expand: true }],
    ] as const) {
      test(`and refuses ${what}`, async () => {
        assert.equal((await orders.call('batchGetOrders', { body })).status, 422);
      });
    }
  });

  describe('lists', () => {
    test('the orders of one customer; a customer must say whose', async () => {
      assert.equal((await orders.call('listOrders', { role: 'customer' })).status, 403);
      const { body } = await orders.call('listOrders', {
        role: 'customer',
        query: { customer_id: customer, limit: 100 },
      });
      assert.equal(body.items.length, 72);
      assert.ok(body.items.every((item: Item) => item['customer_id'] === customer));
      assert.equal('total' in body, false);
      const none = await orders.call('listOrders', { query: { customer_id: newCustomer, with_total: true } });
      assert.deepEqual(none.body, { items: [], has_more: false, total: 0 });
    });

    test('by the values of several filters, joined by and', async () => {
      const query = {
        customer_id: customer,
        status: ['open', 'confirmed'],
        payment_state: ['paid', 'authorized'],
        fulfillment_state: 'unfulfilled',
        with_total: true,
      };
      const { body } = await orders.call('listOrders', { query });
      assert.ok(body.total >= 2);
      for (const item of body.items) {
        assert.ok(query.status.includes(item.status) && query.payment_state.includes(item.payment_state));
        assert.equal(item.fulfillment_state, 'unfulfilled');
      }
    });

    test('by the time of placing, from (in) to (out)', async () => {
      const { placed_at: at } = await storyOf('packing');
      const query = { customer_id: customer, with_total: true };
      const from = await orders.call('listOrders', { query: { ...query, placed_after: at } });
      const until = await orders.call('listOrders', { query: { ...query, placed_before: at } });
      assert.equal(from.body.total + until.body.total, 72);
      assert.equal(from.body.items.at(-1).placed_at, at);
    });

    for (const sort of ['placed_at', '-placed_at', 'updated_at', '-updated_at', 'total', '-total']) {
      test(`by ${sort}, forth and back, without a gap or a repeat`, async () => {
        const query = { customer_id: customer, sort, limit: 10 };
        const forth: Item[] = [];
        let hasMore = true;
        while (hasMore) {
          const cursor = forth.at(-1)?.cursor;
          const { body } = await orders.call('listOrders', { query: { ...query, ...(cursor && { after: cursor }) } });
          forth.push(...body.items);
          hasMore = body.has_more;
        }
        assert.equal(new Set(forth.map(({ id }) => id)).size, 72);
        const column = sort.replace('-', '') as 'placed_at';
        const valueOf = (item: Item): string | number => (sort.endsWith('total') ? item.total.amount : item[column]);
        const sign = sort.startsWith('-') ? -1 : 1;
        for (let index = 1; index < forth.length; index += 1) {
          const [a, b] = [valueOf(forth[index - 1]!), valueOf(forth[index]!)];
          assert.ok(a === b || (a < b ? 1 : -1) === sign, `${a} before ${b}`);
        }

        const back: Item[] = [forth.at(-1)!];
        hasMore = true;
        while (hasMore) {
          const { body } = await orders.call('listOrders', { query: { ...query, before: back[0]!.cursor } });
          back.unshift(...body.items);
          hasMore = body.has_more;
        }
        assert.deepEqual(back, forth);
      });
    }

    test('and refuses a cursor of another sort, and both directions at once', async () => {
      const { body } = await orders.call('listOrders', { query: { customer_id: customer, limit: 1 } });
      const { cursor } = body.items[0];
      const other = await orders.call('listOrders', { query: { sort: 'total', after: cursor } });
      assert.deepEqual([other.status, other.body.code], [400, 'invalid_cursor']);
      assert.equal((await orders.call('listOrders', { query: { after: cursor, before: cursor } })).status, 400);
    });

    test('20 000 orders in all, some in a currency without digits, some beyond 32 bits', async () => {
      const { body } = await orders.call('listOrders', { query: { sort: '-total', with_total: true, limit: 100 } });
      assert.equal(body.total, 20_000);
      assert.ok(body.items.every(({ total }: Item) => total.amount > 2 ** 31));
      assert.ok(new Set(body.items.map(({ total }: Item) => total.currency)).has('JPY'));
    });
  });

  describe('searches', () => {
    test('by number, e-mail in any case, and SKU, for support only', async () => {
      for (const [q, atLeast] of [
        ['f-100003', 1],
        ['AVA.martinez@EXAMPLE.com', 72],
        ['mug-blu-350', 1_000],
      ] as const) {
        const { body } = await orders.call('searchOrders', { query: { q, with_total: true } });
        assert.ok(body.total >= atLeast, q);
      }
      assert.equal((await orders.call('searchOrders', { role: 'customer', query: { q: 'F-100003' } })).status, 403);
      assert.equal((await orders.call('searchOrders')).status, 400);
      assert.equal((await orders.call('searchOrders', { query: { q: 'x' } })).status, 400);
    });

    test('within the filters of the list', async () => {
      const query = { q: identities.customer.email, status: 'cancelled', with_total: true };
      assert.equal((await orders.call('searchOrders', { query })).body.total, 4);
    });
  });

  describe('sums up a customer', () => {
    test('in as many amounts as there are currencies', async () => {
      const { body } = await orders.call('getOrderSummary', { query: { customer_id: customer } });
      const { body: open } = await orders.call('listOrders', {
        query: { customer_id: customer, status: ['open', 'confirmed'], with_total: true },
      });
      assert.equal(body.open_count, open.total);
      assert.deepEqual(
        body.lifetime_totals.map(({ currency }: Item['total']) => currency),
        ['EUR', 'GBP', 'JPY', 'KWD'],
      );
      assert.ok(body.outstanding.length > 0);
      const { body: list } = await orders.call('listOrders', { query: { customer_id: customer, limit: 1 } });
      assert.equal(body.last_order.id, list.items[0].id);
    });

    test('all zero for a person without orders', async () => {
      const { body } = await orders.call('getOrderSummary', { query: { customer_id: newCustomer } });
      const { customer_id: _id, ...rest } = body;
      assert.deepEqual(rest, { open_count: 0, lifetime_totals: [], outstanding: [], last_order: null });
      assert.equal((await orders.call('getOrderSummary')).status, 400);
    });
  });

  describe('places an order', () => {
    const body = {
      customer_id: newCustomer,
      contact_email: 'haruto.tanaka@example.com',
      currency: 'JPY',
      line_items: [
        { sku: 'MUG-BLU-350', title: 'Blue mug', quantity: 2, unit_price: { amount: 2_000, currency: 'JPY' } },
        { sku: 'PEN-BRASS-07', title: 'Brass pen', quantity: 1, unit_price: { amount: 6_080, currency: 'JPY' } },
      ],
      shipping_address: { line1: 'Jingumae 1', city: 'Shibuya', country_code: 'JP' },
      note: null,
    };

    test('once for each key, with totals of its own', async () => {
      const calls = await Promise.all(
        Array.from({ length: 10 }, () => orders.call('createOrder', { body, key: 'order-1', userId: newCustomer })),
      );
      assert.equal(new Set(calls.map((call) => call.body.id)).size, 1);
      assert.equal(calls.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1);
      const [{ body: order, headers }] = calls as [(typeof calls)[0]];
      assert.deepEqual([order.status, order.payment_state, order.fulfillment_state], ['open', 'unpaid', 'unfulfilled']);
      assert.deepEqual([order.subtotal.amount, order.shipping_total.amount, order.total.amount], [10_080, 792, 10_872]);
      assert.match(order.number, /^F-\d+$/);
      assert.equal(headers.get('location'), `/v1/orders/${order.id}`);
      const { body: list } = await orders.call('listOrders', { query: { customer_id: newCustomer } });
      assert.equal(list.items.length, 1);
      assert.equal((await orders.call('searchOrders', { query: { q: order.number } })).body.items[0].id, order.id);
    });

    test('never for somebody else, never twice under one key with another content', async () => {
      const foreign = await orders.call('createOrder', { body, key: 'order-2', role: 'customer', userId: customer });
      assert.equal(foreign.status, 403);
      const other = { ...body, note: 'gift' };
      const reused = await orders.call('createOrder', { body: other, key: 'order-1', userId: newCustomer });
      assert.deepEqual([reused.status, reused.body.code], [422, 'idempotency_key_reused']);
      assert.equal((await orders.call('createOrder', { body })).body.code, 'idempotency_key_missing');
    });

    test("the same key of another person is another key, and members' order does not matter", async () => {
      const shuffled = Object.fromEntries(Object.entries(body).reverse());
      const same = await orders.call('createOrder', { body: shuffled, key: 'order-1', userId: newCustomer });
      assert.equal(same.headers.get('idempotency-replayed'), 'true');
      const other = await orders.call('createOrder', { body, key: 'order-1', userId: customer });
      assert.equal(other.headers.get('idempotency-replayed'), null);
    });

    const [line] = body.line_items as [(typeof body.line_items)[0]];
    for (const [what, change, pointer] of [
      ['no lines', { line_items: [] }, '/line_items'],
      ['no quantity', { line_items: [{ ...line, quantity: 0 }] }, '/line_items/0/quantity'],
      ['another currency', { currency: 'EUR' }, '/line_items/0/unit_price/currency'],
      [
        'half an amount',
        { line_items: [{ ...line, unit_price: { amount: 1.5, currency: 'JPY' } }] },
        '/line_items/0/unit_price/amount',
      ],
      [
        'a total beyond 2^53',
        { line_items: [{ ...line, unit_price: { amount: 9_007_199_254_740_991, currency: 'JPY' } }] },
        '/line_items',
      ],
      ['an address without a city', { shipping_address: { line1: 'x', country_code: 'JP' } }, '/shipping_address/city'],
    ] as const) {
      test(`and refuses ${what}, naming the place`, async () => {
        const answer = await orders.call('createOrder', {
          body: { ...body, ...change },
          key: `wrong ${what}`.replaceAll(' ', '-'),
        });
        assert.deepEqual([answer.status, answer.body.code], [422, 'validation_failed']);
        assert.equal(answer.body.errors[0].pointer, pointer);
      });
    }
  });

  describe('changes an order', () => {
    const change = (id: string, body: unknown, ifMatch?: string) =>
      orders.call('updateOrder', {
        params: { id },
        body,
        headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
      });

    test('never blindly: 428 without If-Match, 412 with an old one', async () => {
      const { id, version } = await storyOf('packing');
      const address = { shipping_address: { line1: 'Mill Lane 3', city: 'Leeds', country_code: 'GB' } };
      const blind = await change(id, address);
      assert.deepEqual([blind.status, blind.body.code], [428, 'precondition_required']);
      const changed = await change(id, address, `"${version}"`);
      assert.equal(changed.status, 200);
      assert.equal(changed.body.shipping_address.city, 'Leeds');
      const old = await change(id, { note: 'x' }, `"${version}"`);
      assert.deepEqual([old.status, old.body.current_version], [412, changed.body.version]);
      const torn = await change(id, { note: 'x', version: 1 }, `"${changed.body.version}"`);
      assert.deepEqual([torn.status, torn.body.code], [412, 'version_mismatch']);
      assert.equal((await change(id, {}, `"${changed.body.version}"`)).status, 422);
      assert.equal((await change(id, { note: 'ring twice' }, `"${changed.body.version}"`)).body.note, 'ring twice');
    });

    test('not once it is shipped, saying what can be done instead', async () => {
      const { id, version } = await storyOf('in transit');
      const late = await change(id, { note: 'x' }, `"${version}"`);
      assert.deepEqual([late.status, late.body.code], [409, 'not_changeable']);
      assert.deepEqual(late.body.allowed_actions, ['refund']);
    });
  });

  describe('cancels an order', () => {
    const cancel = (id: string, key: string, headers: Record<string, string> = {}) =>
      orders.call('cancelOrder', {
        params: { id },
        body: { reason: 'customer', note: 'changed my mind' },
        key,
        headers,
      });

    test('that waits, once for each key', async () => {
      const { id, version } = await storyOf('unpaid');
      assert.equal((await cancel(id, 'c0', { 'if-match': '"999"' })).status, 412);
      const first = await cancel(id, 'c1', { 'if-match': `"${version}"` });
      assert.deepEqual([first.status, first.body.status, first.body.cancel_reason], [200, 'cancelled', 'customer']);
      const again = await cancel(id, 'c1', { 'if-match': `"${version}"` });
      assert.deepEqual([again.body, again.headers.get('idempotency-replayed')], [first.body, 'true']);
      const { body: events } = await orders.call('listOrderEvents', { params: { id } });
      assert.equal(events.items.filter(({ type }: { type: string }) => type === 'cancelled').length, 1);
    });

    test('but none that left or is over, and says what can be done instead', async () => {
      for (const [story, actions] of [
        ['in transit', ['refund']],
        ['returned', ['reorder']],
        ['cancelled unpaid', ['reorder']],
      ] as const) {
        const { id } = await storyOf(story);
        const answer = await cancel(id, `late-${id}`);
        assert.deepEqual([answer.status, answer.body.code], [409, 'not_cancellable']);
        assert.deepEqual(answer.body.allowed_actions, actions);
      }
    });

    test('and refuses a reason it does not know', async () => {
      const { id } = await storyOf('authorized');
      const answer = await orders.call('cancelOrder', { params: { id }, body: { reason: 'boredom' }, key: 'c9' });
      assert.deepEqual([answer.status, answer.body.errors[0].pointer], [422, '/reason']);
    });
  });

  test('a parcel with a label: the cancellation is accepted now and decided when the warehouse has answered', async () => {
    const { id } = await storyOf('label printed');
    const asked = await orders.call('cancelOrder', { params: { id }, body: { reason: 'customer' }, key: 'w1' });
    assert.deepEqual([asked.status, asked.body.status], [202, 'confirmed']);
    service.clock.advance(5_000);
    service.runDueWork();
    const isCancelled = async (): Promise<boolean> =>
      (await orders.call('getOrder', { params: { id } })).body.status === 'cancelled';
    await waitFor(isCancelled, { what: 'the warehouse to answer' });
  });

  test('every documented answer of the contract was seen and fits it', () => {
    assert.deepEqual(orders.unseen(), []);
  });
});
