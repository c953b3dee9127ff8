import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RunningService } from '../../demo/services/kit/service.ts';
import { identities } from '../../demo/services/seed/identities.ts';
import {
  type ContractAnswer,
  type ContractClient,
  contractClient,
  demoOrderNumber,
} from '../support/contract-client.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { controlService, startServices, switchFaults } from '../support/reference-services.ts';

const customer = identities.customer.id;

interface Money {
  amount: number;
  currency: string;
}

describe('payment-service', () => {
  const cleanup = suiteCleanup(after);
  let service: RunningService;
  let payments: ContractClient;
  let orders: ContractClient;
  before(async () => {
    const services = await startServices(cleanup);
    service = services.payments;
    payments = contractClient('payments', services.payments.url);
    orders = contractClient('orders', services.orders.url);
  });

  let lastKey = 0;
  const newKey = (): string => `key-${(lastKey += 1)}`;

  const placeOrder = async (): Promise<{ id: string; total: Money }> => {
    const line = { sku: 'MUG-BLU-350', title: 'Blue mug', quantity: 2, unit_price: { amount: 1_000, currency: 'EUR' } };
    const body = { customer_id: customer, currency: 'EUR', line_items: [line] };
    const { body: order } = await orders.call('createOrder', { body, key: newKey() });
    // The payment service hears of a new order a moment later.
    await waitFor(async () => (await pay(order, 'tok_not_there')).body.code === 'payment_source_invalid', {
      what: 'the payment service to know the order',
    });
    return order;
  };
  const pay = (order: { id: string; total: Money }, token: string, more: object = {}, key = newKey()) =>
    payments.call('createPayment', {
      body: {
        order_id: order.id,
        customer_id: customer,
        amount: order.total,
        payment_source: { provider_token: token },
        ...more,
      },
      key,
      role: 'customer',
      userId: customer,
    });
  const refund = (paymentId: string, body: object = {}, key = newKey()): Promise<ContractAnswer> =>
    payments.call('createRefund', {
      params: { id: paymentId },
      body: { reason: 'requested_by_customer', ...body },
      key,
    });
  const orderStates = async (id: string): Promise<string[]> => {
    const { body } = await orders.call('getOrder', { params: { id } });
    return [body.status, body.payment_state];
  };
  const orderBecomes = (id: string, ...states: string[]) =>
    waitFor(async () => (await orderStates(id)).join() === states.join(), {
      what: `order ${id} to become ${states.join()}`,
    });
  const timePasses = (): void => {
    service.clock.advance(5_000);
    service.runDueWork();
  };
  const story = async (name: string): Promise<{ id: string; total: Money; payment_ids: string[] }> => {
    const { body } = await orders.call('searchOrders', { query: { q: demoOrderNumber(name) } });
    return body.items[0];
  };

  test('answers for its health without a credential', async () => {
    assert.equal((await payments.call('getLiveness')).status, 200);
    assert.equal((await payments.call('getReadiness')).status, 200);
    assert.match((await payments.call('getMetrics')).body, /outbox_messages/);
  });

  describe('pays', () => {
    test('at once, and the order follows', async () => {
      const order = await placeOrder();
      const { status, body, headers } = await pay(order, 'tok_visa_ok');
      assert.deepEqual([status, body.status], [201, 'succeeded']);
      assert.deepEqual(body.amount_captured, order.total);
      assert.equal(headers.get('location'), `/v1/payments/${body.id}`);
      assert.equal(headers.get('cache-control'), 'no-store');
      await orderBecomes(order.id, 'confirmed', 'paid');
      const { body: found } = await orders.call('getOrder', { params: { id: order.id }, query: { include: 'events' } });
      assert.deepEqual(found.payment_ids, [body.id]);
      const event = found.events.find(({ ref_id: ref }: { ref_id: string }) => ref === body.id);
      assert.deepEqual([event.type, event.state, event.actor], ['payment', 'succeeded', customer]);
    });

    test('exactly once for 50 calls with one key, and says the same to each', async () => {
      const order = await placeOrder();
      const key = newKey();
      const answers = await Promise.all(Array.from({ length: 50 }, () => pay(order, 'tok_visa_ok', {}, key)));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
      assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1);
      const { body } = await payments.call('listPayments', { query: { order_id: [order.id] } });
      assert.equal(body.data.length, 1);
      const reused = await pay(order, 'tok_mastercard_ok', {}, key);
      assert.deepEqual([reused.status, reused.body.code], [422, 'idempotency_key_reused']);
    });

    test('never without a key', async () => {
      const { id, total } = await placeOrder();
      const body = {
        order_id: id,
        customer_id: customer,
        amount: total,
        payment_source: { provider_token: 'tok_visa_ok' },
      };
      const answer = await payments.call('createPayment', { body });
      assert.deepEqual([answer.status, answer.body.code], [400, 'idempotency_key_missing']);
    });

    test('with a wallet and with what the customer saved', async () => {
      for (const source of [
        { apple_pay_token: 'eyJ2ZXJzaW9uIjoiRUNfdjEifQ' },
        { google_pay_token: 'eyJzaWduYXR1cmUiOiJNRVFDSUgifQ' },
        { saved_method_id: 'pm_demovisa' },
      ]) {
        const { body } = await pay(await placeOrder(), '', { payment_source: source });
        assert.equal(body.status, 'succeeded');
      }
    });

    for (const [token, retryable] of [
      ['tok_declined_insufficient_funds', true],
      ['tok_declined_lost_card', false],
      ['tok_declined_processing_error', true],
    ] as const) {
      test(`and tells of ${token}, the attempt on record`, async () => {
        const order = await placeOrder();
        const key = newKey();
        const { status, body } = await pay(order, token, {}, key);
        assert.deepEqual([status, body.code, body.retryable], [402, 'payment_declined', retryable]);
        assert.equal(body.decline_code, token.replace('tok_declined_', ''));
        const { body: payment } = await payments.call('getPayment', { params: { id: body.payment_id } });
        assert.equal(payment.status, 'requires_payment_method');
        assert.equal(payment.last_error.decline_code, body.decline_code);
        await orderBecomes(order.id, 'open', 'failed');
        const again = await pay(order, token, {}, key);
        assert.deepEqual([again.status, again.headers.get('idempotency-replayed')], [402, 'true']);
        assert.equal((await pay(order, 'tok_visa_ok')).status, 201);
        await orderBecomes(order.id, 'confirmed', 'paid');
      });
    }

    test('after the customer proved who they are, or not when they failed to', async () => {
      for (const [outcome, status, state] of [
        ['succeeded', 'succeeded', 'paid'],
        ['failed', 'requires_payment_method', 'failed'],
      ]) {
        const order = await placeOrder();
        const { body: payment } = await pay(order, 'tok_requires_action');
        assert.equal(payment.status, 'requires_action');
        assert.match(payment.next_action.redirect_url, /^https:/);
        await orderBecomes(order.id, 'open', 'pending');
        await controlService(service, 'POST', `/__challenges/${payment.id}`, { outcome });
        const { body: decided } = await payments.call('getPayment', { params: { id: payment.id } });
        assert.deepEqual([decided.status, decided.next_action], [status, null]);
        await orderBecomes(order.id, state === 'paid' ? 'confirmed' : 'open', state!);
      }
    });

    test('later, when the bank has decided', async () => {
      for (const [token, state] of [
        ['tok_processing', 'paid'],
        ['tok_processing_fails', 'failed'],
      ] as const) {
        const order = await placeOrder();
        assert.equal((await pay(order, token)).body.status, 'processing');
        await orderBecomes(order.id, 'open', 'pending');
        timePasses();
        await orderBecomes(order.id, state === 'paid' ? 'confirmed' : 'open', state);
      }
    });

    test('never twice, while one is under way neither, and never more than is open', async () => {
      const order = await placeOrder();
      const half = { amount: Math.floor(order.total.amount / 2), currency: 'EUR' };
      const tooMuch = { amount: order.total.amount + 1, currency: 'EUR' };
      assert.equal((await pay(order, 'tok_visa_ok', { amount: tooMuch })).body.code, 'amount_mismatch');
      assert.equal((await pay(order, 'tok_visa_ok', { amount: half })).status, 201);
      await orderBecomes(order.id, 'open', 'partially_paid');
      assert.equal((await pay(order, 'tok_visa_ok')).body.code, 'amount_mismatch');
      const rest = { amount: order.total.amount - half.amount, currency: 'EUR' };
      assert.equal((await pay(order, 'tok_processing', { amount: rest })).status, 201);
      const double = await pay(order, 'tok_visa_ok', { amount: rest });
      assert.deepEqual([double.status, double.body.code], [409, 'order_already_paid']);
      timePasses();
      await orderBecomes(order.id, 'confirmed', 'paid');
    });

    test('only for what exists, belongs to the customer and is not cancelled', async () => {
      const order = await placeOrder();
      assert.equal((await pay({ id: 'ord_none', total: order.total }, 'tok_visa_ok')).status, 404);
      const foreign = { customer_id: identities.suspended.id };
      assert.equal((await pay(order, 'tok_visa_ok', foreign)).status, 403);
      const cancelled = await story('cancelled unpaid');
      assert.deepEqual((await pay(cancelled, 'tok_visa_ok')).body.code, 'wrong_state');
    });

    for (const [what, change, code, pointer] of [
      ['another currency', { amount: { amount: 100, currency: 'USD' } }, 'currency_mismatch', '/amount/currency'],
      ['nothing', { amount: { amount: 0, currency: 'EUR' } }, 'validation_failed', '/amount/amount'],
      ['half a cent', { amount: { amount: 0.5, currency: 'EUR' } }, 'validation_failed', '/amount/amount'],
      [
        'two sources',
        { payment_source: { saved_method_id: 'pm_demovisa', provider_token: 'tok_visa_ok' } },
        'validation_failed',
        '/payment_source',
      ],
      ['no source', { payment_source: {} }, 'validation_failed', '/payment_source'],
      [
        "somebody else's card",
        { payment_source: { saved_method_id: 'pm_other' } },
        'payment_source_invalid',
        '/payment_source/saved_method_id',
      ],
      [
        'a card number',
        { payment_source: { card_number: '4242424242424242' } },
        'validation_failed',
        '/payment_source/card_number',
      ],
    ] as const) {
      test(`and refuses ${what}, naming the place`, async () => {
        const { status, body } = await pay(await placeOrder(), 'tok_visa_ok', change);
        assert.deepEqual([status, body.code, body.errors[0].pointer], [422, code, pointer]);
      });
    }
  });

  describe('captures and cancels', () => {
    const verb = (operation: string, id: string, body?: object) =>
      payments.call(operation, { params: { id }, body, key: newKey() });

    test('what was authorized: part of it, and the rest is released', async () => {
      const order = await placeOrder();
      const { body: payment } = await pay(order, 'tok_visa_ok', { capture_method: 'manual' });
      assert.deepEqual([payment.status, payment.amount_capturable], ['requires_capture', order.total]);
      await orderBecomes(order.id, 'confirmed', 'authorized');
      const tooMuch = { amount: { amount: order.total.amount + 1, currency: 'EUR' } };
      assert.equal((await verb('capturePayment', payment.id, tooMuch)).body.code, 'amount_mismatch');
      const part = { amount: { amount: 1_000, currency: 'EUR' } };
      const { status, body } = await verb('capturePayment', payment.id, part);
      assert.deepEqual([status, body.status, body.amount_captured.amount], [200, 'succeeded', 1_000]);
      assert.equal(body.transactions.at(-1).type, 'void');
      await orderBecomes(order.id, 'confirmed', 'partially_paid');
      assert.equal((await verb('capturePayment', payment.id)).body.code, 'wrong_state');
      assert.equal((await verb('cancelPayment', payment.id)).body.code, 'wrong_state');
    });

    test('with 202 when the processor takes its time', async () => {
      const order = await placeOrder();
      const { body: payment } = await pay(order, 'tok_slow_capture', { capture_method: 'manual' });
      const { status, body } = await verb('capturePayment', payment.id);
      assert.deepEqual([status, body.status], [202, 'processing']);
      timePasses();
      await orderBecomes(order.id, 'confirmed', 'paid');
    });

    test('an authorization, a challenge and a payment that was never confirmed', async () => {
      for (const [token, more, state] of [
        ['tok_visa_ok', { capture_method: 'manual' }, 'voided'],
        ['tok_requires_action', {}, 'voided'],
        ['tok_visa_ok', { confirm: false }, 'voided'],
      ] as const) {
        const order = await placeOrder();
        const { body: payment } = await pay(order, token, more);
        const { body } = await verb('cancelPayment', payment.id, { reason: 'abandoned' });
        assert.deepEqual([body.status, body.amount_capturable.amount], ['canceled', 0]);
        const isCancelled = async () => (await orderStates(order.id))[1] === state;
        await waitFor(isCancelled, { what: 'the order to hear of it' });
      }
    });
  });

  describe('refunds', () => {
    const paid = async (): Promise<{ order: { id: string; total: Money }; id: string }> => {
      const order = await placeOrder();
      const { body } = await pay(order, 'tok_visa_ok');
      return { order, id: body.id };
    };

    test('in parts, pending first, settled later, never more than is left', async () => {
      const { order, id } = await paid();
      const part = { amount: { amount: 700, currency: 'EUR' } };
      const first = await refund(id, part);
      assert.deepEqual([first.status, first.body.status], [202, 'pending']);
      const { body: one } = await payments.call('getRefund', { params: { id: first.body.id } });
      assert.deepEqual(one, first.body);
      const left = order.total.amount - 700;
      const tooMuch = await refund(id, { amount: { amount: left + 1, currency: 'EUR' } });
      assert.deepEqual([tooMuch.status, tooMuch.body.code], [422, 'refund_exceeds_balance']);
      assert.deepEqual(tooMuch.body.refundable, { amount: left, currency: 'EUR' });
      timePasses();
      await orderBecomes(order.id, 'confirmed', 'partially_refunded');
      assert.equal((await refund(id)).body.amount.amount, left);
      assert.equal((await refund(id)).body.refundable.amount, 0);
      timePasses();
      await orderBecomes(order.id, 'confirmed', 'refunded');
      const settled = async () => {
        const { body } = await payments.call('listRefunds', { query: { payment_id: [id] } });
        return body.data.every(({ status }: { status: string }) => status === 'succeeded') && body.data.length === 2;
      };
      await waitFor(settled, { what: 'both refunds to settle' });
    });

    for (const [what, prepare, body] of [
      [
        'by the switchable fault',
        () => switchFaults(service, [{ fault: 'refund-fails', operation: 'createRefund' }]),
        {},
      ],
      ['by its metadata', async () => {}, { metadata: { simulate: 'failure' } }],
    ] as const) {
      test(`that fails after a while ${what} counts no longer`, async () => {
        const { order, id } = await paid();
        await prepare();
        const { status, body: pending } = await refund(id, body);
        await switchFaults(service, []);
        assert.deepEqual([status, pending.status], [202, 'pending']);
        await orderBecomes(order.id, 'confirmed', 'refunded');
        timePasses();
        await orderBecomes(order.id, 'confirmed', 'paid');
        const { body: failed } = await payments.call('getRefund', { params: { id: pending.id } });
        assert.deepEqual([failed.status, failed.failure_reason], ['failed', 'closed_account']);
        const { body: payment } = await payments.call('getPayment', { params: { id }, query: { expand: 'refunds' } });
        assert.deepEqual([payment.amount_refunded.amount, payment.refunds.length], [0, 1]);
        assert.equal(payment.transactions.at(-1).state, 'failure');
      });
    }

    test('to a gift card at once', async () => {
      const order = await placeOrder();
      const { body: payment } = await pay(order, 'tok_gift_card');
      const { status, body } = await refund(payment.id);
      assert.deepEqual([status, body.status], [201, 'succeeded']);
    });

    test('once for each key, however many call', async () => {
      const { id } = await paid();
      const key = newKey();
      const answers = await Promise.all(Array.from({ length: 10 }, () => refund(id, {}, key)));
      assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
      const { body } = await payments.call('listRefunds', { query: { payment_id: [id] } });
      assert.equal(body.data.length, 1);
    });

    test('nothing that was not captured, nothing without a reason', async () => {
      const { body: payment } = await pay(await placeOrder(), 'tok_requires_action');
      assert.deepEqual((await refund(payment.id)).body.code, 'wrong_state');
      assert.equal((await refund(payment.id, { reason: 'whim' })).status, 422);
      assert.equal((await refund('pay_none')).status, 404);
    });

    test('what was paid when the order is cancelled, and releases what was only authorized', async () => {
      const { order } = await paid();
      await orderBecomes(order.id, 'confirmed', 'paid');
      await orders.call('cancelOrder', { params: { id: order.id }, body: { reason: 'customer' }, key: newKey() });
      await orderBecomes(order.id, 'cancelled', 'refunded');
      const authorized = await placeOrder();
      await pay(authorized, 'tok_visa_ok', { capture_method: 'manual' });
      await orderBecomes(authorized.id, 'confirmed', 'authorized');
      await orders.call('cancelOrder', { params: { id: authorized.id }, body: { reason: 'customer' }, key: newKey() });
      await orderBecomes(authorized.id, 'cancelled', 'voided');
    });
  });

  describe('lists', () => {
    test('payments of many orders at once, with their refunds when asked, newest first', async () => {
      const { body: page } = await orders.call('listOrders', { query: { customer_id: customer, limit: 100 } });
      const ids = page.items.map(({ id }: { id: string }) => id);
      const { body, headers } = await payments.call('listPayments', {
        query: { order_id: ids, expand: 'refunds', limit: 1000 },
      });
      assert.equal(headers.get('cache-control'), 'private, max-age=5');
      assert.ok(body.data.length > 60 && body.data.every(({ order_id: id }: { order_id: string }) => ids.includes(id)));
      assert.ok(body.data.some(({ refunds }: { refunds: unknown[] }) => refunds.length > 0));
      const times = body.data.map(({ created_at: at }: { created_at: string }) => at);
      assert.deepEqual(times, times.toSorted().toReversed());
    });

    test('page by page by the id of an item, forth and back', async () => {
      const query = { customer_id: customer, limit: 25 };
      const forth: string[] = [];
      let hasMore = true;
      while (hasMore) {
        const last = forth.at(-1);
        const { body } = await payments.call('listPayments', {
          query: { ...query, ...(last && { starting_after: last }) },
        });
        forth.push(...body.data.map(({ id }: { id: string }) => id));
        hasMore = body.has_more;
      }
      assert.equal(new Set(forth).size, forth.length);
      const back: string[] = [forth.at(-1)!];
      hasMore = true;
      while (hasMore) {
        const { body } = await payments.call('listPayments', { query: { ...query, ending_before: back[0]! } });
        back.unshift(...body.data.map(({ id }: { id: string }) => id));
        hasMore = body.has_more;
      }
      assert.deepEqual(back, forth);
      const both = { ...query, starting_after: forth[0]!, ending_before: forth.at(-1)! };
      assert.equal((await payments.call('listPayments', { query: both })).status, 400);
      assert.equal(
        (await payments.call('listPayments', { query: { ...query, starting_after: 'pay_none' } })).status,
        400,
      );
    });

    test('of a customer only their own, and never all', async () => {
      const { id } = await story('packing');
      const own = await payments.call('listPayments', {
        query: { order_id: [id] },
        role: 'customer',
        userId: customer,
      });
      assert.equal(own.body.data.length, 1);
      const userId = identities.suspended.id;
      const foreign = await payments.call('listPayments', { query: { order_id: [id] }, role: 'customer', userId });
      assert.deepEqual(foreign.body, { data: [], has_more: false });
      assert.equal((await payments.call('listPayments')).status, 400);
      assert.equal((await payments.call('listPayments', { query: { status: 'succeeded' } })).status, 400);
      const many = Array.from({ length: 101 }, (_, index) => `ord_${index}`);
      assert.equal((await payments.call('listPayments', { query: { order_id: many } })).status, 400);
    });

    test('by status', async () => {
      const status = ['requires_action', 'processing'];
      const { body } = await payments.call('listPayments', { query: { customer_id: customer, status } });
      assert.ok(body.data.length >= 2);
      assert.ok(body.data.every((payment: { status: string }) => status.includes(payment.status)));
    });

    test('disputes of payments, to support and to their customer', async () => {
      const { payment_ids: ids } = await story('disputed');
      const { body } = await payments.call('listDisputes', { query: { payment_id: ids } });
      assert.deepEqual([body.data[0].status, body.data[0].customer_id], ['needs_response', customer]);
      const userId = identities.suspended.id;
      const foreign = await payments.call('listDisputes', { query: { payment_id: ids }, role: 'customer', userId });
      assert.deepEqual(foreign.body.data, []);
      assert.equal((await payments.call('listDisputes')).status, 400);
      assert.equal((await payments.call('listRefunds')).status, 400);
    });

    test('saved methods, the default first, none of them with a card number', async () => {
      const { body } = await payments.call('listPaymentMethods', { params: { id: customer } });
      assert.deepEqual([body.data[0].id, body.data[0].is_default, body.data.length], ['pm_demovisa', true, 5]);
      assert.doesNotMatch(JSON.stringify(body), /\d{12,}/);
      const first = await payments.call('listPaymentMethods', { params: { id: customer }, query: { limit: 2 } });
      const following = { limit: 10, starting_after: first.body.data[1].id };
      const rest = await payments.call('listPaymentMethods', { params: { id: customer }, query: following });
      assert.deepEqual([...first.body.data, ...rest.body.data], body.data);
      assert.deepEqual([first.body.has_more, rest.body.has_more], [true, false]);
      const preceding = { limit: 1, ending_before: body.data[2].id };
      const middle = await payments.call('listPaymentMethods', { params: { id: customer }, query: preceding });
      assert.deepEqual([middle.body.data[0].id, middle.body.has_more], [body.data[1].id, true]);
      const nobody = await payments.call('listPaymentMethods', { params: { id: 'usr_nobody' } });
      assert.deepEqual(nobody.body, { data: [], has_more: false });
    });

    test('no method that was deleted; the next one becomes the default', async () => {
      const params = { id: customer, pmId: 'pm_demovisa' };
      assert.equal((await payments.call('deletePaymentMethod', { params })).status, 204);
      assert.equal((await payments.call('deletePaymentMethod', { params })).status, 204);
      const { body } = await payments.call('listPaymentMethods', { params: { id: customer } });
      assert.deepEqual([body.data[0].id, body.data[0].is_default, body.data.length], ['pm_demoapplepay', true, 4]);
    });
  });

  test('every documented answer of the contract was seen and fits it', () => {
    assert.deepEqual(payments.unseen(), []);
  });
});
