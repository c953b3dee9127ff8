import type { OrderPage } from '../domain/page.ts';
import type { OrderFilter, OrderParts } from '../upstream/services/orders.ts';
import { cursorOf, placeOf } from './cursor.ts';
import { pageOf } from './page-of.ts';
import type { PageSlice } from './page-slice.ts';
import type { ResolverContext } from './resolver-context.ts';

export interface OrderQuestion {
  /** Absent: orders of everybody the caller may see. */
  readonly customerId?: string | undefined;
  /** Words to find; absent: a plain list. */
  readonly text?: string | undefined;
  readonly filter: OrderFilter;
  readonly sortBy: { readonly key: 'PLACED_AT' | 'UPDATED_AT' | 'TOTAL'; readonly direction: 'ASC' | 'DESC' };
}

export interface OrderPageOptions {
  readonly parts: OrderParts;
  /** Costs the service a count. */
  readonly withTotal: boolean;
}

/** A page of orders, one call however often it is asked for. New loaders, after a write, begin anew. */
export function loadOrderPage(
  question: OrderQuestion,
  slice: PageSlice,
  options: OrderPageOptions,
  context: ResolverContext,
): Promise<OrderPage> {
  const key = JSON.stringify([question, slice, options]);
  return context.loaders.orderPage(key, () => fetchOrderPage(question, slice, options, context));
}

/**
 * The service walks a list from its start only. The end of a list is the start of the list in the opposite order: there a page is asked
 * for and turned round, and its cursors remember that they are of the turned list.
 */
async function fetchOrderPage(
  question: OrderQuestion,
  { isBackward, size, cursor }: PageSlice,
  { parts, withTotal }: OrderPageOptions,
  context: ResolverContext,
): Promise<OrderPage> {
  const list = `orders ${JSON.stringify(question)}`;
  const place = cursor === undefined ? undefined : placeOf(list, cursor);
  const isTurned = place === undefined ? isBackward : place.startsWith(turnedMark);
  const anchor = place?.slice(1);
  const towardsEnd = isBackward === isTurned;
  const { customerId, text, filter, sortBy } = question;
  const request = {
    customerId,
    filter,
    sort: sortText(sortBy, isTurned),
    parts,
    withTotal,
    // A page of none still tells whether there are any.
    limit: Math.max(1, size),
    ...(anchor !== undefined && (towardsEnd ? { after: anchor } : { before: anchor })),
  };
  const { services } = context;
  const found =
    text === undefined
      ? await services.orders.list(context, request)
      : await services.orders.search(context, { ...request, text });
  const items = isTurned ? found.items.toReversed() : found.items;
  const mark = isTurned ? turnedMark : plainMark;
  const hasMore = size === 0 ? items.length > 0 : found.hasMore;
  const isInside = cursor !== undefined;
  const nodes = size === 0 ? [] : items.map(({ record }) => record);
  return pageOf(nodes, (index) => cursorOf(list, mark + items[index]?.cursor), {
    hasNextPage: isBackward ? isInside : hasMore,
    hasPreviousPage: isBackward ? hasMore : isInside,
    totalCount: found.total,
  });
}

const plainMark = '+';
const turnedMark = '-';

function sortText({ key, direction }: OrderQuestion['sortBy'], isTurned: boolean): string {
  const isDescending = (direction === 'DESC') !== isTurned;
  return `${isDescending ? '-' : ''}${key.toLowerCase()}`;
}
