import type { GraphQLResolveInfo } from 'graphql';
import type { OrderRecord } from '../../src/domain/records.ts';
import { loadOrder, partsFor } from '../../src/resolvers/order-parts.ts';
import { loadOrderPage } from '../../src/resolvers/order-page.ts';
import { readSlice } from '../../src/resolvers/page-slice.ts';
import { isIdOf } from '../../src/resolvers/record-id.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
import type { OrderScope, QueryResolvers } from '../generated/resolvers.ts';
import { homePlan } from './home-plan.ts';
import { HomeScreen } from './home-screen.ts';
import { partFields } from './order-parts.ts';

const support = {
  supported: 'SUPPORTED',
  update_recommended: 'UPDATE_RECOMMENDED',
  unsupported: 'UPDATE_REQUIRED',
} as const;

const scopes = {
  ALL: {},
  ACTIVE: { status: ['OPEN', 'CONFIRMED'] },
  PAST: { status: ['COMPLETED', 'CANCELLED'] },
} as const satisfies Record<OrderScope, unknown>;

/** More saved ways to pay than anybody scrolls through. */
const maxSavedMethods = 50;

export const query: QueryResolvers = {
  home: (_root, _args, context, info) => new HomeScreen(homePlan(info), context),
  order: (_root, { id }, context, info) => ownOrder(id, context, info),
  node: (_root, { id }, context, info) => ownOrder(id, context, info),

  orders(_root, { scope, ...paging }, context, info) {
    const question = {
      customerId: context.principal.subject,
      filter: scopes[scope ?? 'ALL'],
      sortBy: { key: 'PLACED_AT', direction: 'DESC' },
    } as const;
    const parts = partsFor(info, partFields, ['edges.node']);
    return loadOrderPage(question, readSlice(paging, 10), { parts, withTotal: false }, context);
  },

  async savedMethods(_root, _args, context) {
    const { items } = await context.services.payments.methods(context, {
      customerId: context.principal.subject,
      limit: maxSavedMethods,
    });
    return items.map(({ record }) => record).sort((left, right) => Number(right.isDefault) - Number(left.isDefault));
  },

  /** Answered from the version that the app sent: no service is asked. */
  appStatus: (_root, _args, { client }) => ({
    support: support[client.support],
    message: client.message ?? null,
    storeUrl: client.storeUrl ?? null,
  }),
};

/** An order of the caller's own, staff included: this client shows nobody another's. An id of another kind is none of an order. */
async function ownOrder(id: string, context: ResolverContext, info: GraphQLResolveInfo): Promise<OrderRecord | null> {
  if (!isIdOf('order', id)) return null;
  const order = await loadOrder(id, partsFor(info, partFields), context);
  return order?.customerId === context.principal.subject ? order : null;
}
