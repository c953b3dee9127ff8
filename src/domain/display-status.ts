import type { TextKey } from './display-texts-en.ts';
import { say } from './display-texts.ts';
import type { Audience } from './display-time.ts';
import type { OrderRecord } from './records.ts';
import type { FulfillmentState, OrderStatus, PaymentState } from './states.ts';

/** How a status feels: one icon each. */
export type Tone = 'NEUTRAL' | 'PROGRESS' | 'SUCCESS' | 'WARNING' | 'ERROR';

interface Status {
  readonly text: TextKey;
  readonly tone: Tone;
}

/** What stops an order until its customer does something, or until money arrives. It goes before where the goods are. */
const byPayment: Partial<Record<PaymentState, Status>> = {
  UNPAID: { text: 'statusAwaitingPayment', tone: 'WARNING' },
  FAILED: { text: 'statusPaymentFailed', tone: 'ERROR' },
  PARTIALLY_PAID: { text: 'statusPartlyPaid', tone: 'WARNING' },
  PENDING: { text: 'statusPaymentPending', tone: 'PROGRESS' },
};

const byFulfillment: Partial<Record<FulfillmentState, Status>> = {
  RETURNED: { text: 'statusReturned', tone: 'NEUTRAL' },
  DELIVERED: { text: 'statusDelivered', tone: 'SUCCESS' },
  SHIPPED: { text: 'statusShipped', tone: 'PROGRESS' },
  PARTIALLY_FULFILLED: { text: 'statusPartlySent', tone: 'PROGRESS' },
  FULFILLED: { text: 'statusPacked', tone: 'PROGRESS' },
  ON_HOLD: { text: 'statusOnHold', tone: 'WARNING' },
};

const byStatus: Record<OrderStatus, Status> = {
  OPEN: { text: 'statusPlaced', tone: 'PROGRESS' },
  CONFIRMED: { text: 'statusPreparing', tone: 'PROGRESS' },
  COMPLETED: { text: 'statusCompleted', tone: 'SUCCESS' },
  CANCELLED: { text: 'statusCancelled', tone: 'NEUTRAL' },
  UNKNOWN: { text: 'statusPlaced', tone: 'NEUTRAL' },
};

type Axes = Pick<OrderRecord, 'status' | 'paymentState' | 'fulfillmentState'>;

/** The three axes of an order as the one thing a customer wants to know. */
function statusOf({ status, paymentState, fulfillmentState }: Axes): Status {
  if (status === 'CANCELLED')
    return paymentState === 'REFUNDED' ? { text: 'statusCancelledRefunded', tone: 'NEUTRAL' } : byStatus.CANCELLED;
  const isWaiting = status === 'OPEN' || status === 'CONFIRMED';
  const payment = isWaiting ? byPayment[paymentState] : undefined;
  if (payment) return payment;
  const refunded: Status | undefined =
    paymentState === 'REFUNDED' && fulfillmentState !== 'RETURNED'
      ? { text: 'statusRefunded', tone: 'NEUTRAL' }
      : undefined;
  return refunded ?? byFulfillment[fulfillmentState] ?? byStatus[status];
}

/** `Out for delivery`, `Payment failed`: for a list row. */
export function statusText(order: Axes, audience: Pick<Audience, 'language'>): string {
  return say(statusOf(order).text, audience);
}

/** Anything that a service invents is NEUTRAL: an icon must not claim what nobody here understands. */
export function statusTone(order: Axes): Tone {
  const { status, paymentState, fulfillmentState } = order;
  const isNew = status === 'UNKNOWN' || paymentState === 'UNKNOWN' || fulfillmentState === 'UNKNOWN';
  return isNew ? 'NEUTRAL' : statusOf(order).tone;
}

const labels: Record<OrderStatus, TextKey> = {
  OPEN: 'labelOpen',
  CONFIRMED: 'labelConfirmed',
  COMPLETED: 'labelCompleted',
  CANCELLED: 'labelCancelled',
  UNKNOWN: 'labelUnknown',
};

/** The status alone, without payment or delivery. */
export function statusLabel({ status }: Pick<OrderRecord, 'status'>, audience: Pick<Audience, 'language'>): string {
  return say(labels[status], audience);
}
