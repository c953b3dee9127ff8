import type { OrderPageOptions, OrderQuestion } from '../../src/resolvers/order-page.ts';
import { type Selection, selects } from '../../src/resolvers/look-ahead.ts';
import { partsFor } from '../../src/resolvers/order-parts.ts';
import type { UserOrdersArgs } from '../generated/resolvers.ts';
import { orderPartFields } from './order.ts';

export type OrderListArguments = Partial<Pick<UserOrdersArgs, 'filter' | 'sortBy'>>;

/** The question behind the arguments of a connection of orders; newest first unless asked otherwise. */
export function orderQuestion({
  filter,
  sortBy,
  customerId,
  text,
}: OrderListArguments & { readonly customerId?: string; readonly text?: string | undefined }): OrderQuestion {
  return {
    customerId,
    text,
    filter: {
      status: filter?.status ?? undefined,
      paymentState: filter?.paymentState ?? undefined,
      fulfillmentState: filter?.fulfillmentState ?? undefined,
      placedAfter: filter?.placedAfter ?? undefined,
      placedBefore: filter?.placedBefore ?? undefined,
    },
    sortBy: { key: sortBy?.key ?? 'PLACED_AT', direction: sortBy?.direction ?? 'DESC' },
  };
}

/** What has to come along with a page of orders for what is selected below it. */
export function orderPageOptions(selection: Selection): OrderPageOptions {
  const { lineItems, shipments } = partsFor(selection, orderPartFields, ['nodes', 'edges.node']);
  return { parts: { lineItems, shipments }, withTotal: selects(selection, 'totalCount') };
}
