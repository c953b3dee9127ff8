import type {
  LineItemRecord,
  MoneyRecord,
  OrderRecord,
  PaymentRecord,
  RefundRecord,
  ShipmentRecord,
} from '../../src/domain/records.ts';

/** Records as the services' edge makes them, complete; a test says only what it is about. */
export function money(amountMinor: number, currency = 'EUR'): MoneyRecord {
  return { amountMinor, currency };
}

export function lineItem(change: Partial<LineItemRecord> = {}): LineItemRecord {
  return {
    id: 'li_1',
    sku: 'SOCK-1',
    title: 'Wool socks',
    quantity: 2,
    unitPrice: money(500),
    discountTotal: null,
    taxTotal: null,
    total: money(1_000),
    imageUrl: null,
    refundedQuantity: 0,
    ...change,
  };
}

export function shipment(change: Partial<ShipmentRecord> = {}): ShipmentRecord {
  return {
    id: 'shp_1',
    carrier: 'DHL',
    trackingNumber: 'JD0001',
    trackingUrl: 'https://tracking.example/JD0001',
    state: 'IN_TRANSIT',
    shippedAt: '2026-11-19T10:00:00Z',
    estimatedDeliveryAt: '2026-11-22T17:00:00Z',
    deliveredAt: null,
    ...change,
  };
}

export function order(change: Partial<OrderRecord> = {}): OrderRecord {
  return {
    id: 'ord_1',
    number: 'F-1',
    customerId: 'usr_1',
    contactEmail: null,
    status: 'CONFIRMED',
    paymentState: 'PAID',
    fulfillmentState: 'UNFULFILLED',
    currency: 'EUR',
    lineItems: [lineItem()],
    subtotal: money(1_000),
    discountTotal: null,
    shippingTotal: null,
    taxTotal: null,
    total: money(1_000),
    shippingAddress: null,
    billingAddress: null,
    shipments: [],
    events: null,
    placedAt: '2026-11-18T10:00:00Z',
    updatedAt: '2026-11-18T10:00:00Z',
    cancelledAt: null,
    cancelReason: null,
    note: null,
    version: '1',
    paymentIds: [],
    ...change,
  };
}

export function payment(change: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    id: 'pay_1',
    orderId: 'ord_1',
    customerId: 'usr_1',
    status: 'SUCCEEDED',
    amount: money(1_000),
    amountCapturable: money(0),
    amountCaptured: money(1_000),
    amountRefunded: money(0),
    instrument: { type: 'card', card: { brand: 'visa', last4: '4242', expiryMonth: 4, expiryYear: 2029 } },
    nextAction: null,
    failure: null,
    transactions: [],
    refunds: [],
    receiptUrl: null,
    createdAt: '2026-11-18T10:01:00Z',
    capturedAt: null,
    cancelledAt: null,
    intent: null,
    ...change,
  };
}

export function refund(change: Partial<RefundRecord> = {}): RefundRecord {
  return {
    id: 'ref_1',
    paymentId: 'pay_1',
    orderId: 'ord_1',
    customerId: 'usr_1',
    status: 'SUCCEEDED',
    amount: money(300),
    reason: null,
    failureReason: null,
    createdAt: '2026-11-19T10:00:00Z',
    ...change,
  };
}
