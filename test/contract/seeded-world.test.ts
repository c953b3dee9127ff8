import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { WholeOrder } from '../../demo/services/order-service/order-records.ts';
import { paymentStateOf } from '../../demo/services/order-service/payment-state.ts';
import { seededOrder } from '../../demo/services/order-service/seeded-order.ts';
import { identities } from '../../demo/services/seed/identities.ts';
import { forEachOrder, type OrderPlan } from '../../demo/services/seed/order-plan.ts';
import { type PaymentPlan, planPayments } from '../../demo/services/seed/payment-plan.ts';
import { demoStories, scenarios } from '../../demo/services/seed/scenarios.ts';
import { planUser, userCount } from '../../demo/services/seed/user-plan.ts';
import { errorsOf } from '../../src/generated/index.ts';

const lastDayMs = Date.parse('2026-11-21T00:00:00Z');

const people = Array.from({ length: userCount }, (_, index) => planUser(index, lastDayMs));
const plans: OrderPlan[] = [];
const orders: WholeOrder[] = [];
const money: PaymentPlan[] = [];
forEachOrder(lastDayMs, (plan) => {
  plans.push(plan);
  orders.push(seededOrder(plan));
  money.push(planPayments(plan));
});
const payments = money.flatMap((plan) => plan.payments);
const refunds = money.flatMap((plan) => plan.refunds);

const count = <T>(items: readonly T[], isMeant: (item: T) => boolean): number => items.filter(isMeant).length;

describe('the seeded world', () => {
  test('has 1 000 people and 20 000 orders, every id once', () => {
    assert.deepEqual([people.length, orders.length], [1_000, 20_000]);
    const ids = [
      ...people.flatMap(({ id, addresses }) => [id, ...addresses.map((address) => address.id)]),
      ...orders.flatMap((order) => [
        order.record.id,
        ...order.lineItems.map(({ id }) => id),
        ...order.shipments.map(({ id }) => id),
        ...order.events.map(({ id }) => id),
      ]),
      ...payments.flatMap(({ id, transactions }) => [id, ...transactions.map((transaction) => transaction.id)]),
      ...refunds.map(({ id }) => id),
    ];
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(new Set(people.map(({ email }) => email)).size, 1_000);
  });

  test('is the same on every machine', () => {
    const digest = createHash('sha256')
      .update(JSON.stringify([people, orders, money]))
      .digest('hex');
    // A change of the seed changes it: raise `dataVersion` of the services, then put the new digest here.
    assert.equal(digest, '1fce07ee792fa96a0ea3770d01587a633904fbb5b52d70edfe008274fc676820');
  });

  test('fits the contracts', () => {
    for (const { record, lineItems, shipments } of orders) {
      const order = { ...record, line_items: lineItems, shipments };
      assert.deepEqual(errorsOf('orders', 'Order', order), [], record.id);
    }
    for (const payment of payments) assert.deepEqual(errorsOf('payments', 'Payment', payment), [], payment.id);
    for (const refund of refunds) assert.deepEqual(errorsOf('payments', 'Refund', refund), [], refund.id);
  });

  test('tells every story, in several currencies, with amounts beyond 32 bits', () => {
    for (const { name } of scenarios) {
      assert.ok(count(plans, ({ scenario }) => scenario.name === name) > 20, name);
    }
    for (const currency of ['EUR', 'GBP', 'USD', 'JPY', 'KWD']) {
      assert.ok(count(plans, (plan) => plan.currency === currency) > 500, currency);
    }
    const large = plans.filter(({ total }) => total > 2 ** 31);
    assert.ok(large.length > 50 && large.some(({ customer }) => customer.id === identities.customer.id));
    assert.ok(plans.every(({ total }) => Number.isSafeInteger(total) && total > 0));
  });

  test('gives the demo customer every story and the new customer none', () => {
    const own = plans.filter(({ customer }) => customer.id === identities.customer.id);
    assert.deepEqual(
      own.map(({ scenario }) => scenario.name),
      demoStories,
    );
    assert.deepEqual(
      scenarios.filter(({ name }) => !demoStories.includes(name)),
      [],
    );
    assert.equal(
      count(plans, ({ customer }) => customer.id === identities['new-customer'].id),
      0,
    );
  });

  test('shows of each order the payment state its payments have, but for a few that drift on purpose', () => {
    const drifting = orders.filter(({ record }, index) => {
      const own = money[index]!.payments.map((payment) => ({
        id: payment.id,
        status: payment.status,
        has_failed: payment.last_error !== null,
        amount_captured: payment.amount_captured.amount,
        amount_refunded: payment.amount_refunded.amount,
      }));
      return paymentStateOf(own, record.total.amount) !== record.payment_state;
    });
    assert.ok(drifting.length >= 10 && drifting.length <= 20, String(drifting.length));
    assert.ok(orders.every(({ record }, index) => record.payment_ids.length === money[index]!.payments.length));
  });

  test('never refunds more than was captured, and no transaction contradicts its payment', () => {
    for (const { payments: own, refunds: given } of money) {
      for (const payment of own) {
        const onItsWay = given
          .filter(({ payment_id: id, status }) => id === payment.id && status !== 'failed')
          .reduce((sum, { amount }) => sum + amount.amount, 0);
        assert.equal(payment.amount_refunded.amount, onItsWay, payment.id);
        assert.ok(payment.amount_refunded.amount <= payment.amount_captured.amount, payment.id);
        const captured = payment.transactions
          .filter(({ type, state }) => type === 'capture' && state === 'success')
          .reduce((sum, { amount }) => sum + amount.amount, 0);
        assert.equal(payment.amount_captured.amount, captured, payment.id);
      }
    }
  });

  test('ends on the day it is told: nothing has happened after it', () => {
    const last = new Date(lastDayMs).toISOString();
    assert.deepEqual(
      orders.filter(({ events }) => events.at(-1)!.at > last).map(({ record }) => record.id),
      [],
    );
    const later = lastDayMs + 10 * 86_400_000;
    assert.equal(planUser(5, later).createdAtMs - planUser(5, lastDayMs).createdAtMs, 10 * 86_400_000);
  });
});
