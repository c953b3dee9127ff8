import type { OrderRecord } from './records.ts';

/** An order as it may be kept with a mutation's answer: without anything about who the customer is and where they live. */
export function orderWithoutPerson(order: OrderRecord): OrderRecord {
  return { ...order, contactEmail: null, note: null, shippingAddress: null, billingAddress: null };
}
