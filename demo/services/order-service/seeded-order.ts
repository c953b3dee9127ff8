import { timestamp } from '../kit/clock.ts';
import type { OrderPlan, PlannedLine } from '../seed/order-plan.ts';
import { planPayments, type PaymentPlan } from '../seed/payment-plan.ts';
import { numberOf } from '../seed/payment-script.ts';
import { diceFor } from '../seed/random.ts';
import { dayMs } from '../seed/user-plan.ts';
import type { LineItem, Money, OrderEvent, Shipment, WholeOrder } from './order-records.ts';
import { paymentStateOf } from './payment-state.ts';

const hourMs = 3_600_000;

/** A seeded order as order-service knows it. */
export function seededOrder(plan: OrderPlan): WholeOrder {
  const paid = planPayments(plan);
  const summaries = paid.payments.map((payment) => ({
    id: payment.id,
    status: payment.status,
    has_failed: payment.last_error !== null,
    amount_captured: payment.amount_captured.amount,
    amount_refunded: payment.amount_refunded.amount,
  }));
  const shipments = shipmentsOf(plan);
  const cancelledAt = plan.scenario.status === 'cancelled' ? timestamp(plan.placedAtMs + 20 * hourMs) : null;
  const events = eventsOf(plan, paid, shipments, cancelledAt);
  const money = (amount: number): Money => ({ amount, currency: plan.currency });
  return {
    record: {
      id: plan.id,
      number: numberOf(plan.index),
      customer_id: plan.customer.id,
      contact_email: plan.customer.email,
      status: plan.scenario.status,
      payment_state: plan.isDrifting ? 'pending' : paymentStateOf(summaries, plan.total),
      fulfillment_state: plan.scenario.fulfillment,
      currency: plan.currency,
      subtotal: money(plan.subtotal),
      discount_total: money(plan.discount),
      shipping_total: money(plan.shipping),
      tax_total: money(plan.tax),
      total: money(plan.total),
      shipping_address: plan.shippingAddress,
      billing_address: plan.billingAddress,
      placed_at: timestamp(plan.placedAtMs),
      updated_at: events.at(-1)!.at,
      cancelled_at: cancelledAt,
      cancel_reason: plan.scenario.cancelReason ?? null,
      note: plan.note,
      version: events.length,
      payment_ids: paid.payments.map(({ id }) => id),
    },
    lineItems: plan.lines.map((line, index) => lineItemOf(line, plan, index === 0)),
    shipments,
    events,
    captured: summaries.reduce((sum, { amount_captured: amount }) => sum + amount, 0),
  };
}

function lineItemOf(line: PlannedLine, plan: OrderPlan, isFirst: boolean): LineItem {
  const money = (amount: number): Money => ({ amount, currency: plan.currency });
  const { payments } = plan.scenario;
  const isBackInPart = payments === 'partly_refunded' && isFirst;
  return {
    id: line.id,
    sku: line.product.sku,
    title: line.product.title,
    quantity: line.quantity,
    unit_price: money(line.unitPrice),
    discount_total: money(line.discount),
    tax_total: money(line.tax),
    total: money(line.total),
    image_url: `https://images.facet.example/products/${line.product.sku}.jpg`,
    refunded_quantity: payments === 'refunded' ? line.quantity : Number(isBackInPart),
  };
}

const carriers = ['PostNL', 'DHL', 'Royal Mail', 'UPS'];

function shipmentsOf(plan: OrderPlan): Shipment[] {
  const { shipment: state } = plan.scenario;
  if (state === undefined) return [];
  const dice = diceFor(`shipment ${plan.index}`);
  const trackingNumber = `3S${dice.letters(4).toUpperCase()}${dice.integer(1_000_000, 9_999_999)}`;
  const shippedAtMs = plan.placedAtMs + dayMs + dice.integer(0, 10) * hourMs;
  const deliveredAtMs = shippedAtMs + dice.integer(1, 3) * dayMs;
  const isDelivered = state === 'delivered' || state === 'returned';
  return [
    {
      id: `shp_${dice.letters(14)}`,
      carrier: dice.pick(carriers),
      tracking_number: trackingNumber,
      tracking_url: `https://tracking.facet.example/${trackingNumber}`,
      state,
      shipped_at: state === 'label_created' ? null : timestamp(shippedAtMs),
      estimated_delivery_at: timestamp(isDelivered ? deliveredAtMs : expectedMs(state, plan.lastDayMs)),
      delivered_at: isDelivered ? timestamp(deliveredAtMs) : null,
    },
  ];
}

function expectedMs(state: string, lastDayMs: number): number {
  if (state === 'exception') return lastDayMs - dayMs;
  return state === 'out_for_delivery' ? lastDayMs + 18 * hourMs : lastDayMs + 2 * dayMs + 17 * hourMs;
}

function eventsOf(
  plan: OrderPlan,
  { payments, refunds }: PaymentPlan,
  shipments: readonly Shipment[],
  cancelledAt: string | null,
): OrderEvent[] {
  const dice = diceFor(`events ${plan.index}`);
  const events: OrderEvent[] = [];
  const add = (type: OrderEvent['type'], at: string, ref?: { id: string; state: string }, actor = 'system'): void => {
    events.push({ id: `evt_${dice.letters(14)}`, type, at, actor, ref_id: ref?.id ?? null, state: ref?.state ?? null });
  };
  add('placed', timestamp(plan.placedAtMs), undefined, plan.customer.id);
  for (const payment of payments) {
    const { id, status: state } = payment;
    add('payment', payment.canceled_at ?? payment.captured_at ?? payment.created_at, { id, state });
  }
  const isConfirmed = plan.scenario.status === 'confirmed' || plan.scenario.status === 'completed';
  if (isConfirmed) add('confirmed', timestamp(plan.placedAtMs + 10 * 60_000));
  for (const { id, status: state, created_at: at } of refunds) add('refund', at, { id, state });
  for (const { id, state, shipped_at: shippedAt, delivered_at: deliveredAt } of shipments) {
    if (shippedAt !== null) add('shipment', shippedAt, { id, state: 'in_transit' });
    if (deliveredAt !== null) add('shipment', deliveredAt, { id, state: 'delivered' });
    if (state === 'returned') add('shipment', timestamp(Date.parse(deliveredAt!) + 2 * dayMs), { id, state });
  }
  if (cancelledAt !== null) add('cancelled', cancelledAt, undefined, plan.customer.id);
  return events.sort((a, b) => (a.at < b.at ? -1 : 1));
}
