import type { Edge, Page, PageInfo } from '../domain/page.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { PageSlice } from './page-slice.ts';

/** What is known of a page's surroundings. */
interface Around {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount?: number | null;
}

/**
 * A page from its items and what is known of its surroundings. Edges and cursors (`cursorAt` an index) are made when they are asked for:
 * most lists are shown without a way to go on from every item. Classes, because V8 makes a hidden class of its own for each object
 * literal with getters, and with it keeps the page until the next full collection.
 */
export function pageOf<Item>(nodes: readonly Item[], cursorAt: (index: number) => string, around: Around): Page<Item> {
  return new ListPage(nodes, cursorAt, around);
}

class ListPage<Item> implements Page<Item> {
  readonly nodes: readonly Item[];
  readonly totalCount: number | null;
  readonly #cursorAt: (index: number) => string;
  readonly #around: Around;
  #edges: readonly Edge<Item>[] | undefined;
  #pageInfo: PageInfo | undefined;

  constructor(nodes: readonly Item[], cursorAt: (index: number) => string, around: Around) {
    this.nodes = nodes;
    this.totalCount = around.totalCount ?? null;
    this.#cursorAt = cursorAt;
    this.#around = around;
  }

  // Kept, since compiled operations read a property several times.
  get edges(): readonly Edge<Item>[] {
    return (this.#edges ??= this.nodes.map((node, index) => new ListEdge(node, this.#cursorAt, index)));
  }

  get pageInfo(): PageInfo {
    return (this.#pageInfo ??= new ListPageInfo(this.#around, this.#cursorAt, this.nodes.length));
  }
}

class ListEdge<Item> implements Edge<Item> {
  readonly node: Item;
  readonly #cursorAt: (index: number) => string;
  readonly #index: number;

  constructor(node: Item, cursorAt: (index: number) => string, index: number) {
    this.node = node;
    this.#cursorAt = cursorAt;
    this.#index = index;
  }

  get cursor(): string {
    return this.#cursorAt(this.#index);
  }
}

class ListPageInfo implements PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #cursorAt: (index: number) => string;
  readonly #size: number;

  constructor({ hasNextPage, hasPreviousPage }: Around, cursorAt: (index: number) => string, size: number) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.#cursorAt = cursorAt;
    this.#size = size;
  }

  get startCursor(): string | null {
    return this.#size === 0 ? null : this.#cursorAt(0);
  }

  get endCursor(): string | null {
    return this.#size === 0 ? null : this.#cursorAt(this.#size - 1);
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
  const cursorAt = (index: number): string => cursorOf(list, `${from + index} ${items[from + index]?.id}`);
  return pageOf(from === 0 && to === items.length ? items : items.slice(from, to), cursorAt, {
    hasNextPage: to < items.length,
    hasPreviousPage: from > 0,
    totalCount: items.length,
  });
}

function findPlace(items: readonly { readonly id: string }[], place: string): { index: number; next: number } {
  const space = place.indexOf(' ');
  const id = place.slice(space + 1);
  const found = items.findIndex((item) => item.id === id);
  if (found >= 0) return { index: found, next: found + 1 };
  const stood = Math.min(Number(place.slice(0, space)), items.length);
  return { index: stood, next: stood };
}
