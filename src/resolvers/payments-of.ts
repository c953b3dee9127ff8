import type { Amount } from '../domain/amount.ts';
import type { OrderRecord, PaymentRecord } from '../domain/records.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { ResolverContext } from './resolver-context.ts';

/** The payments of an order, in one call with those of all orders that are asked about in this tick. */
export async function paymentsOf(
  order: OrderRecord,
  context: ResolverContext,
  options: { readonly refunds?: boolean } = {},
): Promise<readonly PaymentRecord[]> {
  const payments = await context.loaders.payments(order.id, options);
  compare(order, payments, context);
  return payments;
}

/** A sum over the payments of an order: over all of them, or none. */
export async function sumOfPayments(
  order: OrderRecord,
  context: ResolverContext,
  sum: (order: OrderRecord, payments: readonly PaymentRecord[]) => Amount | undefined,
): Promise<Amount> {
  const payments = await context.loaders.everyPayment(order.id);
  compare(order, payments, context);
  const amount = sum(order, payments);
  if (amount) return amount;
  // The services disagree on the order's currency: no number would be true.
  throw new GatewayError('UPSTREAM_BAD_RESPONSE', { service: 'payments', context: { orderId: order.id } });
}

/** Told apart from what the order says of itself, once for each order of an answer. */
function compare(order: OrderRecord, payments: readonly PaymentRecord[], context: ResolverContext): void {
  if (context.loaders.looksFirstAt(order.id)) context.services.comparePaymentState(order, payments);
}
