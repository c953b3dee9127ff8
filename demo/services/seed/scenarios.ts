/** How the payments of an order went. */
export type PaymentPattern =
  | 'none'
  | 'paid'
  | 'authorized'
  | 'failed'
  | 'requires_action'
  | 'processing'
  | 'voided'
  | 'refunded'
  | 'partly_refunded'
  | 'refund_pending'
  | 'refund_failed'
  | 'disputed'
  | 'split'
  | 'part_captured'
  | 'paid_at_second_try';

/** The story of an order: where it stands on its three axes and how it came there. */
export interface Scenario {
  name: string;
  /** How often it is told, in parts of the sum of all weights. */
  weight: number;
  status: 'open' | 'confirmed' | 'completed' | 'cancelled';
  fulfillment: string;
  payments: PaymentPattern;
  /** Age of the order in days: youngest, oldest. */
  ageDays: [number, number];
  shipment?: string;
  cancelReason?: string;
}

const inTransit = { status: 'confirmed', fulfillment: 'shipped' } as const;
const delivered = { status: 'completed', fulfillment: 'delivered', shipment: 'delivered' } as const;
const waiting = { status: 'open', fulfillment: 'unfulfilled' } as const;
const packing = { status: 'confirmed', fulfillment: 'unfulfilled' } as const;
const cancelled = { status: 'cancelled', fulfillment: 'unfulfilled' } as const;
const settled: [number, number] = [9, 700];
const recent: [number, number] = [1, 5];

export const scenarios: readonly Scenario[] = [
  { name: 'delivered', weight: 550, ...delivered, payments: 'paid', ageDays: settled },
  { name: 'in transit', weight: 80, ...inTransit, shipment: 'in_transit', payments: 'paid', ageDays: [2, 5] },
  {
    name: 'out for delivery',
    weight: 20,
    ...inTransit,
    shipment: 'out_for_delivery',
    payments: 'paid',
    ageDays: [3, 4],
  },
  { name: 'delayed', weight: 10, ...inTransit, shipment: 'exception', payments: 'paid', ageDays: [5, 9] },
  { name: 'packing', weight: 60, ...packing, payments: 'paid', ageDays: recent },
  { name: 'label printed', weight: 20, ...packing, shipment: 'label_created', payments: 'paid', ageDays: recent },
  { name: 'authorized', weight: 30, ...packing, payments: 'authorized', ageDays: recent },
  { name: 'unpaid', weight: 25, ...waiting, payments: 'none', ageDays: [1, 3] },
  { name: 'payment failed', weight: 30, ...waiting, payments: 'failed', ageDays: [1, 6] },
  { name: 'action needed', weight: 15, ...waiting, payments: 'requires_action', ageDays: [1, 2] },
  { name: 'transfer under way', weight: 15, ...waiting, payments: 'processing', ageDays: [1, 3] },
  { name: 'partly paid', weight: 7, ...waiting, payments: 'part_captured', ageDays: recent },
  { name: 'on hold', weight: 5, ...packing, fulfillment: 'on_hold', payments: 'paid', ageDays: recent },
  {
    name: 'partly sent',
    weight: 7,
    ...inTransit,
    fulfillment: 'partially_fulfilled',
    shipment: 'in_transit',
    payments: 'paid',
    ageDays: [2, 6],
  },
  { name: 'cancelled unpaid', weight: 25, ...cancelled, payments: 'none', cancelReason: 'customer', ageDays: settled },
  {
    name: 'cancelled after decline',
    weight: 10,
    ...cancelled,
    payments: 'failed',
    cancelReason: 'declined',
    ageDays: settled,
  },
  {
    name: 'cancelled and voided',
    weight: 20,
    ...cancelled,
    payments: 'voided',
    cancelReason: 'customer',
    ageDays: settled,
  },
  {
    name: 'cancelled and refunded',
    weight: 15,
    ...cancelled,
    payments: 'refunded',
    cancelReason: 'inventory',
    ageDays: settled,
  },
  { name: 'part refunded', weight: 30, ...delivered, payments: 'partly_refunded', ageDays: settled },
  {
    name: 'returned',
    weight: 15,
    ...delivered,
    fulfillment: 'returned',
    shipment: 'returned',
    payments: 'refunded',
    ageDays: settled,
  },
  { name: 'refund pending', weight: 10, ...delivered, payments: 'refund_pending', ageDays: [9, 20] },
  { name: 'refund failed', weight: 7, ...delivered, payments: 'refund_failed', ageDays: [9, 60] },
  { name: 'disputed', weight: 8, ...delivered, payments: 'disputed', ageDays: [15, 60] },
  { name: 'split payment', weight: 10, ...delivered, payments: 'split', ageDays: settled },
  { name: 'paid at second try', weight: 20, ...delivered, payments: 'paid_at_second_try', ageDays: settled },
];

/**
 * The orders of the demo customer, the latest first: one of every kind that a screen must show, then a long plain past.
 */
export const demoStories: readonly string[] = [
  'unpaid',
  'payment failed',
  'action needed',
  'in transit',
  'out for delivery',
  'packing',
  'authorized',
  'delayed',
  'transfer under way',
  'partly paid',
  'refund pending',
  'refund failed',
  'disputed',
  'part refunded',
  'returned',
  'cancelled unpaid',
  'cancelled and voided',
  'cancelled and refunded',
  'cancelled after decline',
  'split payment',
  'paid at second try',
  'on hold',
  'partly sent',
  'label printed',
  ...Array.from({ length: 48 }, () => 'delivered'),
];
