import type { Database, SqlValue } from '../kit/database.ts';
import { invalidParameter, type Problem } from '../kit/problem.ts';
import type { QueryReader } from '../kit/query-reader.ts';

export const pageParameters = ['starting_after', 'ending_before', 'limit'] as const;

/** Where a page starts, by the id of an item, and how long it is. */
export interface PageRequest {
  startingAfter: string | undefined;
  endingBefore: string | undefined;
  limit: number;
}

export function readPage(reader: QueryReader, limits: { max: number; fallback: number }): PageRequest {
  const startingAfter = reader.text('starting_after', { max: 64 });
  const endingBefore = reader.text('ending_before', { max: 64 });
  if (startingAfter !== undefined && endingBefore !== undefined) {
    reader.refuse('ending_before', 'not_with_starting_after', 'Either one.');
  }
  return { startingAfter, endingBefore, limit: reader.integer('limit', { min: 1, ...limits }) };
}

/** A page of records, newest first, ties by id, placed by the id of an item as Stripe does it. */
export function pageOf<T>(
  database: Database,
  table: 'payments' | 'refunds' | 'disputes',
  filter: { conditions: readonly string[]; values: readonly SqlValue[] },
  page: PageRequest,
): { data: T[]; has_more: boolean } {
  const conditions = [...filter.conditions];
  const values = [...filter.values];
  const isBackward = page.endingBefore !== undefined;
  const anchor = page.startingAfter ?? page.endingBefore;
  if (anchor !== undefined) {
    const row = database.sql(`SELECT created_at FROM ${table} WHERE id = ?`).get(anchor);
    if (row === undefined) throw unknownAnchor(isBackward);
    conditions.push(`(created_at, id) ${isBackward ? '>' : '<'} (?, ?)`);
    values.push(String(row['created_at']), anchor);
  }
  const direction = isBackward ? 'ASC' : 'DESC';
  const rows = database
    .sql(
      `SELECT record FROM ${table} WHERE ${conditions.join(' AND ')}
       ORDER BY created_at ${direction}, id ${direction} LIMIT ?`,
    )
    .all(...values, page.limit + 1);
  const data: T[] = rows.slice(0, page.limit).map((row) => JSON.parse(String(row['record'])));
  if (isBackward) data.reverse();
  return { data, has_more: rows.length > page.limit };
}

/** The same over a short list that is in memory. */
export function pageOfList<T extends { id: string }>(
  items: readonly T[],
  page: PageRequest,
): { data: T[]; has_more: boolean } {
  const anchor = page.startingAfter ?? page.endingBefore;
  const place = anchor === undefined ? -1 : items.findIndex(({ id }) => id === anchor);
  if (anchor !== undefined && place < 0) throw unknownAnchor(page.endingBefore !== undefined);
  if (page.endingBefore !== undefined) {
    const start = Math.max(0, place - page.limit);
    return { data: items.slice(start, place), has_more: start > 0 };
  }
  const end = place + 1 + page.limit;
  return { data: items.slice(place + 1, end), has_more: end < items.length };
}

function unknownAnchor(isBackward: boolean): Problem {
  return invalidParameter(
    isBackward ? 'ending_before' : 'starting_after',
    'unknown_id',
    'The id of an item of this list.',
  );
}
