import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  outstandingOf,
  paidOf,
  refundableOf,
  refundableOfPayment,
  refundedOf,
} from '../../../src/domain/order-balance.ts';
import type { PaymentRecord } from '../../../src/domain/records.ts';
import { type PaymentStatus, paymentStatuses } from '../../../src/domain/states.ts';
import { randomNumbers } from '../../support/random-numbers.ts';
import { money, order, payment } from '../../support/records.ts';

test('sums stay exact beyond what a number can hold', () => {
  const most = payment({ amountCaptured: money(Number.MAX_SAFE_INTEGER) });
  assert.equal(paidOf(order(), [most, most, most])?.amountMinor, 3n * BigInt(Number.MAX_SAFE_INTEGER));
});

test('an amount in another currency than the order has no sum', () => {
  const foreign = payment({ amountCaptured: money(1, 'JPY'), amountRefunded: money(0, 'JPY') });
  for (const sum of [paidOf, refundedOf, refundableOf]) assert.equal(sum(order(), [payment(), foreign]), undefined);
});

test('no payments sum up to nothing in the order currency', () => {
  for (const sum of [paidOf, refundedOf, refundableOf])
    assert.deepEqual(sum(order(), []), { amountMinor: 0n, currency: 'EUR' });
});

test('more given back than was taken leaves nothing to refund, never less', () => {
  assert.deepEqual(refundableOfPayment(payment({ amountRefunded: money(1_001) })), money(0));
});

const engaged: Readonly<Record<PaymentStatus, bigint>> = {
  REQUIRES_PAYMENT_METHOD: 0n,
  REQUIRES_CONFIRMATION: 1_000n,
  REQUIRES_ACTION: 0n,
  PROCESSING: 1_000n,
  REQUIRES_CAPTURE: 1_000n,
  SUCCEEDED: 1_000n,
  CANCELLED: 0n,
  UNKNOWN: 1_000n,
};
for (const [status, taken] of Object.entries(engaged)) {
  test(`a payment that is ${status} leaves ${1_500n - taken} of 1500 open`, () => {
    const open = outstandingOf(order({ total: money(1_500) }), [payment({ status: status as PaymentStatus })]);
    assert.deepEqual(open, { amountMinor: 1_500n - taken, currency: 'EUR' });
  });
}

test('whatever the payments, what is open is neither negative nor more than the total, and refunds never reopen it', () => {
  const random = randomNumbers(4711);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let round = 0; round < 500; round++) {
    const total = Math.floor(random() * 1e15);
    const payments = Array.from({ length: Math.floor(random() * 5) }, (): PaymentRecord => {
      const amount = Math.floor(random() * 1e15);
      const captured = Math.floor(random() * amount);
      return payment({ status: pick(paymentStatuses), amount: money(amount), amountCaptured: money(captured) });
    });
    const { amountMinor } = outstandingOf(order({ total: money(total) }), payments);
    assert.ok(amountMinor >= 0n && amountMinor <= BigInt(total));
    const refunded = payments.map((one) => payment(Object.assign({}, one, { amountRefunded: one.amountCaptured })));
    assert.equal(outstandingOf(order({ total: money(total) }), refunded).amountMinor, amountMinor);
  }
});
