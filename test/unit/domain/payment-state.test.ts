import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derivedPaymentState } from '../../../src/domain/payment-state.ts';
import type { PaymentRecord } from '../../../src/domain/records.ts';
import type { PaymentState } from '../../../src/domain/states.ts';
import { money, order, payment } from '../../support/records.ts';

const none = { amountCaptured: money(0) };
const failed = payment({
  ...none,
  status: 'REQUIRES_PAYMENT_METHOD',
  failure: { code: 'payment_declined', declineCode: 'do_not_honor', message: 'no', retryable: true },
});
const started = payment({ ...none, status: 'REQUIRES_PAYMENT_METHOD' });
const reserved = payment({ ...none, status: 'REQUIRES_CAPTURE' });
const underWay = payment({ ...none, status: 'PROCESSING' });
const waiting = payment({ ...none, status: 'REQUIRES_ACTION' });
const voided = payment({ ...none, status: 'CANCELLED' });
const strange = payment({ ...none, status: 'UNKNOWN' });
const whole = payment();
const half = payment({ amountCaptured: money(500) });
const back = (amountMinor: number): PaymentRecord => payment({ amountRefunded: money(amountMinor) });

const cases: readonly [string, readonly PaymentRecord[], PaymentState][] = [
  ['no payment', [], 'UNPAID'],
  ['one that was never confirmed', [started], 'UNPAID'],
  ['a declined one', [failed], 'FAILED'],
  ['a declined one and one under way', [failed, underWay], 'PENDING'],
  ['one that waits for the payer', [waiting], 'PENDING'],
  ['a reserved one beside one under way', [underWay, reserved], 'AUTHORIZED'],
  ['one let go', [voided], 'VOIDED'],
  ['one let go after a decline', [failed, voided], 'FAILED'],
  ['one in a state that we do not know', [strange], 'UNKNOWN'],
  ['one in a state that we do not know beside taken money', [strange, whole], 'PAID'],
  ['half of it taken', [half], 'PARTIALLY_PAID'],
  ['two halves', [half, half], 'PAID'],
  ['taken at the second try', [failed, whole], 'PAID'],
  ['some given back', [back(1)], 'PARTIALLY_REFUNDED'],
  ['all given back', [back(1_000)], 'REFUNDED'],
  [
    'half taken, all of that given back',
    [payment({ amountCaptured: money(500), amountRefunded: money(500) })],
    'REFUNDED',
  ],
];

for (const [name, payments, state] of cases) {
  test(`an order with ${name} is ${state}, in whatever order its payments come`, () => {
    assert.equal(derivedPaymentState(order(), payments), state);
    assert.equal(derivedPaymentState(order(), payments.toReversed()), state);
  });
}
