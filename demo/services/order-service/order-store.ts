import { timestamp } from '../kit/clock.ts';
import { encodeCursor } from '../kit/cursor.ts';
import type { Database } from '../kit/database.ts';
import { notFound } from '../kit/problem.ts';
import type { ServiceBase } from '../kit/service.ts';
import type { OrderCancelled, OrderPlaced } from '../peer-events.ts';
import type { OrderEvent, OrderRecord, WholeOrder } from './order-records.ts';
import { insertOrder, parseOrder, updateOrderRow, wholeColumns } from './order-rows.ts';

export type OrderPart = 'line_items' | 'shipments' | 'events';

/** What happened, as a handler says it; the store adds id and time. */
export type NewEvent = Pick<OrderEvent, 'type' | 'actor'> & Partial<OrderEvent>;

export interface OrderStore {
  database: Database;
  now(): number;
  find(id: string): WholeOrder | undefined;
  /** The order or a 404. */
  get(id: string): WholeOrder;
  /** Adds a new order and gives it its number. Call inside a transaction. */
  add(order: WholeOrder): WholeOrder;
  /** Stores a change with the events that tell of it: a new version, a new `updated_at`. Call inside a transaction. */
  save(order: WholeOrder, events: readonly NewEvent[]): WholeOrder;
}

/** The contract's bound on the events of an order: the first one stays, the oldest others go. */
const maxEvents = 200;

export function createOrderStore({ database, clock, outbox }: ServiceBase): OrderStore {
  const store: OrderStore = {
    database,
    now: () => clock.now(),
    find(id) {
      const row = database.sql(`SELECT ${wholeColumns} FROM orders WHERE id = ?`).get(id);
      return row === undefined ? undefined : parseOrder(row);
    },
    get(id) {
      const order = store.find(id);
      if (order === undefined) throw notFound('order');
      return order;
    },
    add(order) {
      const row = database.sql('SELECT coalesce(max(sequence), 0) + 1 AS next FROM orders').get();
      const sequence = Number(row?.['next']);
      const record = { ...order.record, number: `F-${100_000 + sequence}` };
      const numbered = { ...order, record };
      insertOrder(database, sequence, numbered);
      const placed: OrderPlaced = {
        id: record.id,
        customer_id: record.customer_id,
        currency: record.currency,
        total: record.total.amount,
      };
      outbox.publish('order.placed', placed, 'peer');
      outbox.publish('order.updated', summaryOf(record), 'webhooks');
      return numbered;
    },
    save(order, news) {
      const at = timestamp(clock.now());
      const events = [...order.events, ...news.map((event) => newEvent(event, at))];
      if (events.length > maxEvents) events.splice(1, events.length - maxEvents);
      const record = { ...order.record, updated_at: at, version: order.record.version + 1 };
      const saved = { ...order, record, events };
      updateOrderRow(database, saved);
      if (news.some(({ type }) => type === 'cancelled')) {
        const cancelled: OrderCancelled = { id: record.id };
        outbox.publish('order.cancelled', cancelled, 'peer');
        outbox.publish('order.cancelled', summaryOf(record), 'webhooks');
      } else {
        outbox.publish('order.updated', summaryOf(record), 'webhooks');
      }
      return saved;
    },
  };
  return store;
}

export function newEvent(event: NewEvent, at: string): OrderEvent {
  return { id: `evt_${crypto.randomUUID().replaceAll('-', '')}`, at, ref_id: null, state: null, ...event };
}

/** The order as answered, with the parts that were asked for. */
export function showOrder(order: WholeOrder, include: ReadonlySet<OrderPart>): object {
  return {
    ...order.record,
    ...(include.has('line_items') && { line_items: order.lineItems }),
    ...(include.has('shipments') && { shipments: order.shipments }),
    ...(include.has('events') && { events: showEvents(order) }),
  };
}

export function showEvents({ record, events }: WholeOrder): object[] {
  return events.map((event) => Object.assign({ cursor: encodeCursor(eventListOf(record.id), [event.id]) }, event));
}

/** What an event cursor is bound to. */
export const eventListOf = (orderId: string): string => `events of ${orderId}`;

function summaryOf({ id, customer_id, status, version }: OrderRecord): object {
  return { id, customer_id, status, version };
}
