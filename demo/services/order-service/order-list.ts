import { decodeCursor, encodeCursor } from '../kit/cursor.ts';
import type { Database, SqlValue } from '../kit/database.ts';
import { invalidParameter } from '../kit/problem.ts';
import { readEmbeds, readQuery } from '../kit/query-reader.ts';
import type { OrderRecord } from './order-records.ts';

export const listParameters = [
  'customer_id',
  'status',
  'payment_state',
  'fulfillment_state',
  'placed_after',
  'placed_before',
  'sort',
  'after',
  'before',
  'limit',
  'with_total',
  'include',
] as const;

const sorts = ['-placed_at', 'placed_at', '-updated_at', 'updated_at', '-total', 'total'] as const;

/** A page of orders by item cursors; `q` narrows it to what a support agent typed. */
export function listOrders(database: Database, query: URLSearchParams, q?: string): object {
  const reader = readQuery(query);
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const where = (condition: string, ...given: SqlValue[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  const customerId = reader.text('customer_id', { max: 64 });
  if (customerId !== undefined) where('customer_id = ?', customerId);
  for (const name of ['status', 'payment_state', 'fulfillment_state']) {
    const wanted = reader.list(name, { max: 10, split: true });
    if (wanted.length > 0) where(`${name} IN (${wanted.map(() => '?').join()})`, ...wanted);
  }
  const placedAfter = reader.instant('placed_after');
  if (placedAfter !== undefined) where('placed_at >= ?', new Date(placedAfter).toISOString());
  const placedBefore = reader.instant('placed_before');
  if (placedBefore !== undefined) where('placed_at < ?', new Date(placedBefore).toISOString());
  if (q !== undefined) {
    const bySku = 'sequence IN (SELECT sequence FROM order_skus WHERE sku = ?)';
    where(`(number = ? OR contact_email = ? OR ${bySku})`, q.toUpperCase(), q.toLowerCase(), q.toUpperCase());
  }
  const sort = reader.oneOf('sort', sorts, '-placed_at');
  const after = reader.text('after', { max: 512 });
  const before = reader.text('before', { max: 512 });
  const limit = reader.integer('limit', { min: 1, max: 100, fallback: 25 });
  const isCounted = reader.flag('with_total');
  const include = readEmbeds(reader, 'include', ['line_items', 'shipments']);
  reader.finish();
  if (after !== undefined && before !== undefined) throw invalidParameter('before', 'not_with_after', 'Either one.');

  const filter = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const total = isCounted ? database.sql(`SELECT count(*) AS total FROM orders ${filter}`).get(...values) : undefined;

  const column = sort.replace('-', '') as 'placed_at' | 'updated_at' | 'total';
  const boundTo = `orders by ${sort}`;
  const isBackward = before !== undefined;
  const isDescending = sort.startsWith('-') !== isBackward;
  if (after !== undefined || before !== undefined) {
    const name = isBackward ? 'before' : 'after';
    const place = decodeCursor(boundTo, (before ?? after)!, name);
    where(`(${column}, id) ${isDescending ? '<' : '>'} (?, ?)`, ...place);
  }
  const pageFilter = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const direction = isDescending ? 'DESC' : 'ASC';
  const columns = ['record', ...include].join();
  const rows = database
    .sql(`SELECT ${columns} FROM orders ${pageFilter} ORDER BY ${column} ${direction}, id ${direction} LIMIT ?`)
    .all(...values, limit + 1);
  const page = rows.slice(0, limit);
  if (isBackward) page.reverse();

  return {
    items: page.map((row) => {
      const record: OrderRecord = JSON.parse(String(row['record']));
      const place = column === 'total' ? record.total.amount : record[column];
      const parts: Record<string, unknown> = { cursor: encodeCursor(boundTo, [place, record.id]) };
      for (const part of include) parts[part] = JSON.parse(String(row[part]));
      return Object.assign(record, parts);
    }),
    has_more: rows.length > limit,
    ...(total && { total: Number(total['total']) }),
  };
}
