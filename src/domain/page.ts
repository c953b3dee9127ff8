import type { LineItemRecord, OrderRecord, PaymentMethodRecord, RefundRecord } from './records.ts';
import type { UserReference } from './user-reference.ts';

/** Where a page lies in its list; what every `PageInfo` is made of. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Null on an empty page. */
  readonly startCursor: string | null;
  /** Null on an empty page. */
  readonly endCursor: string | null;
}

export interface Edge<Item> {
  /** Opaque to clients. */
  readonly cursor: string;
  readonly node: Item;
}

/** One page of a list, in the shape of a Relay connection so that its fields need no resolvers. */
export interface Page<Item> {
  readonly nodes: readonly Item[];
  readonly edges: readonly Edge<Item>[];
  readonly pageInfo: PageInfo;
  /** How many match in all; null where the service can't tell cheaply or was not asked. */
  readonly totalCount: number | null;
}

/** The pages that fields answer with, under names that generated resolver types can refer to. */
export type OrderPage = Page<OrderRecord>;
export type OrderPageEdge = Edge<OrderRecord>;
export type LineItemPage = Page<LineItemRecord>;
export type LineItemPageEdge = Edge<LineItemRecord>;
export type RefundPage = Page<RefundRecord>;
export type RefundPageEdge = Edge<RefundRecord>;
export type PaymentMethodPage = Page<PaymentMethodRecord>;
export type PaymentMethodPageEdge = Edge<PaymentMethodRecord>;
export type UserPage = Page<UserReference>;
export type UserPageEdge = Edge<UserReference>;
