import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderEventRecord, PaymentRecord, TransactionRecord } from '../../../src/domain/records.ts';
import type { PaymentStatus, TransactionState, TransactionType } from '../../../src/domain/states.ts';
import { mergeTimeline, paymentStatusAfter } from '../../../src/domain/timeline.ts';
import type { TimelineEntry } from '../../../src/domain/timeline-entry.ts';
import { randomNumbers } from '../../support/random-numbers.ts';
import { money, order, payment, refund, shipment } from '../../support/records.ts';

const event = (change: Partial<OrderEventRecord> & Pick<OrderEventRecord, 'id' | 'type' | 'at'>): OrderEventRecord => ({
  actor: 'system',
  refId: null,
  state: null,
  ...change,
});
const transaction = (
  id: string,
  type: TransactionType,
  state: TransactionState,
  at: string,
  amountMinor = 1_000,
): TransactionRecord => ({ id, type, state, at, amount: money(amountMinor) });
const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T10:00:00Z`;
const ids = (entries: readonly TimelineEntry[]): string[] => entries.map(({ id }) => id);

const becomes: readonly [TransactionType, TransactionState, PaymentStatus][] = [
  ['AUTHORIZATION', 'SUCCESS', 'REQUIRES_CAPTURE'],
  ['CAPTURE', 'SUCCESS', 'SUCCEEDED'],
  ['VOID', 'SUCCESS', 'CANCELLED'],
  ['AUTHORIZATION', 'PENDING', 'PROCESSING'],
  ['CAPTURE', 'PENDING', 'PROCESSING'],
  ['AUTHORIZATION', 'FAILURE', 'REQUIRES_PAYMENT_METHOD'],
  ['CAPTURE', 'FAILURE', 'REQUIRES_PAYMENT_METHOD'],
  ['CHARGEBACK', 'SUCCESS', 'UNKNOWN'],
  ['UNKNOWN', 'SUCCESS', 'UNKNOWN'],
  ['CAPTURE', 'UNKNOWN', 'UNKNOWN'],
];
for (const [type, state, status] of becomes)
  test(`a ${type} with ${state} makes a payment ${status}`, () => {
    assert.equal(paymentStatusAfter({ type, state }), status);
  });

test('what both services tell is shown once: the owner’s record, with the doer whom the other one knows', () => {
  const paid = payment({ transactions: [transaction('txn_1', 'CAPTURE', 'SUCCESS', day(2))] });
  const told = order({
    events: [
      event({ id: 'evt_1', type: 'placed', at: day(1), actor: 'usr_1' }),
      event({ id: 'evt_2', type: 'payment', at: day(2), refId: 'pay_1', state: 'succeeded', actor: 'usr_9' }),
    ],
  });
  assert.deepEqual(mergeTimeline(told, [paid]), [
    { type: 'placed', id: 'evt_1', at: day(1), actor: 'customer' },
    { type: 'payment', id: 'txn_1', at: day(2), actor: 'staff', payment: paid, status: 'SUCCEEDED' },
  ]);
});

test('a refund’s states are two happenings, and its transaction finds it by its amount', () => {
  const refunds = [refund({ id: 'ref_1', amount: money(300) }), refund({ id: 'ref_2', amount: money(200) })];
  const paid = payment({
    refunds,
    transactions: [
      transaction('txn_2', 'REFUND', 'FAILURE', day(4), 200),
      transaction('txn_3', 'REFUND', 'SUCCESS', day(5), 300),
      transaction('txn_4', 'REFUND', 'PENDING', day(6), 77),
    ],
  });
  const told = order({
    events: [event({ id: 'evt_1', type: 'refund', at: day(3), refId: 'ref_1', state: 'pending' })],
  });
  const entries = mergeTimeline(told, [paid]).map((entry) =>
    entry.type === 'refund' ? [entry.id, entry.refund?.id, entry.status] : [],
  );
  assert.deepEqual(entries, [
    ['evt_1', 'ref_1', 'PENDING'],
    ['txn_2', 'ref_2', 'FAILED'],
    ['txn_3', 'ref_1', 'SUCCEEDED'],
    ['txn_4', undefined, 'PENDING'],
  ]);
});

test('a parcel’s own dates fill in for events that are missing, and don’t repeat those that are there', () => {
  const parcel = shipment({ shippedAt: day(2), deliveredAt: day(3) });
  const told = order({
    shipments: [parcel],
    events: [event({ id: 'evt_1', type: 'shipment', at: day(2), refId: 'shp_1', state: 'in_transit' })],
  });
  assert.deepEqual(ids(mergeTimeline(told, [])), ['evt_1', 'shp_1:DELIVERED']);
});

test('without payments the order’s own events tell what they know, and each says why the record is not there', () => {
  const failure = new Error('payments are away');
  const told = order({
    events: [
      event({ id: 'evt_1', type: 'payment', at: day(1), refId: 'pay_1', state: 'canceled' }),
      event({ id: 'evt_2', type: 'refund', at: day(2), refId: 'ref_1', state: 'some_new_state' }),
    ],
  });
  assert.deepEqual(mergeTimeline(told, [], failure), [
    { type: 'payment', id: 'evt_1', at: day(1), actor: 'system', payment: null, failure, status: 'CANCELLED' },
    { type: 'refund', id: 'evt_2', at: day(2), actor: 'system', refund: null, failure, status: 'UNKNOWN' },
  ]);
});

test('a kind of event that we do not know is left out', () => {
  const told = order({ events: [event({ id: 'evt_1', type: 'gift_wrapped', at: day(1) })] });
  assert.deepEqual(mergeTimeline(told, []), []);
});

test('events of a version that did not say states are all shown', () => {
  const told = order({
    events: [1, 2, 3].map((number) => event({ id: `evt_${number}`, type: 'payment', at: day(number), refId: 'pay_1' })),
  });
  assert.deepEqual(ids(mergeTimeline(told, [])), ['evt_1', 'evt_2', 'evt_3']);
});

test('however the sources are shuffled, the timeline is the same, in order and without doubles', () => {
  const random = randomNumbers(20_261_121);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  for (let round = 0; round < 200; round++) {
    const times = Array.from({ length: 4 }, () => day(1 + Math.floor(random() * 9)));
    const payments = ['pay_1', 'pay_2'].map((id): PaymentRecord =>
      payment({
        id,
        transactions: Array.from({ length: Math.floor(random() * 4) }, (_, index) =>
          transaction(
            `txn_${id}_${index}`,
            pick(['AUTHORIZATION', 'CAPTURE', 'VOID']),
            pick(['SUCCESS', 'PENDING']),
            pick(times),
          ),
        ),
      }),
    );
    const events = Array.from({ length: Math.floor(random() * 8) }, (_, index) =>
      event({
        id: `evt_${index}`,
        type: pick(['placed', 'payment', 'confirmed']),
        at: pick(times),
        refId: pick(['pay_1', 'pay_2']),
        state: pick(['succeeded', 'processing', 'canceled']),
      }),
    );
    const entries = mergeTimeline(order({ events }), payments);
    const again = mergeTimeline(order({ events }), shuffled(payments));
    assert.deepEqual(again, entries);
    const instants = entries.map(({ at }) => Date.parse(at));
    assert.deepEqual(
      instants,
      instants.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(ids(entries)).size, entries.length);
    const happenings = entries.map((entry) =>
      entry.type === 'payment' ? `${entry.payment?.id} ${entry.status}` : `${entry.type}`,
    );
    assert.equal(new Set(happenings).size, happenings.length);
  }
});
