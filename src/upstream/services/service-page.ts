/** One page of a list as a service cut it, in the order asked for. */
export interface ServicePage<Item> {
  readonly items: readonly { readonly cursor: string; readonly record: Item }[];
  /** Are there more in the direction that was asked? */
  readonly hasMore: boolean;
  readonly total: number | null;
}

/** How a list is walked: forward from `after`, or backward from `before`. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}
