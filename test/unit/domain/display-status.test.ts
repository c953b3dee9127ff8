import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusLabel, statusText, statusTone, type Tone } from '../../../src/domain/display-status.ts';
import type { OrderRecord } from '../../../src/domain/records.ts';
import { fulfillmentStates, orderStatuses, paymentStates } from '../../../src/domain/states.ts';

const english = { language: 'en-GB' };
const tones: ReadonlySet<Tone> = new Set(['NEUTRAL', 'PROGRESS', 'SUCCESS', 'WARNING', 'ERROR']);

type Axes = [OrderRecord['status'], OrderRecord['paymentState'], OrderRecord['fulfillmentState']];
const axes = ([status, paymentState, fulfillmentState]: Axes) => ({ status, paymentState, fulfillmentState });

const table: readonly (readonly [Axes, string, Tone])[] = [
  [['OPEN', 'UNPAID', 'UNFULFILLED'], 'Waiting for payment', 'WARNING'],
  [['OPEN', 'FAILED', 'UNFULFILLED'], 'Payment failed', 'ERROR'],
  [['OPEN', 'PENDING', 'UNFULFILLED'], 'Payment under way', 'PROGRESS'],
  [['OPEN', 'PARTIALLY_PAID', 'UNFULFILLED'], 'Partly paid', 'WARNING'],
  [['OPEN', 'PAID', 'UNFULFILLED'], 'Order placed', 'PROGRESS'],
  [['CONFIRMED', 'PAID', 'UNFULFILLED'], 'Being prepared', 'PROGRESS'],
  [['CONFIRMED', 'AUTHORIZED', 'UNFULFILLED'], 'Being prepared', 'PROGRESS'],
  [['CONFIRMED', 'PAID', 'ON_HOLD'], 'On hold', 'WARNING'],
  [['CONFIRMED', 'PAID', 'FULFILLED'], 'Packed', 'PROGRESS'],
  [['CONFIRMED', 'PAID', 'PARTIALLY_FULFILLED'], 'Partly sent', 'PROGRESS'],
  [['CONFIRMED', 'PAID', 'SHIPPED'], 'On its way', 'PROGRESS'],
  [['COMPLETED', 'PAID', 'DELIVERED'], 'Delivered', 'SUCCESS'],
  [['COMPLETED', 'PARTIALLY_REFUNDED', 'DELIVERED'], 'Delivered', 'SUCCESS'],
  [['COMPLETED', 'REFUNDED', 'DELIVERED'], 'Refunded', 'NEUTRAL'],
  [['COMPLETED', 'REFUNDED', 'RETURNED'], 'Returned', 'NEUTRAL'],
  // Whatever became of the payment of what was delivered, nobody waits for it any more.
  [['COMPLETED', 'FAILED', 'DELIVERED'], 'Delivered', 'SUCCESS'],
  [['CANCELLED', 'UNPAID', 'UNFULFILLED'], 'Cancelled', 'NEUTRAL'],
  [['CANCELLED', 'FAILED', 'UNFULFILLED'], 'Cancelled', 'NEUTRAL'],
  [['CANCELLED', 'REFUNDED', 'UNFULFILLED'], 'Cancelled and refunded', 'NEUTRAL'],
];

test('the three axes of an order become one text and one tone', () => {
  for (const [states, text, tone] of table)
    assert.deepEqual([statusText(axes(states), english), statusTone(axes(states))], [text, tone], states.join(' '));
});

test('every combination has a text, and a tone of the closed set that old builds draw', () => {
  for (const status of orderStatuses)
    for (const payment of paymentStates)
      for (const fulfillment of fulfillmentStates) {
        const order = axes([status, payment, fulfillment]);
        assert.ok(tones.has(statusTone(order)));
        assert.match(statusText(order, english), /^[A-Z][a-z ]+$/);
        if ([status, payment, fulfillment].includes('UNKNOWN')) assert.equal(statusTone(order), 'NEUTRAL');
      }
});

test('what a service invents leaves what is known in the text', () => {
  assert.equal(statusText(axes(['COMPLETED', 'UNKNOWN', 'DELIVERED']), english), 'Delivered');
  assert.equal(statusText(axes(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']), english), 'Order placed');
});

test('the label of old builds speaks of the status alone', () => {
  assert.equal(statusLabel({ status: 'CONFIRMED' }, { language: 'fr' }), 'Confirmée');
  assert.equal(statusLabel({ status: 'UNKNOWN' }, english), 'Order placed');
});
