import type { CallContext } from '../../context/call-context.ts';
import type { AccountSummaryRecord, OrderEventRecord, OrderRecord } from '../../domain/records.ts';
import type { FulfillmentState, OrderCancelReason, OrderStatus, PaymentState } from '../../domain/states.ts';
import {
  type Order,
  type OrderBatch,
  type OrderEventPage,
  type OrderPage,
  type OrderSummary,
  routes as contract,
} from '../../generated/order-service.ts';
import type { CallOptions } from '../call.ts';
import type { Upstream } from '../create-upstream.ts';
import { contractRoute } from '../openapi-client.ts';
import type { PageRequest, ServicePage } from './service-page.ts';
import { accountSummaryRecord, orderEventRecord, orderRecord } from './records/order-record.ts';
import { visible, visibleOnly } from './visible.ts';

/** What to bring along with an order. Each part makes another record for the cache. */
export interface OrderParts {
  readonly lineItems?: boolean | undefined;
  readonly shipments?: boolean | undefined;
  /** Only with a single order. */
  readonly events?: boolean | undefined;
}

export interface OrderBatchInput {
  /** At most 100, without duplicates. */
  readonly ids: readonly string[];
  readonly parts: OrderParts;
}

export interface OrderFilter {
  readonly status?: readonly OrderStatus[] | undefined;
  readonly paymentState?: readonly PaymentState[] | undefined;
  readonly fulfillmentState?: readonly FulfillmentState[] | undefined;
  readonly placedAfter?: string | undefined;
  readonly placedBefore?: string | undefined;
}

export interface OrderListInput extends PageRequest {
  readonly customerId?: string | undefined;
  readonly filter?: OrderFilter | undefined;
  /** As the service says it: `-placed_at`. */
  readonly sort?: string | undefined;
  readonly parts: OrderParts;
  readonly withTotal?: boolean | undefined;
}

export interface OrderSearchInput extends OrderListInput {
  readonly text: string;
}

export interface CancelInput {
  readonly id: string;
  readonly reason: Exclude<OrderCancelReason, 'UNKNOWN'>;
  readonly note?: string | undefined;
}

const ownerOf = ({ customerId }: OrderRecord): string => customerId;
const tagsOf = ({ id, customerId }: OrderRecord): string[] => [`order:${id}`, `orders-of:${customerId}`];

function include({ lineItems, shipments, events }: OrderParts): string[] {
  return [lineItems ? 'line_items' : '', shipments ? 'shipments' : '', events ? 'events' : ''].filter(Boolean);
}

function keyOf(id: string, parts: OrderParts): string {
  const included = include(parts).join(',');
  return included ? `${id}+${included}` : id;
}

const idOf = (key: string): string => key.split('+', 1)[0] ?? key;

export interface OrderInput {
  readonly id: string;
  readonly parts: OrderParts;
}

const byId = contractRoute<OrderInput, OrderRecord | null, Order>('orders', 'getOrder', contract.getOrder, {
  scope: 'caller',
  input: ({ id, parts }) => ({ path: { id }, query: { include: include(parts) } }),
  map: orderRecord,
  accepts: { 404: () => null },
  key: ({ id, parts }) => keyOf(id, parts),
  tags: (found, { id }) => (found ? tagsOf(found) : [`order:${id}`]),
});

const byIds = contractRoute<OrderBatchInput, ReadonlyMap<string, OrderRecord>, OrderBatch>(
  'orders',
  'batchGetOrders',
  contract.batchGetOrders,
  {
    scope: 'caller',
    input: ({ ids, parts }) => ({ body: { ids, include: include(parts) } }),
    map: ({ items, missing }, { ids, parts }, drop) => {
      // What is neither found nor missing got lost: nobody may say that it does not exist.
      const answered = new Set(items.map(({ id }) => id).concat(missing));
      drop(ids.filter((id) => !answered.has(id)).length);
      return new Map(items.map((wire) => [keyOf(wire.id, parts), orderRecord(wire)]));
    },
    batch: {
      keysOf: ({ ids, parts }) => ids.map((id) => keyOf(id, parts)),
      narrow: ({ parts }, keys) => ({ ids: keys.map(idOf), parts }),
      pick: (found, key) => found.get(key) ?? null,
      join: (parts) => parts as ReadonlyMap<string, OrderRecord>,
    },
    tags: (found) => [...found.values()].flatMap(tagsOf),
  },
);

function listQuery(asked: OrderListInput) {
  const lower = (states: readonly string[] | undefined): string[] | undefined =>
    states?.map((state) => state.toLowerCase());
  const { filter } = asked;
  return {
    customer_id: asked.customerId,
    status: lower(filter?.status),
    payment_state: lower(filter?.paymentState),
    fulfillment_state: lower(filter?.fulfillmentState),
    placed_after: filter?.placedAfter,
    placed_before: filter?.placedBefore,
    sort: asked.sort,
    after: asked.after,
    before: asked.before,
    limit: asked.limit,
    with_total: asked.withTotal || undefined,
    include: include(asked.parts),
  };
}

function orderPage({ items, has_more, total }: OrderPage): ServicePage<OrderRecord> {
  return {
    items: items.map((wire) => ({ cursor: wire.cursor, record: orderRecord(wire) })),
    hasMore: has_more,
    total: total ?? null,
  };
}

const pageTags = ({ items }: ServicePage<OrderRecord>): string[] => items.flatMap(({ record }) => tagsOf(record));

const list = contractRoute<OrderListInput, ServicePage<OrderRecord>, OrderPage>(
  'orders',
  'listOrders',
  contract.listOrders,
  {
    scope: 'caller',
    input: (asked) => ({ query: listQuery(asked) }),
    map: orderPage,
    key: (asked) => JSON.stringify(listQuery(asked)),
    // An empty list must change too when the customer's first order comes.
    tags: (page, { customerId }) => (customerId ? [`orders-of:${customerId}`, ...pageTags(page)] : pageTags(page)),
  },
);

const search = contractRoute<OrderSearchInput, ServicePage<OrderRecord>, OrderPage>(
  'orders',
  'searchOrders',
  contract.searchOrders,
  {
    scope: 'caller',
    input: (asked) => ({ query: { q: asked.text, ...listQuery(asked) } }),
    map: orderPage,
    key: (asked) => JSON.stringify([asked.text, listQuery(asked)]),
    tags: pageTags,
  },
);

const events = contractRoute<string, readonly OrderEventRecord[], OrderEventPage>(
  'orders',
  'listOrderEvents',
  contract.listOrderEvents,
  {
    scope: 'caller',
    input: (id) => ({ path: { id } }),
    map: ({ items }) => items.map(orderEventRecord),
    accepts: { 404: () => [] },
    key: (id) => id,
    tags: (_found, id) => [`order:${id}`],
  },
);

const summary = contractRoute<string, AccountSummaryRecord, OrderSummary>(
  'orders',
  'getOrderSummary',
  contract.getOrderSummary,
  {
    scope: 'caller',
    input: (customerId) => ({ query: { customer_id: customerId } }),
    map: accountSummaryRecord,
    key: (customerId) => customerId,
    tags: (_found, customerId) => [`orders-of:${customerId}`],
  },
);

const cancel = contractRoute<CancelInput, OrderRecord, Order>('orders', 'cancelOrder', contract.cancelOrder, {
  scope: 'caller',
  input: ({ id, reason, note }) => ({
    path: { id },
    body: { reason: reason.toLowerCase(), ...(note !== undefined && { note }) },
  }),
  map: orderRecord,
  invalidates: ({ id }, cancelled) => (cancelled ? tagsOf(cancelled) : [`order:${id}`]),
});

/** The order service as resolvers see it: the caller's orders (all, for support), and nothing of HTTP. */
export function createOrdersService(upstream: Upstream) {
  const routes = {
    byId: upstream.bind(byId),
    byIds: upstream.bind(byIds),
    list: upstream.bind(list),
    search: upstream.bind(search),
    events: upstream.bind(events),
    summary: upstream.bind(summary),
    cancel: upstream.bind(cancel),
  };
  const guarded = (page: ServicePage<OrderRecord>, context: CallContext): ServicePage<OrderRecord> => {
    const items = visibleOnly(page.items, ({ record }) => ownerOf(record), context);
    return items === page.items ? page : { ...page, items };
  };
  return {
    async byId(context: CallContext, id: string, parts: OrderParts): Promise<OrderRecord | null> {
      return visible((await routes.byId({ id, parts }, context)).value, ownerOf, context);
    },
    /** In the order of `ids`; null for what does not exist for the caller. */
    async byIds(context: CallContext, batch: OrderBatchInput): Promise<(OrderRecord | Error | null)[]> {
      const { value } = await routes.byIds(batch, context);
      return batch.ids.map((id) => {
        const found: unknown = value.get(keyOf(id, batch.parts)) ?? null;
        return found instanceof Error ? found : visible(found as OrderRecord | null, ownerOf, context);
      });
    },
    async list(context: CallContext, asked: OrderListInput): Promise<ServicePage<OrderRecord>> {
      return guarded((await routes.list(asked, context)).value, context);
    },
    async search(context: CallContext, asked: OrderSearchInput): Promise<ServicePage<OrderRecord>> {
      return guarded((await routes.search(asked, context)).value, context);
    },
    /** Of an order that the caller was shown before; at most 200. */
    async events(context: CallContext, order: OrderRecord): Promise<readonly OrderEventRecord[]> {
      return (await routes.events(order.id, context)).value;
    },
    async summary(context: CallContext, customerId: string): Promise<AccountSummaryRecord | null> {
      return visible((await routes.summary(customerId, context)).value, () => customerId, context);
    },
    /** The caller must have been shown the order before. */
    async cancel(context: CallContext, input: CancelInput, options: CallOptions): Promise<OrderRecord> {
      return (await routes.cancel(input, context, options)).value;
    },
  };
}

export type OrdersService = ReturnType<typeof createOrdersService>;
