import type { Database } from '../kit/database.ts';
import { inboxSchema } from '../kit/signed-inbox.ts';
import { forEachOrder } from '../seed/order-plan.ts';
import { insertOrder } from './order-rows.ts';
import { seededOrder } from './seeded-order.ts';

/** A record is kept as the JSON it is answered as; what lists filter and sort by is generated from it. */
export const orderTables = `
  CREATE TABLE orders (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    line_items TEXT NOT NULL,
    shipments TEXT NOT NULL,
    events TEXT NOT NULL,
    captured INTEGER NOT NULL,
    number TEXT GENERATED ALWAYS AS (record ->> 'number') STORED,
    customer_id TEXT GENERATED ALWAYS AS (record ->> 'customer_id') STORED,
    contact_email TEXT GENERATED ALWAYS AS (lower(record ->> 'contact_email')) STORED,
    status TEXT GENERATED ALWAYS AS (record ->> 'status') STORED,
    payment_state TEXT GENERATED ALWAYS AS (record ->> 'payment_state') STORED,
    fulfillment_state TEXT GENERATED ALWAYS AS (record ->> 'fulfillment_state') STORED,
    currency TEXT GENERATED ALWAYS AS (record ->> 'currency') STORED,
    placed_at TEXT GENERATED ALWAYS AS (record ->> 'placed_at') STORED,
    updated_at TEXT GENERATED ALWAYS AS (record ->> 'updated_at') STORED,
    total INTEGER GENERATED ALWAYS AS (record ->> '$.total.amount') STORED
  );
  CREATE UNIQUE INDEX orders_number ON orders (number);
  CREATE INDEX orders_customer ON orders (customer_id, placed_at, id);
  CREATE INDEX orders_email ON orders (contact_email);
  CREATE INDEX orders_placed_at ON orders (placed_at, id);
  CREATE INDEX orders_updated_at ON orders (updated_at, id);
  CREATE INDEX orders_total ON orders (total, id);

  CREATE TABLE order_skus (sku TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (sku, sequence)) WITHOUT ROWID;

  CREATE TABLE pending_cancellations (
    order_id TEXT PRIMARY KEY, due_at INTEGER NOT NULL, reason TEXT NOT NULL, note TEXT, actor TEXT
  ) WITHOUT ROWID;
  ${inboxSchema}
`;

export function seedOrders(database: Database, lastDayMs: number): void {
  forEachOrder(lastDayMs, (plan) => insertOrder(database, plan.index + 1, seededOrder(plan)));
}
