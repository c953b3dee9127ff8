import { conditionalReply } from '../kit/conditional.ts';
import { decodeCursor, encodeCursor } from '../kit/cursor.ts';
import type { SqlValue } from '../kit/database.ts';
import { invalidParameter, notFound, Problem } from '../kit/problem.ts';
import { readEmbeds, readQuery } from '../kit/query-reader.ts';
import type { ServiceRequest } from '../kit/request.ts';
import type { Route } from '../kit/router.ts';
import type { UserRecord, UserStore } from './user-store.ts';

const cacheControl = 'private, max-age=30';
const searchParameters = ['query', 'status', 'created_after', 'created_before', 'cursor', 'limit'] as const;

/** Batch by ids and search under one path, and the look-up by e-mail. */
export function searchRoutes(users: UserStore): Route[] {
  return [
    {
      operation: 'listUsers',
      method: 'GET',
      path: '/v1/users',
      query: ['ids', 'include', ...searchParameters],
      handle(request) {
        const isBatch = request.query.has('ids');
        const mixed = searchParameters.find((name) => isBatch && request.query.has(name));
        if (mixed !== undefined) throw invalidParameter(mixed, 'not_with_ids', 'Either ids or a search.');
        const body = isBatch ? readBatch(users, request) : search(users, request);
        return { status: 200, headers: { 'Cache-Control': cacheControl }, body };
      },
    },
    {
      operation: 'lookupUser',
      method: 'GET',
      path: '/v1/users/lookup',
      query: ['email', 'include'],
      roles: ['support', 'admin', 'service'],
      handle(request) {
        const reader = readQuery(request.query);
        const email = reader.text('email', { min: 3, max: 254 });
        if (email === undefined) reader.refuse('email', 'required', 'Required.');
        const include = readEmbeds(reader, 'include', ['addresses']);
        reader.finish();
        const user = users.findByEmail(email!);
        if (user === undefined) throw notFound('user');
        return conditionalReply(request, user.version, cacheControl, users.show(user, include.has('addresses')));
      },
    },
  ];
}

function readBatch(users: UserStore, request: ServiceRequest): object {
  const reader = readQuery(request.query);
  const ids = new Set(reader.list('ids', { max: 100, split: true }));
  const include = readEmbeds(reader, 'include', ['addresses']);
  reader.finish();
  const found = [...ids].map((id) => users.find(id)).filter((user) => user !== undefined);
  return {
    items: found.map((user) => users.show(user, include.has('addresses'))),
    next_cursor: null,
    prev_cursor: null,
  };
}

/** Newest first, by keyset: a page token holds the place of an item and the direction to read in. */
function search(users: UserStore, request: ServiceRequest): object {
  if (request.caller.role === 'customer') {
    throw new Problem(403, 'forbidden', 'Search is for the roles support, admin and service.');
  }
  const reader = readQuery(request.query);
  const filter = readFilter(reader);
  const limit = reader.integer('limit', { min: 1, max: 100, fallback: 25 });
  const token = reader.text('cursor', { max: 512 });
  const include = readEmbeds(reader, 'include', ['addresses']);
  reader.finish();

  const boundTo = JSON.stringify([filter.conditions, filter.values]);
  const place = token === undefined ? undefined : decodeCursor(boundTo, token, 'cursor');
  const isBackward = place?.[0] === 'prev';
  const direction = isBackward ? 'ASC' : 'DESC';
  const conditions = [...filter.conditions, ...(place ? [`(created_at, id) ${isBackward ? '>' : '<'} (?, ?)`] : [])];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const rows = users.database
    .sql(`SELECT record FROM users ${where} ORDER BY created_at ${direction}, id ${direction} LIMIT ?`)
    .all(...filter.values, ...(place ?? []).slice(1), limit + 1);
  const found: UserRecord[] = rows.slice(0, limit).map((row) => JSON.parse(String(row['record'])));
  if (isBackward) found.reverse();

  const isCut = rows.length > limit;
  const hasNext = isBackward || isCut;
  const hasPrevious = isBackward ? isCut : place !== undefined;
  const tokenAt = (way: 'next' | 'prev', user: UserRecord | undefined): string | null =>
    user === undefined ? null : encodeCursor(boundTo, [way, user.created_at, user.id]);
  return {
    items: found.map((user) => users.show(user, include.has('addresses'))),
    next_cursor: hasNext ? tokenAt('next', found.at(-1)) : null,
    prev_cursor: hasPrevious ? tokenAt('prev', found[0]) : null,
  };
}

function readFilter(reader: ReturnType<typeof readQuery>): { conditions: string[]; values: SqlValue[] } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const where = (condition: string, ...given: SqlValue[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  const text = reader.text('query', { min: 2 });
  if (text !== undefined) {
    const prefix = `${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const like = ['display_name', 'family_name', 'email'].map((column) => String.raw`${column} LIKE ? ESCAPE '\'`);
    where(`(${like.join(' OR ')} OR id = ? OR phone = ?)`, prefix, prefix, prefix, text, text);
  }
  const statuses = reader.list('status', { max: 10 });
  if (statuses.length > 0) where(`status IN (${statuses.map(() => '?').join()})`, ...statuses);
  const createdAfter = reader.instant('created_after');
  if (createdAfter !== undefined) where('created_at >= ?', new Date(createdAfter).toISOString());
  const createdBefore = reader.instant('created_before');
  if (createdBefore !== undefined) where('created_at < ?', new Date(createdBefore).toISOString());
  return { conditions, values };
}
