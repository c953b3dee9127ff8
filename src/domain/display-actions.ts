import { availableActions } from './available-actions.ts';
import { orderLink, type OrderScreen } from './display-links.ts';
import { amountDueOf } from './display-payment.ts';
import type { TextKey } from './display-texts-en.ts';
import { say } from './display-texts.ts';
import type { Audience } from './display-time.ts';
import type { OrderRecord } from './records.ts';
import type { FulfillmentState } from './states.ts';

/** A button under an order. */
export interface Action {
  readonly kind: 'PAY' | 'TRACK' | 'CANCEL' | 'REORDER';
  readonly label: string;
  readonly deepLink: string;
  /** False is drawn, but greyed out. */
  readonly enabled: boolean;
}

const underWay: ReadonlySet<FulfillmentState> = new Set(['SHIPPED', 'PARTIALLY_FULFILLED']);

/**
 * What the order's owner may do now, the most wanted first. From the order record alone, so that a list of orders costs nothing more.
 * Cancelling is shown to whoever might still hope for it, and greyed out once the parcel is packed; a payment that is under way may
 * still fail, so paying is greyed out rather than gone.
 */
export function actionsOf(order: OrderRecord, audience: Pick<Audience, 'language'>): Action[] {
  const can = new Set(availableActions(order, { isOwner: true, isStaff: false }));
  const due = amountDueOf(order);
  const isRunning = order.status === 'OPEN' || order.status === 'CONFIRMED';
  const button = (kind: Action['kind'], text: TextKey, screen: OrderScreen, enabled = true): Action => ({
    kind,
    label: say(text, audience),
    deepLink: orderLink(order.id, screen),
    enabled,
  });
  const actions: Action[] = [];
  if (due !== null) actions.push(button('PAY', 'actionPay', 'pay', can.has('RETRY_PAYMENT')));
  if (isRunning && underWay.has(order.fulfillmentState)) actions.push(button('TRACK', 'actionTrack', 'track'));
  if (isRunning) actions.push(button('CANCEL', 'actionCancel', 'cancel', can.has('CANCEL')));
  if (can.has('REORDER')) actions.push(button('REORDER', 'actionReorder', 'reorder'));
  return actions;
}
