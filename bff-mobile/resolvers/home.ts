import { attentionItems } from '../../src/domain/display-attention.ts';
import { greeting } from '../../src/domain/display-order.ts';
import { sizedImage } from '../../src/domain/sized-image.ts';
import { badInput } from '../../src/resolvers/bad-input.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
import type { HomeResolvers } from '../generated/resolvers.ts';
import { audienceOf } from './audience.ts';
import type { HomeScreen } from './home-screen.ts';

export const home: HomeResolvers = {
  async greeting(screen, _args, context) {
    const name = await firstName(screen, context);
    return name === undefined ? null : greeting(name, audienceOf(context));
  },

  async avatarUrl(screen, { px }) {
    const user = await screen.user();
    return sizedImage(user?.avatarUrl ?? null, px ?? 96, null)?.url ?? null;
  },

  async activeOrders(screen, { first }) {
    const size = listSize(first ?? 3, 10);
    return (await screen.orders('active')).slice(0, size);
  },

  async recentOrders(screen, { first }) {
    const size = listSize(first ?? 5, 20);
    return (await screen.orders('recent')).slice(0, size);
  },

  async attention(screen, _args, context) {
    const orders = await screen.allOrders();
    const found = await Promise.all(
      orders.map(async ({ id }) => [id, await context.loaders.payments(id, { refunds: true })] as const),
    );
    const payments = new Map(found);
    return attentionItems(orders, ({ id }) => payments.get(id) ?? [], audienceOf(context));
  },
};

/** A dead user service must not take the greeting along: the token says the name, too. */
async function firstName(screen: HomeScreen, { principal }: ResolverContext): Promise<string | undefined> {
  const user = await screen.user().catch(() => null);
  return user?.givenName ?? user?.displayName ?? principal.claims.name;
}

/** Over the limit is an error, not a silent clamp: who got less would never know. */
function listSize(first: number, max: number): number {
  if (first >= 0 && first <= max) return first;
  throw badInput(`first must be from 0 to ${max}.`);
}
