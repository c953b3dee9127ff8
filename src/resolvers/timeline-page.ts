import type { OrderEventRecord, OrderRecord } from '../domain/records.ts';
import { mergeTimeline } from '../domain/timeline.ts';
import type { TimelinePage } from '../domain/timeline-entry.ts';
import { pageOfAll } from './page-of.ts';
import type { PageSlice } from './page-slice.ts';
import { paymentsOf } from './payments-of.ts';
import type { ResolverContext } from './resolver-context.ts';

/** What happened to an order. A source that can't be reached is named and left out; only without any there is no timeline. */
export async function loadTimeline(
  order: OrderRecord,
  slice: PageSlice,
  context: ResolverContext,
): Promise<TimelinePage> {
  const [told, shipped, paid] = await Promise.allSettled([
    eventsOf(order, context),
    shipmentsOf(order, context),
    paymentsOf(order, context, { refunds: true }),
  ]);
  const ordersFailure = told.status === 'rejected' ? told : shipped.status === 'rejected' ? shipped : undefined;
  if (ordersFailure && paid.status === 'rejected') throw ordersFailure.reason;
  const whole: OrderRecord = {
    ...order,
    events: told.status === 'fulfilled' ? told.value : null,
    shipments: shipped.status === 'fulfilled' ? shipped.value : null,
  };
  const [payments, missing] =
    paid.status === 'fulfilled' ? [paid.value, context.loaders.lostPayments()] : [[], asError(paid.reason)];
  const entries = mergeTimeline(whole, payments, missing);
  const missingSources = [...(ordersFailure ? ['orders'] : []), ...(missing ? ['payments'] : [])];
  return Object.assign(pageOfAll(entries, slice, `timeline of ${order.id}`), { missingSources });
}

async function eventsOf(order: OrderRecord, context: ResolverContext): Promise<readonly OrderEventRecord[]> {
  return order.events ?? context.services.orders.events(context, order);
}

async function shipmentsOf(order: OrderRecord, context: ResolverContext): Promise<OrderRecord['shipments']> {
  return order.shipments ?? (await context.loaders.order(order.id, { parts: true }))?.shipments ?? [];
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('a call failed', { cause: reason });
}
