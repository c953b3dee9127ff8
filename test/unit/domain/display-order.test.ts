import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greeting, itemCount, orderTitle, totalText } from '../../../src/domain/display-order.ts';
import { orderAfterPayment } from '../../../src/domain/order-after-payment.ts';
import { lineItem, money, order, payment } from '../../support/records.ts';

const english = { language: 'en-GB' };

test('an order is named by its first line and the number of the others', () => {
  const lines = [lineItem(), lineItem({ id: 'b', title: 'Mug' }), lineItem({ id: 'c', title: 'Lamp' })];
  assert.equal(orderTitle(order({ lineItems: lines }), english), 'Wool socks and 2 more');
  assert.equal(orderTitle(order({ lineItems: lines }), { language: 'ja-JP' }), 'Wool socks 他2点');
  assert.equal(orderTitle(order(), english), 'Wool socks');
  assert.equal(orderTitle(order({ lineItems: [] }), english), 'Order F-1');
});

test('pieces are counted, not lines', () => {
  assert.equal(itemCount(order({ lineItems: [lineItem({ quantity: 2 }), lineItem({ quantity: 3 })] })), 5);
  assert.equal(itemCount(order({ lineItems: [] })), 0);
  assert.equal(itemCount(order({ lineItems: null })), null);
});

test('the total has the digits of its currency', () => {
  assert.equal(totalText({ total: money(4_500, 'JPY') }, { language: 'en-US' }), '¥4,500');
});

test('people are greeted by their own clock', () => {
  const at = (time: string, language = 'en-GB', timeZone = 'Europe/London') =>
    greeting('Ava', { language, timeZone, nowMs: Date.parse(`2026-11-21T${time}:00Z`) });
  assert.equal(at('04:00'), 'Good morning, Ava');
  assert.equal(at('12:00'), 'Good afternoon, Ava');
  assert.equal(at('18:00'), 'Good evening, Ava');
  assert.equal(at('03:59'), 'Good evening, Ava');
  assert.equal(at('12:00', 'de-DE', 'America/New_York'), 'Guten Morgen, Ava');
  assert.equal(at('12:00', 'ja-JP', 'Asia/Tokyo'), 'Avaさん、こんばんは');
});

test('an order that was paid a moment ago does not ask to be paid again', () => {
  const unpaid = order({ status: 'OPEN', paymentState: 'UNPAID' });
  const after = (change: Parameters<typeof payment>[0], before = unpaid) =>
    orderAfterPayment(before, payment(change)).paymentState;
  assert.equal(after({}), 'PAID');
  assert.equal(after({ amountCaptured: money(400) }), 'PARTIALLY_PAID');
  assert.equal(after({ amountCaptured: money(600) }, order({ paymentState: 'PARTIALLY_PAID' })), 'PAID');
  assert.equal(after({ status: 'REQUIRES_CAPTURE' }), 'AUTHORIZED');
  assert.equal(after({ status: 'REQUIRES_ACTION' }), 'PENDING');
  assert.equal(after({ status: 'UNKNOWN' }), 'PENDING');
  // A repetition long after: the order service knows more than the payment does.
  assert.equal(after({}, order({ paymentState: 'REFUNDED' })), 'REFUNDED');
  assert.equal(after({ orderId: 'ord_other' }), 'UNPAID');
});
