import assert from 'node:assert/strict';
import { test } from 'node:test';
import { availableActions } from '../../../src/domain/available-actions.ts';
import type { OrderRecord } from '../../../src/domain/records.ts';
import {
  fulfillmentStates,
  type OrderAction,
  orderActions,
  orderStatuses,
  paymentStates,
} from '../../../src/domain/states.ts';

type State = Pick<OrderRecord, 'status' | 'paymentState' | 'fulfillmentState'>;
const owner = { isOwner: true, isStaff: false };
const staff = { isOwner: false, isStaff: true };
const nobody = { isOwner: false, isStaff: false };
const state = (
  status: State['status'],
  paymentState: State['paymentState'],
  fulfillmentState: State['fulfillmentState'],
): State => ({ status, paymentState, fulfillmentState });

const cases: readonly [State, OrderAction[], OrderAction[]][] = [
  [state('OPEN', 'UNPAID', 'UNFULFILLED'), ['CANCEL', 'CHANGE_ADDRESS', 'RETRY_PAYMENT'], ['CANCEL', 'CHANGE_ADDRESS']],
  [state('OPEN', 'FAILED', 'UNFULFILLED'), ['CANCEL', 'CHANGE_ADDRESS', 'RETRY_PAYMENT'], ['CANCEL', 'CHANGE_ADDRESS']],
  [state('OPEN', 'PENDING', 'UNFULFILLED'), ['CANCEL', 'CHANGE_ADDRESS'], ['CANCEL', 'CHANGE_ADDRESS']],
  [
    state('OPEN', 'PARTIALLY_PAID', 'UNFULFILLED'),
    ['CANCEL', 'CHANGE_ADDRESS', 'RETRY_PAYMENT'],
    ['CANCEL', 'REFUND', 'CHANGE_ADDRESS'],
  ],
  [state('CONFIRMED', 'PAID', 'ON_HOLD'), ['CANCEL', 'CHANGE_ADDRESS'], ['CANCEL', 'REFUND', 'CHANGE_ADDRESS']],
  [state('CONFIRMED', 'PAID', 'SHIPPED'), [], ['REFUND']],
  [state('COMPLETED', 'PAID', 'DELIVERED'), ['REORDER'], ['REFUND']],
  [state('COMPLETED', 'PARTIALLY_REFUNDED', 'DELIVERED'), ['REORDER'], ['REFUND']],
  [state('COMPLETED', 'REFUNDED', 'RETURNED'), ['REORDER'], []],
  [state('CANCELLED', 'UNPAID', 'UNFULFILLED'), ['REORDER'], []],
  [state('CANCELLED', 'VOIDED', 'UNFULFILLED'), ['REORDER'], []],
  [state('UNKNOWN', 'UNPAID', 'UNFULFILLED'), [], []],
  [state('OPEN', 'UNKNOWN', 'UNKNOWN'), [], []],
];

for (const [order, forOwner, forStaff] of cases) {
  const name = Object.values(order).join(' ');
  test(`${name}: the customer may ${forOwner.join(', ') || 'do nothing'}; staff ${forStaff.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(availableActions(order, owner), forOwner);
    assert.deepEqual(availableActions(order, staff), forStaff);
  });
}

test('in every state: refunds are for staff, paying for the owner, and the schema says in which order', () => {
  for (const status of orderStatuses)
    for (const paymentState of paymentStates)
      for (const fulfillmentState of fulfillmentStates) {
        const order = { status, paymentState, fulfillmentState };
        assert.ok(!availableActions(order, owner).includes('REFUND'));
        assert.ok(!availableActions(order, staff).includes('RETRY_PAYMENT'));
        const both = availableActions(order, { isOwner: true, isStaff: true });
        assert.deepEqual(
          both,
          orderActions.filter((action) => both.includes(action)),
        );
        assert.ok(availableActions(order, nobody).every((action) => both.includes(action)));
      }
});
