import type { GraphQLResolveInfo } from 'graphql';
import { cancelledText, paidText } from '../../src/domain/display-confirmation.ts';
import type { OrderRecord } from '../../src/domain/records.ts';
import { loadOrder, partsFor } from '../../src/resolvers/order-parts.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
import type { MobileCancelOrderSuccessResolvers, QuickPaySuccessResolvers } from '../generated/resolvers.ts';
import { partFields } from './order-parts.ts';

export const quickPaySuccess: QuickPaySuccessResolvers = {
  order: ({ order }, _args, context, info) => wholeOrder(order, context, info),
  confirmationText: ({ payment }, _args, { locale }) => paidText(payment, locale),
  nextActionUrl: ({ payment }) => payment.nextAction?.redirectUrl ?? null,
};

export const mobileCancelOrderSuccess: MobileCancelOrderSuccessResolvers = {
  order: ({ cancelled }, _args, context, info) => wholeOrder(cancelled, context, info),
  confirmationText: ({ cancelled }, _args, { locale }) => cancelledText(cancelled, locale),
};

/** The order that the write brought, unless a field needs a part that it lacks: then it is read again, and only then it can fail. */
function wholeOrder(order: OrderRecord, context: ResolverContext, info: GraphQLResolveInfo) {
  const wanted = partsFor(info, partFields);
  const isWhole = !(wanted.lineItems && order.lineItems === null) && !(wanted.shipments && order.shipments === null);
  return isWhole ? order : loadOrder(order.id, wanted, context);
}
