import type { Database } from '../kit/database.ts';
import type { WholeOrder } from './order-records.ts';

/** The parts of a row; `record` is always read, the others where they are needed. */
export const wholeColumns = 'record, line_items, shipments, events, captured';

export function insertOrder(database: Database, sequence: number, order: WholeOrder): void {
  database
    .sql(`INSERT INTO orders (sequence, id, ${wholeColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`)
    .run(
      sequence,
      order.record.id,
      JSON.stringify(order.record),
      JSON.stringify(order.lineItems),
      JSON.stringify(order.shipments),
      JSON.stringify(order.events),
      order.captured,
    );
  const skus = new Set(order.lineItems.map(({ sku }) => sku?.toUpperCase()));
  for (const sku of skus) {
    if (sku !== undefined) database.sql('INSERT INTO order_skus VALUES (?, ?)').run(sku, sequence);
  }
}

/** Writes back what can change in an order; its lines can't. */
export function updateOrderRow(database: Database, order: WholeOrder): void {
  database
    .sql('UPDATE orders SET record = ?, shipments = ?, events = ?, captured = ? WHERE id = ?')
    .run(
      JSON.stringify(order.record),
      JSON.stringify(order.shipments),
      JSON.stringify(order.events),
      order.captured,
      order.record.id,
    );
}

export function parseOrder(row: Record<string, unknown>): WholeOrder {
  return {
    record: JSON.parse(String(row['record'])),
    lineItems: JSON.parse(String(row['line_items'])),
    shipments: JSON.parse(String(row['shipments'])),
    events: JSON.parse(String(row['events'])),
    captured: Number(row['captured']),
  };
}
