import type { PostalAddress } from '../kit/postal-address.ts';

export interface Money {
  amount: number;
  currency: string;
}

export interface OrderAddress extends PostalAddress {
  id: string;
}

/** The contract's Order without the parts that are embedded on demand. */
export interface OrderRecord {
  id: string;
  number: string;
  customer_id: string;
  contact_email: string | null;
  status: string;
  payment_state: string;
  fulfillment_state: string;
  currency: string;
  subtotal: Money;
  discount_total: Money;
  shipping_total: Money;
  tax_total: Money;
  total: Money;
  shipping_address: OrderAddress | null;
  billing_address: OrderAddress | null;
  placed_at: string;
  updated_at: string;
  cancelled_at: string | null;
  cancel_reason: string | null;
  note: string | null;
  version: number;
  payment_ids: string[];
}

export interface LineItem {
  id: string;
  sku: string | null;
  title: string;
  quantity: number;
  unit_price: Money;
  discount_total: Money;
  tax_total: Money;
  total: Money;
  image_url: string | null;
  refunded_quantity: number;
}

export interface Shipment {
  id: string;
  carrier: string | null;
  tracking_number: string | null;
  tracking_url: string | null;
  state: string;
  shipped_at: string | null;
  estimated_delivery_at: string | null;
  delivered_at: string | null;
}

/** An event as stored; its cursor is made when it is shown. */
export interface OrderEvent {
  id: string;
  type: 'placed' | 'confirmed' | 'cancelled' | 'payment' | 'refund' | 'shipment';
  at: string;
  actor: string | null;
  ref_id: string | null;
  state: string | null;
}

/** An order with everything that belongs to it. */
export interface WholeOrder {
  record: OrderRecord;
  lineItems: LineItem[];
  shipments: Shipment[];
  events: OrderEvent[];
  /** Minor units that were captured for it, as payment-service last told. */
  captured: number;
}
