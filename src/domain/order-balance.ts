import { type Amount, sumIn } from './amount.ts';
import type { MoneyRecord, OrderRecord, PaymentRecord } from './records.ts';
import type { PaymentStatus } from './states.ts';

/** What was taken for an order, refunds not taken off. Undefined: a payment is in another currency than its order. */
export function paidOf({ currency }: Pick<OrderRecord, 'currency'>, payments: readonly PaymentRecord[]) {
  return sumIn(
    currency,
    payments.map(({ amountCaptured }) => amountCaptured),
  );
}

/** What was given back of an order, or is on its way: a refund counts from the start. */
export function refundedOf({ currency }: Pick<OrderRecord, 'currency'>, payments: readonly PaymentRecord[]) {
  return sumIn(
    currency,
    payments.map(({ amountRefunded }) => amountRefunded),
  );
}

/** What a refund of this payment would still accept. */
export function refundableOfPayment({ amountCaptured, amountRefunded }: PaymentRecord): MoneyRecord {
  const amountMinor = Math.max(0, amountCaptured.amountMinor - amountRefunded.amountMinor);
  return { amountMinor, currency: amountCaptured.currency };
}

/** What refunds would still accept over all payments of an order. */
export function refundableOf({ currency }: Pick<OrderRecord, 'currency'>, payments: readonly PaymentRecord[]) {
  return sumIn(currency, payments.map(refundableOfPayment));
}

const mayStillPay: ReadonlySet<PaymentStatus> = new Set([
  'PROCESSING',
  'REQUIRES_CAPTURE',
  'REQUIRES_CONFIRMATION',
  'UNKNOWN',
]);

/**
 * What is still open of an order: its total less what was taken and what is under way. Whoever must act at their bank may pay otherwise
 * instead, so that payment doesn't count; one in a state we don't know does, lest money be taken twice. Never negative.
 */
export function outstandingOf(order: Pick<OrderRecord, 'total'>, payments: readonly PaymentRecord[]): Amount {
  const engaged = payments.reduce((sum, { status, amount, amountCaptured }) => {
    if (status === 'SUCCEEDED') return sum + BigInt(amountCaptured.amountMinor);
    return mayStillPay.has(status) ? sum + BigInt(amount.amountMinor) : sum;
  }, 0n);
  const open = BigInt(order.total.amountMinor) - engaged;
  return { amountMinor: open > 0n ? open : 0n, currency: order.total.currency };
}
