import type { OrderRecord } from '../domain/records.ts';
import type { OrderParts } from '../upstream/services/orders.ts';
import { type Selection, selects } from './look-ahead.ts';
import type { ResolverContext } from './resolver-context.ts';

/** Which fields of a schema's order need which part of the record. */
export interface PartFields {
  readonly lineItems: readonly string[];
  readonly shipments: readonly string[];
  readonly events: readonly string[];
}

/** Which parts of orders a selection needs, so that they come along with the order and no further call. `at`: dotted paths to the order; none: it is the field itself. */
export function partsFor(selection: Selection, fields: PartFields, at: readonly string[] = []): OrderParts {
  const wants = (names: readonly string[]): boolean =>
    selects(selection, ...(at.length === 0 ? names : at.flatMap((path) => names.map((name) => `${path}.${name}`))));
  return { lineItems: wants(fields.lineItems), shipments: wants(fields.shipments), events: wants(fields.events) };
}

/** One order as a selection needs it: in one batch with others of this tick, or alone when its events are wanted too. */
export function loadOrder(id: string, parts: OrderParts, context: ResolverContext): Promise<OrderRecord | null> {
  if (parts.events) return context.services.orders.byId(context, id, parts);
  return context.loaders.order(id, { parts: (parts.lineItems || parts.shipments) ?? false });
}

/** The order with its lines and parcels, for a field that was reached by a path which did not bring them. */
export async function withParts(order: OrderRecord, context: ResolverContext): Promise<OrderRecord> {
  if (order.lineItems !== null && order.shipments !== null) return order;
  return (await context.loaders.order(order.id, { parts: true })) ?? order;
}
