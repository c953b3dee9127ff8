import { readObject } from '../kit/body-reader.ts';
import { conditionalReply } from '../kit/conditional.ts';
import { decodeCursor } from '../kit/cursor.ts';
import { Problem } from '../kit/problem.ts';
import { readEmbeds, readQuery } from '../kit/query-reader.ts';
import type { Route } from '../kit/router.ts';
import { listOrders, listParameters } from './order-list.ts';
import { eventListOf, type OrderPart, type OrderStore, showEvents, showOrder } from './order-store.ts';
import { summarise } from './order-summary.ts';

const headers = { 'Cache-Control': 'private, max-age=5' };
const parts: readonly OrderPart[] = ['line_items', 'shipments', 'events'];

export function readRoutes(orders: OrderStore): Route[] {
  return [
    {
      operation: 'listOrders',
      method: 'GET',
      path: '/v1/orders',
      query: listParameters,
      handle({ query, caller }) {
        if (caller.role === 'customer' && !query.has('customer_id')) {
          throw new Problem(403, 'forbidden', 'A customer lists the orders of one customer_id.');
        }
        return { status: 200, headers, body: listOrders(orders.database, query) };
      },
    },
    {
      operation: 'searchOrders',
      method: 'GET',
      path: '/v1/orders/search',
      query: ['q', ...listParameters],
      roles: ['support', 'admin', 'service'],
      handle({ query }) {
        const reader = readQuery(query);
        const q = reader.text('q', { min: 2 });
        if (q === undefined) reader.refuse('q', 'required', 'Required.');
        reader.finish();
        return { status: 200, headers, body: listOrders(orders.database, query, q) };
      },
    },
    {
      operation: 'getOrderSummary',
      method: 'GET',
      path: '/v1/orders/summary',
      query: ['customer_id'],
      handle({ query }) {
        const reader = readQuery(query);
        const customerId = reader.text('customer_id', { max: 64 });
        if (customerId === undefined) reader.refuse('customer_id', 'required', 'Required.');
        reader.finish();
        return { status: 200, headers, body: summarise(orders.database, customerId!) };
      },
    },
    {
      operation: 'batchGetOrders',
      method: 'POST',
      path: '/v1/orders/batch-get',
      isSafe: true,
      handle({ body }) {
        const reader = readObject(body, ['ids', 'include']);
        const ids = reader.texts('ids', { min: 1, max: 100 });
        const include = new Set(reader.texts('include', { min: 0, max: 2 }) as OrderPart[]);
        for (const name of include) {
          if (!parts.slice(0, 2).includes(name)) reader.refuse('include', 'unknown_value', 'line_items or shipments.');
        }
        reader.finish();
        const items: object[] = [];
        const missing: string[] = [];
        for (const id of new Set(ids)) {
          const order = orders.find(id);
          if (order === undefined) missing.push(id);
          else items.push(showOrder(order, include));
        }
        return { status: 200, headers, body: { items, missing } };
      },
    },
    {
      operation: 'getOrder',
      method: 'GET',
      path: '/v1/orders/{id}',
      query: ['include'],
      handle(request) {
        const reader = readQuery(request.query);
        const include = readEmbeds(reader, 'include', parts);
        reader.finish();
        const order = orders.get(request.params['id']!);
        return conditionalReply(request, order.record.version, headers['Cache-Control'], showOrder(order, include));
      },
    },
    {
      operation: 'listOrderEvents',
      method: 'GET',
      path: '/v1/orders/{id}/events',
      query: ['after', 'limit'],
      handle({ params, query }) {
        const reader = readQuery(query);
        const after = reader.text('after', { max: 512 });
        const limit = reader.integer('limit', { min: 1, max: 200, fallback: 200 });
        reader.finish();
        const order = orders.get(params['id']!);
        const place = after === undefined ? undefined : decodeCursor(eventListOf(order.record.id), after, 'after')[0];
        const start = place === undefined ? 0 : order.events.findIndex(({ id }) => id === place) + 1;
        const items = showEvents(order).slice(start, start + limit);
        return { status: 200, headers, body: { items, has_more: start + limit < order.events.length } };
      },
    },
  ];
}
