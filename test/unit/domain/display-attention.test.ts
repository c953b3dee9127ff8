import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attentionItems } from '../../../src/domain/display-attention.ts';
import type { Audience } from '../../../src/domain/display-time.ts';
import type { OrderRecord, PaymentRecord } from '../../../src/domain/records.ts';
import { money, order, payment, refund, shipment } from '../../support/records.ts';

const london: Audience = {
  language: 'en-GB',
  timeZone: 'Europe/London',
  nowMs: Date.parse('2026-11-21T12:00:00Z'),
};
const items = (orders: OrderRecord[], payments: PaymentRecord[] = [], audience = london) =>
  attentionItems(orders, () => payments, audience);

test('a payment that waits for the bank is named by the payment, so that a second one is news', () => {
  const waiting = payment({ id: 'pay_9', status: 'REQUIRES_ACTION', amountCaptured: money(0) });
  assert.deepEqual(items([order({ status: 'OPEN', paymentState: 'PENDING' })], [waiting]), [
    {
      id: 'PAYMENT_ACTION_REQUIRED:pay_9',
      kind: 'PAYMENT_ACTION_REQUIRED',
      title: 'Confirm your payment',
      body: 'Your bank wants to hear from you about order F-1.',
      deepLink: 'facet://orders/ord_1/pay',
      severity: 'CRITICAL',
    },
  ]);
});

test('a refund that failed says how much it was, in the language of the sentence', () => {
  const failed = payment({ refunds: [refund({ status: 'FAILED' }), refund({ id: 'ref_2' })] });
  const [item, ...others] = items([order({ status: 'COMPLETED' })], [failed]);
  assert.deepEqual([item?.id, item?.severity, others.length], ['REFUND_FAILED:ref_1', 'WARNING', 0]);
  assert.match(item?.body ?? '', /€3\.00/);
  const [dutch] = items([order()], [failed], { ...london, language: 'nl-NL' });
  assert.match(dutch?.body ?? '', /€3\.00/);
});

test('the most severe comes first, whatever the order of the list', () => {
  const delayed = order({ id: 'ord_1', fulfillmentState: 'SHIPPED', shipments: [shipment({ state: 'EXCEPTION' })] });
  const failed = order({ id: 'ord_2', status: 'OPEN', paymentState: 'FAILED' });
  assert.deepEqual(
    items([delayed, failed]).map(({ id }) => id),
    ['PAYMENT_FAILED:ord_2', 'DELIVERY_DELAYED:shp_1'],
  );
});

test('what is over needs nobody', () => {
  const late = [shipment({ state: 'EXCEPTION' })];
  assert.deepEqual(items([order({ status: 'CANCELLED', paymentState: 'FAILED', shipments: late })]), []);
  assert.deepEqual(items([order({ status: 'COMPLETED', shipments: late })]), []);
  const waiting = payment({ status: 'REQUIRES_ACTION' });
  assert.deepEqual(items([order({ status: 'CANCELLED', paymentState: 'PENDING' })], [waiting]), []);
  // Another payment has succeeded since.
  assert.deepEqual(items([order({ paymentState: 'PAID' })], [waiting]), []);
});

test('states that nobody here knows make no noise', () => {
  const strange = payment({ status: 'UNKNOWN', refunds: [refund({ status: 'UNKNOWN' })] });
  const odd = order({ status: 'UNKNOWN', paymentState: 'UNKNOWN', shipments: [shipment({ state: 'UNKNOWN' })] });
  assert.deepEqual(items([odd], [strange]), []);
});
