import type { Order, OrderListItem, OrderPage } from '../src/generated/order-service.ts';
import type { Payment, PaymentPage } from '../src/generated/payment-service.ts';
import type { User, UserPage } from '../src/generated/user-service.ts';

/** The people of the stand-in; each has 100 orders and each order a payment. */
export const userCount = 1_000;

export const userId = (index: number): string => `usr_bench${index}`;

/** Beyond those that lists show; nothing was paid of it, however often it is paid. */
export const unpaidOrderId = (customerId: string): string => `ord_bench${indexOf(customerId)}x${listedOrders}`;
const listedOrders = 100;

const at = '2026-11-01T09:30:00Z';
const money = (amount: number) => ({ amount, currency: 'EUR' });
const indexOf = (id: string): number => Number(/\d+$/.exec(id)?.[0]);

export function user(id: string): User {
  const index = indexOf(id);
  return {
    id,
    email: `person${index}@example.com`,
    email_verified: true,
    phone: null,
    phone_verified: false,
    given_name: 'Person',
    family_name: String(index),
    display_name: `Person ${index}`,
    avatar_url: `https://images.example/${index}.png`,
    locale: 'en-GB',
    time_zone: 'Europe/London',
    status: 'active',
    role: 'customer',
    created_at: at,
    updated_at: at,
    last_login_at: at,
    default_shipping_address_id: null,
    default_billing_address_id: null,
    metadata: {},
    version: 1,
  };
}

/** Three items each, as the dashboard shows them. */
function order(customerId: string, number: number, withItems: boolean): Order {
  const id = `ord_bench${indexOf(customerId)}x${number}`;
  const items = [0, 1, 2].map((item) => ({
    id: `li_bench${indexOf(customerId)}x${number}x${item}`,
    sku: `SKU-${item}`,
    title: `Thing number ${item}`,
    quantity: item + 1,
    unit_price: money(1_000 + item),
    discount_total: money(0),
    tax_total: money(190),
    total: money((item + 1) * (1_000 + item)),
    image_url: `https://images.example/things/${item}.png`,
    refunded_quantity: 0,
  }));
  const { total } = totals;
  return {
    id,
    number: `N-${indexOf(customerId)}-${number}`,
    customer_id: customerId,
    contact_email: null,
    status: 'confirmed',
    payment_state: number < listedOrders ? 'paid' : 'unpaid',
    fulfillment_state: 'unfulfilled',
    currency: 'EUR',
    ...(withItems && { line_items: items }),
    ...totals,
    total,
    shipping_address: null,
    billing_address: null,
    placed_at: at,
    updated_at: at,
    cancelled_at: null,
    cancel_reason: null,
    note: null,
    version: 1,
    payment_ids: number < listedOrders ? [`pay_bench${indexOf(customerId)}x${number}`] : [],
  };
}

const totals = {
  subtotal: money(6_008),
  discount_total: money(0),
  shipping_total: money(490),
  tax_total: money(1_140),
  total: money(7_638),
};

export function payment(orderId: string): Payment {
  const [, customer, number] = /bench(\d+)x(\d+)$/.exec(orderId) ?? [];
  return {
    id: `pay_bench${customer}x${number}`,
    order_id: orderId,
    customer_id: `usr_bench${customer}`,
    status: 'succeeded',
    amount: totals.total,
    amount_capturable: money(0),
    amount_captured: totals.total,
    amount_refunded: money(0),
    currency: 'EUR',
    capture_method: 'automatic',
    payment_method: { type: 'card', card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030 } },
    next_action: null,
    last_error: null,
    transactions: [
      { id: `txn_bench${customer}x${number}`, type: 'capture', state: 'success', amount: totals.total, at },
    ],
    statement_descriptor: null,
    receipt_url: null,
    created_at: at,
    captured_at: at,
    canceled_at: null,
    metadata: {},
  };
}

export function userPage(ids: readonly string[]): UserPage {
  return { items: ids.map(user), next_cursor: null, prev_cursor: null };
}

export function orderPage(customerId: string, limit: number, withItems: boolean): OrderPage {
  const items = Array.from({ length: limit }, (_, number): OrderListItem => ({
    ...order(customerId, number, withItems),
    cursor: `c${number}`,
  }));
  return { items, has_more: true };
}

export function orderById(id: string): Order {
  const [, customer, number] = /bench(\d+)x(\d+)$/.exec(id) ?? [];
  return order(`usr_bench${customer}`, Number(number), true);
}

export function paymentPage(orderIds: readonly string[]): PaymentPage {
  return { data: orderIds.map(payment), has_more: false };
}
