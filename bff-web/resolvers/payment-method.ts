import type { PaymentMethodPage } from '../../src/domain/page.ts';
import { brandName } from '../../src/domain/instrument-label.ts';
import { cursorOf, placeOf } from '../../src/resolvers/cursor.ts';
import { pageOf } from '../../src/resolvers/page-of.ts';
import type { PageSlice } from '../../src/resolvers/page-slice.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
import type {
  CardPaymentMethodResolvers,
  PaymentMethodResolvers,
  WalletPaymentMethodResolvers,
} from '../generated/resolvers.ts';

/** Kinds that we don't know, and known ones without what they should have, can still be shown by their label. */
export const paymentMethod: PaymentMethodResolvers = {
  __resolveType({ card, wallet }) {
    if (card) return 'CardPaymentMethod';
    return wallet ? 'WalletPaymentMethod' : 'OtherPaymentMethod';
  },
};

export const cardPaymentMethod: CardPaymentMethodResolvers = {
  brand: ({ card }) => brandName(card?.brand ?? ''),
  last4: ({ card }) => card?.last4 ?? '',
  expiryMonth: ({ card }) => card?.expiryMonth ?? 0,
  expiryYear: ({ card }) => card?.expiryYear ?? 0,
};

export const walletPaymentMethod: WalletPaymentMethodResolvers = {
  provider: ({ wallet }) => wallet?.provider ?? '',
};

/** A page of somebody's saved ways to pay; forward only. */
export async function loadPaymentMethods(
  customerId: string,
  { size, cursor }: PageSlice,
  context: ResolverContext,
): Promise<PaymentMethodPage> {
  const list = `payment methods of ${customerId}`;
  const { items, hasMore } = await context.services.payments.methods(context, {
    customerId,
    // A page of none still tells whether there are any.
    limit: Math.max(1, size),
    ...(cursor !== undefined && { after: placeOf(list, cursor) }),
  });
  const nodes = items.slice(0, size).map(({ record }) => record);
  return pageOf(nodes, (index) => cursorOf(list, items[index]?.cursor ?? ''), {
    hasNextPage: size === 0 ? items.length > 0 : hasMore,
    hasPreviousPage: cursor !== undefined,
  });
}
