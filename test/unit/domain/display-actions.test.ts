import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsOf } from '../../../src/domain/display-actions.ts';
import { fulfillmentStates, orderStatuses, paymentStates } from '../../../src/domain/states.ts';
import { order } from '../../support/records.ts';

const english = { language: 'en-GB' };
const buttons = (change: Parameters<typeof order>[0]) =>
  actionsOf(order(change), english).map(({ kind, enabled }) => (enabled ? kind : `(${kind})`));

test('an order offers what its customer may do now; what may not be done yet or any more is greyed out', () => {
  assert.deepEqual(buttons({ status: 'OPEN', paymentState: 'UNPAID' }), ['PAY', 'CANCEL']);
  assert.deepEqual(buttons({ status: 'OPEN', paymentState: 'PARTIALLY_PAID' }), ['PAY', 'CANCEL']);
  assert.deepEqual(buttons({ status: 'OPEN', paymentState: 'PENDING' }), ['(PAY)', 'CANCEL']);
  assert.deepEqual(buttons({ fulfillmentState: 'UNFULFILLED' }), ['CANCEL']);
  assert.deepEqual(buttons({ fulfillmentState: 'FULFILLED' }), ['(CANCEL)']);
  assert.deepEqual(buttons({ fulfillmentState: 'SHIPPED' }), ['TRACK', '(CANCEL)']);
  assert.deepEqual(buttons({ status: 'COMPLETED', fulfillmentState: 'DELIVERED' }), ['REORDER']);
  assert.deepEqual(buttons({ status: 'CANCELLED', paymentState: 'UNPAID' }), ['REORDER']);
});

test('no state, known or not, leads to a button that a build cannot draw', () => {
  for (const status of orderStatuses)
    for (const paymentState of paymentStates)
      for (const fulfillmentState of fulfillmentStates)
        for (const { kind, label, deepLink } of actionsOf(order({ status, paymentState, fulfillmentState }), english)) {
          assert.match(kind, /^(PAY|TRACK|CANCEL|REORDER)$/);
          assert.notEqual(label, '');
          assert.equal(new URL(deepLink).protocol, 'facet:');
        }
  assert.deepEqual(buttons({ status: 'UNKNOWN', paymentState: 'UNKNOWN', fulfillmentState: 'UNKNOWN' }), []);
});

test('a button leads to a screen of the app, in the words of its reader', () => {
  assert.deepEqual(actionsOf(order({ id: 'ord_9', fulfillmentState: 'SHIPPED' }), { language: 'de-DE' })[0], {
    kind: 'TRACK',
    label: 'Sendung verfolgen',
    deepLink: 'facet://orders/ord_9/track',
    enabled: true,
  });
});
