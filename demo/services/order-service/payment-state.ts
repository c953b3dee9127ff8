import type { PaymentSummary } from '../peer-events.ts';

/**
 * How far an order is paid, from all its payments. Money that was taken decides first, then money that is reserved, then
 * what is still under way, and only then what came to nothing.
 */
export function paymentStateOf(payments: readonly PaymentSummary[], total: number): string {
  const sum = (amountOf: (payment: PaymentSummary) => number): number =>
    payments.reduce((amount, payment) => amount + amountOf(payment), 0);
  const captured = sum((payment) => payment.amount_captured);
  const refunded = sum((payment) => payment.amount_refunded);
  if (captured > 0) {
    if (refunded >= captured) return 'refunded';
    if (refunded > 0) return 'partially_refunded';
    return captured < total ? 'partially_paid' : 'paid';
  }
  const isAny = (...statuses: string[]): boolean => payments.some(({ status }) => statuses.includes(status));
  if (isAny('requires_capture')) return 'authorized';
  if (isAny('processing', 'requires_action', 'requires_confirmation')) return 'pending';
  if (payments.some((payment) => payment.has_failed)) return 'failed';
  return isAny('canceled') ? 'voided' : 'unpaid';
}
