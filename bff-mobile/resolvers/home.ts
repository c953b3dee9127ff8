import { attentionItems } from '../../src/domain/display-attention.ts';
import { greeting } from '../../src/domain/display-order.ts';
import { sizedImage } from '../../src/domain/sized-image.ts';
import { badInput } from '../../src/resolvers/bad-input.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
import type { HomeResolvers } from '../generated/resolvers.ts';
import { audienceOf } from './audience.ts';
import { sectionFields } from './home-plan.ts';
import type { HomeScreen, Section } from './home-screen.ts';

export const home: HomeResolvers = {
  async greeting(screen, _args, context) {
    const name = await firstName(screen, context);
    return name === undefined ? null : greeting(name, audienceOf(context));
  },

  async avatarUrl(screen, { px }) {
    const user = await screen.user();
    return sizedImage(user?.avatarUrl ?? null, px ?? 96, null)?.url ?? null;
  },

  activeOrders: (screen, { first }) => section(screen, 'active', first),
  recentOrders: (screen, { first }) => section(screen, 'recent', first),

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
async function section(screen: HomeScreen, name: Section, first: number | null | undefined) {
  const { defaultSize, maxSize } = sectionFields[name];
  const size = first ?? defaultSize;
  if (size < 0 || size > maxSize) throw badInput(`first must be from 0 to ${maxSize}.`);
  return (await screen.orders(name)).slice(0, size);
}
