import { seesOthers } from '../context/principal.ts';
import { type Actor, availableActions } from '../domain/available-actions.ts';
import type { OrderRecord } from '../domain/records.ts';
import type { OrderAction } from '../domain/states.ts';
import type { ResolverContext } from './resolver-context.ts';

/** The caller's part in an order. */
export function actorOf({ customerId }: OrderRecord, { principal }: ResolverContext): Actor {
  return { isOwner: customerId === principal.subject, isStaff: seesOthers(principal) };
}

/**
 * What the caller may do with an order after the service refused one action. A help and no more: it never makes a clear answer fail, so
 * it is empty when the order can't be read.
 */
export async function allowedInstead(
  orderId: string,
  refused: OrderAction,
  context: ResolverContext,
): Promise<readonly OrderAction[]> {
  const order = await context.services.orders.byId(context, orderId, {}).catch(() => null);
  // The order may be a kept one from before what the service knows.
  return order ? availableActions(order, actorOf(order, context)).filter((action) => action !== refused) : [];
}
