import { type BodyReader, readObject } from '../kit/body-reader.ts';
import { timestamp } from '../kit/clock.ts';
import { addressMembers, readPostalAddress } from '../kit/postal-address.ts';
import { Problem } from '../kit/problem.ts';
import type { ServiceRequest } from '../kit/request.ts';
import type { LineItem, Money, OrderAddress, WholeOrder } from './order-records.ts';
import { newEvent } from './order-store.ts';
import { shippingFor, taxWithin } from './totals.ts';

const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const currencyPattern = /^[A-Z]{3}$/;
const largestAmount = Number.MAX_SAFE_INTEGER;

/** Reads the body of `POST /v1/orders` and works out its totals; the store gives the number. */
export function readNewOrder(request: ServiceRequest, nowMs: number): WholeOrder {
  const reader = readObject(request.body, [
    'customer_id',
    'contact_email',
    'currency',
    'line_items',
    'shipping_address',
    'billing_address',
    'note',
  ]);
  const customerId = reader.requiredText('customer_id', { pattern: /^usr_[A-Za-z0-9]{1,40}$/ });
  const currency = reader.requiredText('currency', { pattern: currencyPattern });
  const contactEmail = reader.nullableText('contact_email', { max: 254, pattern: emailPattern }) ?? null;
  const lines = reader
    .objects('line_items', ['sku', 'title', 'quantity', 'unit_price', 'image_url'], 100)
    .map((line) => readLine(line, currency));
  const shippingAddress = readOrderAddress(reader, 'shipping_address');
  const billingAddress = readOrderAddress(reader, 'billing_address') ?? shippingAddress;
  const note = reader.nullableText('note', { max: 1000 }) ?? null;
  reader.finish();
  if (request.caller.role === 'customer' && request.caller.userId !== customerId) {
    throw new Problem(403, 'forbidden', 'A customer places orders of their own.');
  }

  const money = (amount: number): Money => ({ amount, currency });
  const subtotal = lines.reduce((sum, { total }) => sum + total.amount, 0);
  const shipping = shippingFor(currency, subtotal);
  const total = subtotal + shipping;
  if (!Number.isSafeInteger(total)) {
    throw new Problem(422, 'validation_failed', 'The total is larger than an amount may be.', {
      errors: [{ pointer: '/line_items', code: 'out_of_range', detail: `At most ${largestAmount} minor units.` }],
    });
  }
  const placedAt = timestamp(nowMs);
  return {
    record: {
      id: newId('ord'),
      number: '',
      customer_id: customerId,
      contact_email: contactEmail,
      status: 'open',
      payment_state: 'unpaid',
      fulfillment_state: 'unfulfilled',
      currency,
      subtotal: money(subtotal),
      discount_total: money(0),
      shipping_total: money(shipping),
      tax_total: money(taxWithin(total)),
      total: money(total),
      shipping_address: shippingAddress,
      billing_address: billingAddress,
      placed_at: placedAt,
      updated_at: placedAt,
      cancelled_at: null,
      cancel_reason: null,
      note,
      version: 1,
      payment_ids: [],
    },
    lineItems: lines,
    shipments: [],
    events: [newEvent({ type: 'placed', actor: request.caller.userId ?? null }, placedAt)],
    captured: 0,
  };
}

function readLine(reader: BodyReader, currency: string): LineItem {
  const quantity = reader.integer('quantity', { min: 1, max: 1000 });
  if (!reader.has('quantity')) reader.refuse('quantity', 'required', 'Required.');
  const price = reader.object('unit_price', ['amount', 'currency']);
  if (price === undefined) reader.refuse('unit_price', 'required', 'Required.');
  const amount = price?.integer('amount', { min: 0, max: largestAmount });
  if (amount === undefined) price?.refuse('amount', 'required', 'Required.');
  if (price?.requiredText('currency') !== currency) price?.refuse('currency', 'currency_mismatch', "The order's.");
  const total = (amount ?? 0) * (quantity ?? 0);
  const money = (minor: number): Money => ({ amount: minor, currency });
  return {
    id: newId('li'),
    sku: reader.requiredText('sku', { max: 64 }),
    title: reader.requiredText('title', { max: 300 }),
    quantity: quantity ?? 0,
    unit_price: money(amount ?? 0),
    discount_total: money(0),
    tax_total: money(Number.isSafeInteger(total) ? taxWithin(total) : 0),
    total: money(total),
    image_url: reader.nullableText('image_url', { max: 2048, pattern: /^https?:\/\/\S+$/ }) ?? null,
    refunded_quantity: 0,
  };
}

/** A whole address, or null; it becomes a copy of its own, with its own id. */
export function readOrderAddress(reader: BodyReader, name: string): OrderAddress | null {
  const given = reader.object(name, addressMembers);
  if (given === undefined) return null;
  const empty = { name: null, line2: null, region: null, postal_code: null, phone: null };
  return { id: newId('adr'), ...empty, ...readPostalAddress(given, { isWhole: true }) } as OrderAddress;
}

function newId(prefix: string): string {
  return `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`;
}
