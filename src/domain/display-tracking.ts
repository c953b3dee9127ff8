import type { TextKey } from './display-texts-en.ts';
import { say, sentenceAudience } from './display-texts.ts';
import { type Audience, dayLabel, daysFromNow, dayText, momentText } from './display-time.ts';
import type { OrderRecord, ShipmentRecord } from './records.ts';
import type { ShipmentState } from './states.ts';

export interface TrackingStep {
  readonly label: string;
  readonly timeText: string | null;
  readonly done: boolean;
}

export interface Tracking {
  readonly headline: string;
  readonly detail: string | null;
  readonly progressPercent: number;
  readonly etaText: string | null;
  readonly etaAt: string | null;
  readonly trackingUrl: string | null;
  readonly steps: readonly TrackingStep[];
  readonly refreshAfterSeconds: number;
}

interface Stage {
  /** How far on the way, so that of several parcels the one furthest behind speaks for the order. */
  readonly progressPercent: number;
  /** How long such a state usually lasts, roughly: asking more often shows nothing new. */
  readonly refreshAfterSeconds: number;
}

const stages: Record<ShipmentState, Stage> = {
  LABEL_CREATED: { progressPercent: 10, refreshAfterSeconds: 1_800 },
  IN_TRANSIT: { progressPercent: 50, refreshAfterSeconds: 600 },
  EXCEPTION: { progressPercent: 50, refreshAfterSeconds: 900 },
  OUT_FOR_DELIVERY: { progressPercent: 80, refreshAfterSeconds: 60 },
  DELIVERED: { progressPercent: 100, refreshAfterSeconds: 86_400 },
  RETURNED: { progressPercent: 100, refreshAfterSeconds: 86_400 },
  UNKNOWN: { progressPercent: 50, refreshAfterSeconds: 900 },
};

/** Has the parcel come to an end, good or bad? */
function isOver({ state }: ShipmentRecord): boolean {
  return state === 'DELIVERED' || state === 'RETURNED';
}

/** Is it late: the carrier says so, or the day it was promised for has passed? */
export function isDelayed(shipment: ShipmentRecord, audience: Audience): boolean {
  if (isOver(shipment)) return false;
  const { state, estimatedDeliveryAt } = shipment;
  return state === 'EXCEPTION' || (estimatedDeliveryAt !== null && daysFromNow(estimatedDeliveryAt, audience) < 0);
}

/** The parcel that speaks for the order: of those handed to a carrier the one furthest behind. */
function leadingShipment({ shipments }: OrderRecord): ShipmentRecord | undefined {
  return shipments
    ?.filter(({ state }) => state !== 'LABEL_CREATED')
    .reduce<ShipmentRecord | undefined>(
      (lead, next) => (!lead || stages[next.state].progressPercent < stages[lead.state].progressPercent ? next : lead),
      undefined,
    );
}

/** Where the parcel is; null before anything was handed to a carrier. */
export function trackingOf(order: OrderRecord, audience: Audience): Tracking | null {
  const shipment = leadingShipment(order);
  if (!shipment) return null;
  const { carrier, trackingNumber, trackingUrl, state } = shipment;
  const etaAt = isOver(shipment) || isDelayed(shipment, audience) ? null : shipment.estimatedDeliveryAt;
  return {
    headline: headlineOf(shipment, audience),
    detail: [carrier, trackingNumber].filter((part) => part !== null).join(' · ') || null,
    ...stages[state],
    etaText: etaAt && dayLabel(etaAt, audience),
    etaAt,
    trackingUrl,
    steps: stepsOf(order, shipment, audience),
  };
}

function headlineOf(shipment: ShipmentRecord, audience: Audience): string {
  const { state, deliveredAt, estimatedDeliveryAt } = shipment;
  const day = (instant: string): { day: string } => ({ day: dayText(instant, sentenceAudience(audience)) });
  if (state === 'RETURNED') return say('trackingReturned', audience);
  if (state === 'DELIVERED')
    return deliveredAt === null
      ? say('trackingDeliveredOnce', audience)
      : say('trackingDelivered', audience, day(deliveredAt));
  if (isDelayed(shipment, audience)) return say('trackingDelayed', audience);
  if (state === 'OUT_FOR_DELIVERY') return say('trackingOutForDelivery', audience);
  return estimatedDeliveryAt === null
    ? say('trackingOnItsWay', audience)
    : say('trackingArrives', audience, day(estimatedDeliveryAt));
}

/** From order to door. Nobody tells when a parcel went out for its last miles, so that step has no time. */
function stepsOf(order: OrderRecord, { state, shippedAt, deliveredAt }: ShipmentRecord, audience: Audience) {
  const step = (label: TextKey, done: boolean, at: string | null): TrackingStep => ({
    label: say(label, audience),
    timeText: done && at !== null ? momentText(at, audience) : null,
    done,
  });
  const start = [step('stepOrdered', true, order.placedAt), step('stepShipped', true, shippedAt)];
  if (state === 'RETURNED') return [...start, step('stepReturned', true, null)];
  const isDelivered = state === 'DELIVERED';
  return [
    ...start,
    step('stepOutForDelivery', isDelivered || state === 'OUT_FOR_DELIVERY', null),
    step('stepDelivered', isDelivered, deliveredAt),
  ];
}
