import { sumMinor } from './display-money.ts';
import type { OrderRecord, PaymentRecord } from './records.ts';
import type { PaymentState, PaymentStatus } from './states.ts';

const underWay: ReadonlySet<PaymentStatus> = new Set(['PROCESSING', 'REQUIRES_ACTION', 'REQUIRES_CONFIRMATION']);

/**
 * How far an order is paid, worked out from its payments: money that was taken decides first, then money that is reserved, then what is
 * under way, and only then what came to nothing. Shown is always the order record's own `paymentState`; this one tells when the two
 * services disagree.
 */
export function derivedPaymentState(
  { total }: Pick<OrderRecord, 'total'>,
  payments: readonly PaymentRecord[],
): PaymentState {
  const captured = sumMinor(payments.map(({ amountCaptured }) => amountCaptured));
  const refunded = sumMinor(payments.map(({ amountRefunded }) => amountRefunded));
  if (captured > 0n) {
    if (refunded >= captured) return 'REFUNDED';
    if (refunded > 0n) return 'PARTIALLY_REFUNDED';
    return captured < BigInt(total.amountMinor) ? 'PARTIALLY_PAID' : 'PAID';
  }
  if (payments.some(({ status }) => status === 'UNKNOWN')) return 'UNKNOWN';
  if (payments.some(({ status }) => status === 'REQUIRES_CAPTURE')) return 'AUTHORIZED';
  if (payments.some(({ status }) => underWay.has(status))) return 'PENDING';
  if (payments.some(({ failure }) => failure !== null)) return 'FAILED';
  return payments.some(({ status }) => status === 'CANCELLED') ? 'VOIDED' : 'UNPAID';
}
