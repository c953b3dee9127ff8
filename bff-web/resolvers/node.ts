import { isIdOf, kindOf } from '../../src/resolvers/record-id.ts';
import { loadOrder, partsFor } from '../../src/resolvers/order-parts.ts';
import type { Selection } from '../../src/resolvers/look-ahead.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
import type { NodeResolvers, ResolversParentTypes } from '../generated/resolvers.ts';
import { orderPartFields } from './order.ts';
import { loadPerson } from './person.ts';

const typeNames = { order: 'Order', payment: 'Payment', refund: 'Refund', user: 'User' } as const;

export const node: NodeResolvers = {
  __resolveType: ({ id }) => typeNames[kindOf(id) ?? 'order'],
};

/** The record that an id names; null when there is none for the caller. */
export async function loadNode(
  id: string,
  selection: Selection,
  context: ResolverContext,
): Promise<ResolversParentTypes['Node'] | null> {
  switch (kindOf(id)) {
    case 'order':
      return loadOrder(id, partsFor(selection, orderPartFields), context);
    case 'payment':
      return context.services.payments.byId(context, id);
    case 'refund':
      return context.services.payments.refundById(context, id);
    case 'user':
      return loadPerson(id, selection, context);
    default:
      return null;
  }
}

/** One order; null when there is none for the caller. */
export function loadOrderById(id: string, selection: Selection, context: ResolverContext) {
  return isIdOf('order', id) ? loadOrder(id, partsFor(selection, orderPartFields), context) : null;
}
