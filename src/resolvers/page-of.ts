import type { Edge, Page, PageInfo } from '../domain/page.ts';
import { ListEdge, placeOf } from './cursor.ts';
import type { PageSlice } from './page-slice.ts';

/** What is known of a page's surroundings. */
interface Around {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount?: number | null;
}

/** A page from its edges and what is known of its surroundings. */
export function pageOf<Item>(edges: readonly Edge<Item>[], around: Around): Page<Item> {
  return { edges, pageInfo: new EdgeInfo(edges, around), totalCount: around.totalCount ?? null };
}

/**
 * Makes its cursors when they are asked for. A class, because V8 makes a hidden class of its own for each object literal with getters,
 * and with it keeps the page until the next full collection.
 */
class EdgeInfo implements PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #edges: readonly Edge<unknown>[];

  constructor(edges: readonly Edge<unknown>[], { hasNextPage, hasPreviousPage }: Around) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.#edges = edges;
  }

  get startCursor(): string | null {
    return this.#edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.#edges.at(-1)?.cursor ?? null;
  }
}

/**
 * A page of a list that is here as a whole. A cursor names the item and where it stood; should the item be gone since, the page begins
 * where it stood.
 */
export function pageOfAll<Item extends { readonly id: string }>(
  items: readonly Item[],
  { isBackward, size, cursor }: PageSlice,
  list: string,
): Page<Item> {
  const at = cursor === undefined ? undefined : findPlace(items, placeOf(list, cursor));
  const from = isBackward ? Math.max(0, (at?.index ?? items.length) - size) : (at?.next ?? 0);
  const to = isBackward ? (at?.index ?? items.length) : Math.min(items.length, from + size);
  const edges = items.slice(from, to).map((node, index) => new ListEdge(list, `${from + index} ${node.id}`, node));
  return pageOf(edges, { hasNextPage: to < items.length, hasPreviousPage: from > 0, totalCount: items.length });
}

function findPlace(items: readonly { readonly id: string }[], place: string): { index: number; next: number } {
  const space = place.indexOf(' ');
  const id = place.slice(space + 1);
  const found = items.findIndex((item) => item.id === id);
  if (found >= 0) return { index: found, next: found + 1 };
  const stood = Math.min(Number(place.slice(0, space)), items.length);
  return { index: stood, next: stood };
}
