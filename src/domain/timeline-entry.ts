import type { Edge, Page } from './page.ts';
import type { PaymentRecord, RefundRecord, ShipmentRecord } from './records.ts';
import type { OrderCancelReason, PaymentStatus, RefundStatus } from './states.ts';

interface Entry<Type extends string> {
  readonly type: Type;
  readonly id: string;
  readonly at: string;
  readonly actor: string | null;
}

export type PlacedEntry = Entry<'placed'>;
export type ConfirmedEntry = Entry<'confirmed'>;

export interface CancelledEntry extends Entry<'cancelled'> {
  readonly reason: OrderCancelReason | null;
}

export interface PaymentEntry extends Entry<'payment'> {
  readonly payment: PaymentRecord | null;
  /** Why the payment could not be had. */
  readonly failure?: Error;
  readonly status: PaymentStatus;
}

export interface RefundEntry extends Entry<'refund'> {
  readonly refund: RefundRecord | null;
  /** Why the refund could not be had. */
  readonly failure?: Error;
  readonly status: RefundStatus;
}

export interface ShipmentEntry extends Entry<'shipment'> {
  readonly shipment: ShipmentRecord | null;
}

/** Something that happened to an order, merged from the order's events, its payments' transactions and its shipments. */
export type TimelineEntry = PlacedEntry | ConfirmedEntry | CancelledEntry | PaymentEntry | RefundEntry | ShipmentEntry;

export type TimelineEdge = Edge<TimelineEntry>;

export interface TimelinePage extends Page<TimelineEntry> {
  /** Services whose events could not be had: `orders`, `payments`. */
  readonly missingSources: readonly string[];
}
