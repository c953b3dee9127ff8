import type {
  AccountSummaryRecord,
  LineItemRecord,
  OrderEventRecord,
  OrderRecord,
  ShipmentRecord,
} from '../../../domain/records.ts';
import {
  fulfillmentStates,
  orderCancelReasons,
  orderStatuses,
  paymentStates,
  shipmentStates,
} from '../../../domain/states.ts';
import type { LineItem, Order, OrderEvent, OrderSummary, Shipment } from '../../../generated/order-service.ts';
import { openState } from './open-state.ts';
import { addressRecord, moneyRecord } from './value-records.ts';

export function orderRecord(wire: Order): OrderRecord {
  return {
    id: wire.id,
    number: wire.number,
    customerId: wire.customer_id,
    contactEmail: wire.contact_email,
    status: openState(orderStatuses, wire.status),
    paymentState: openState(paymentStates, wire.payment_state),
    fulfillmentState: openState(fulfillmentStates, wire.fulfillment_state),
    currency: wire.currency,
    lineItems: wire.line_items?.map(lineItemRecord) ?? null,
    subtotal: moneyRecord(wire.subtotal),
    discountTotal: moneyRecord(wire.discount_total),
    shippingTotal: moneyRecord(wire.shipping_total),
    taxTotal: moneyRecord(wire.tax_total),
    total: moneyRecord(wire.total),
    shippingAddress: wire.shipping_address && addressRecord(wire.shipping_address),
    billingAddress: wire.billing_address && addressRecord(wire.billing_address),
    shipments: wire.shipments?.map(shipmentRecord) ?? null,
    events: wire.events?.map(orderEventRecord) ?? null,
    placedAt: wire.placed_at,
    updatedAt: wire.updated_at,
    cancelledAt: wire.cancelled_at,
    cancelReason: wire.cancel_reason === null ? null : openState(orderCancelReasons, wire.cancel_reason),
    note: wire.note,
    version: String(wire.version),
    paymentIds: wire.payment_ids,
  };
}

function lineItemRecord(wire: LineItem): LineItemRecord {
  return {
    id: wire.id,
    sku: wire.sku,
    title: wire.title,
    quantity: wire.quantity,
    unitPrice: moneyRecord(wire.unit_price),
    discountTotal: moneyRecord(wire.discount_total),
    taxTotal: moneyRecord(wire.tax_total),
    total: moneyRecord(wire.total),
    imageUrl: wire.image_url,
    refundedQuantity: wire.refunded_quantity ?? 0,
  };
}

function shipmentRecord(wire: Shipment): ShipmentRecord {
  return {
    id: wire.id,
    carrier: wire.carrier,
    trackingNumber: wire.tracking_number,
    trackingUrl: wire.tracking_url,
    state: openState(shipmentStates, wire.state),
    shippedAt: wire.shipped_at,
    estimatedDeliveryAt: wire.estimated_delivery_at,
    deliveredAt: wire.delivered_at,
  };
}

export function orderEventRecord(wire: OrderEvent): OrderEventRecord {
  return {
    id: wire.id,
    type: wire.type,
    at: wire.at,
    actor: wire.actor,
    refId: wire.ref_id,
    state: wire.state ?? null,
  };
}

export function accountSummaryRecord(wire: OrderSummary): AccountSummaryRecord {
  return {
    openOrderCount: wire.open_count,
    lifetimeSpend: wire.lifetime_totals.map(moneyRecord),
    outstandingBalance: wire.outstanding.map(moneyRecord),
    lastOrder: wire.last_order && orderRecord(wire.last_order),
  };
}
