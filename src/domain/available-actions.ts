import type { OrderRecord } from './records.ts';
import type { FulfillmentState, OrderAction, OrderStatus, PaymentState } from './states.ts';

/** Whose view of an order it is. */
export interface Actor {
  /** The order is theirs. */
  readonly isOwner: boolean;
  /** They work for the shop. */
  readonly isStaff: boolean;
}

type Order = Pick<OrderRecord, 'status' | 'paymentState' | 'fulfillmentState'>;

const running: ReadonlySet<OrderStatus> = new Set(['OPEN', 'CONFIRMED']);
const ended: ReadonlySet<OrderStatus> = new Set(['COMPLETED', 'CANCELLED']);
const notPacked: ReadonlySet<FulfillmentState> = new Set(['UNFULFILLED', 'ON_HOLD']);
const withMoney: ReadonlySet<PaymentState> = new Set(['PAID', 'PARTIALLY_PAID', 'PARTIALLY_REFUNDED']);
const wantingMoney: ReadonlySet<PaymentState> = new Set(['UNPAID', 'FAILED', 'PARTIALLY_PAID']);

/**
 * What a person may do with an order now, by role and state; in the order of the schema. A hint for buttons: the services decide. A state
 * that we don't know allows nothing that depends on it.
 */
export function availableActions(order: Order, { isOwner, isStaff }: Actor): OrderAction[] {
  const actions: OrderAction[] = [];
  const isOpen = running.has(order.status);
  const canChange = isOpen && notPacked.has(order.fulfillmentState);
  if (canChange) actions.push('CANCEL');
  if (isStaff && withMoney.has(order.paymentState)) actions.push('REFUND');
  if (canChange) actions.push('CHANGE_ADDRESS');
  if (isOwner && isOpen && wantingMoney.has(order.paymentState)) actions.push('RETRY_PAYMENT');
  if (isOwner && ended.has(order.status)) actions.push('REORDER');
  return actions;
}
