import type { OrderRecord, PaymentRecord } from './records.ts';
import type { PaymentState, PaymentStatus } from './states.ts';

/** States that a payment can lift an order out of; from the others the order service knows more than we do. */
const behind: ReadonlySet<PaymentState> = new Set(['UNPAID', 'FAILED', 'PENDING', 'PARTIALLY_PAID']);

const lifted: Partial<Record<PaymentStatus, PaymentState>> = {
  REQUIRES_CAPTURE: 'AUTHORIZED',
  PROCESSING: 'PENDING',
  REQUIRES_ACTION: 'PENDING',
  REQUIRES_CONFIRMATION: 'PENDING',
  // It may have been charged, so nothing here may ask for it once more.
  UNKNOWN: 'PENDING',
};

/**
 * An order as its service will show it once it has heard of a payment. It hears a moment later, and an order that still asks to be paid
 * just after it was paid makes people pay twice.
 */
export function orderAfterPayment(order: OrderRecord, payment: PaymentRecord): OrderRecord {
  if (payment.orderId !== order.id || !behind.has(order.paymentState)) return order;
  const paymentState = payment.status === 'SUCCEEDED' ? afterSuccess(order, payment) : lifted[payment.status];
  return paymentState === undefined ? order : { ...order, paymentState };
}

/** A part payment pays all that was open, so that only the first of several can leave something open. */
function afterSuccess({ paymentState, total }: OrderRecord, { amountCaptured }: PaymentRecord): PaymentState {
  const isPart = paymentState !== 'PARTIALLY_PAID' && amountCaptured.amountMinor < total.amountMinor;
  return isPart ? 'PARTIALLY_PAID' : 'PAID';
}
