import { orderLink, type OrderScreen } from './display-links.ts';
import { amountText } from './display-payment.ts';
import type { TextKey } from './display-texts-en.ts';
import { say, sentenceAudience } from './display-texts.ts';
import type { Audience } from './display-time.ts';
import { isDelayed } from './display-tracking.ts';
import type { OrderRecord, PaymentRecord } from './records.ts';

type Severity = 'INFO' | 'WARNING' | 'CRITICAL';

/** Something the customer should act on. */
export interface AttentionItem {
  readonly id: string;
  readonly kind: 'PAYMENT_ACTION_REQUIRED' | 'PAYMENT_FAILED' | 'REFUND_FAILED' | 'DELIVERY_DELAYED';
  readonly title: string;
  readonly body: string;
  readonly deepLink: string;
  readonly severity: Severity;
}

const loudness: Record<Severity, number> = { CRITICAL: 0, WARNING: 1, INFO: 2 };

/**
 * What to act on in these orders, the most severe first, each order's own in the order of the list. Needs the orders' shipments and their
 * payments with refunds. Ids name the thing that is wrong, so that a dismissed item stays dismissed until it is solved.
 */
export function attentionItems(
  orders: readonly OrderRecord[],
  paymentsOf: (order: OrderRecord) => readonly PaymentRecord[],
  audience: Audience,
): AttentionItem[] {
  return orders
    .flatMap((order) => itemsOf(order, paymentsOf(order), audience))
    .sort((left, right) => loudness[left.severity] - loudness[right.severity]);
}

function itemsOf(order: OrderRecord, payments: readonly PaymentRecord[], audience: Audience): AttentionItem[] {
  const { id: orderId, number, status, paymentState } = order;
  const item = (
    kind: AttentionItem['kind'],
    severity: Severity,
    { about, screen, texts, amount }: { about: string; screen: OrderScreen; texts: Texts; amount?: string },
  ): AttentionItem => ({
    id: `${kind}:${about}`,
    kind,
    title: say(`attention${texts}Title`, audience),
    body: say(`attention${texts}Body`, audience, { number, amount: amount ?? '' }),
    deepLink: orderLink(orderId, screen),
    severity,
  });
  const items: AttentionItem[] = [];
  const isRunning = status === 'OPEN' || status === 'CONFIRMED';
  const waiting = isRunning ? payments.findLast((payment) => payment.status === 'REQUIRES_ACTION') : undefined;
  if (waiting && paymentState === 'PENDING')
    items.push(item('PAYMENT_ACTION_REQUIRED', 'CRITICAL', { about: waiting.id, screen: 'pay', texts: 'Action' }));
  if (isRunning && paymentState === 'FAILED')
    items.push(item('PAYMENT_FAILED', 'CRITICAL', { about: orderId, screen: 'pay', texts: 'Failed' }));
  for (const refund of payments.flatMap(({ refunds }) => refunds ?? []))
    if (refund.status === 'FAILED') {
      const amount = amountText(refund.amount, sentenceAudience(audience));
      items.push(item('REFUND_FAILED', 'WARNING', { about: refund.id, screen: 'refund', texts: 'Refund', amount }));
    }
  const late = isRunning ? order.shipments?.find((shipment) => isDelayed(shipment, audience)) : undefined;
  if (late) items.push(item('DELIVERY_DELAYED', 'WARNING', { about: late.id, screen: 'track', texts: 'Delayed' }));
  return items;
}

type Texts = Extract<TextKey, `attention${string}Title`> extends `attention${infer Name}Title` ? Name : never;
