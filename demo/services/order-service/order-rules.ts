import type { OrderRecord } from './order-records.ts';

const beforePacking: ReadonlySet<string> = new Set(['unfulfilled', 'on_hold']);

export function isCancellable({ status, fulfillment_state: fulfillment }: OrderRecord): boolean {
  return (status === 'open' || status === 'confirmed') && beforePacking.has(fulfillment);
}

/** Address and note can change until the first parcel leaves. */
export function isChangeable(order: OrderRecord): boolean {
  return isCancellable(order);
}

/** What a person could do with the order as it is; shown with a 409, so that nobody must guess. */
export function allowedActions(order: OrderRecord): string[] {
  const { status, payment_state: paid } = order;
  const actions: string[] = [];
  if (isCancellable(order)) actions.push('cancel');
  if (isChangeable(order)) actions.push('change_address');
  if (['paid', 'partially_paid', 'partially_refunded'].includes(paid)) actions.push('refund');
  if (['unpaid', 'failed', 'partially_paid'].includes(paid) && status !== 'cancelled') actions.push('retry_payment');
  if (status === 'completed' || status === 'cancelled') actions.push('reorder');
  return actions;
}
