import type { GraphQLResolveInfo } from 'graphql';
import { selects, usesBelow } from '../../src/resolvers/look-ahead.ts';
import { partsFor } from '../../src/resolvers/order-parts.ts';
import type { HomePlan, Section } from './home-screen.ts';
import { partFields } from './order-parts.ts';

interface SectionField {
  readonly section: Section;
  readonly field: string;
  readonly maxOrders: number;
}

const sections: readonly SectionField[] = [
  { section: 'active', field: 'activeOrders', maxOrders: 10 },
  { section: 'recent', field: 'recentOrders', maxOrders: 20 },
];

/**
 * What one selection of `home` needs: each list once, as long as the longest use of it. `attention` looks at the orders that the screen
 * loads anyway; alone it takes the active ones.
 */
export function homePlan(info: GraphQLResolveInfo): HomePlan {
  const isAttentive = selects(info, 'attention');
  const lists = sections.map(({ section, field, maxOrders }) => {
    const uses = usesBelow<{ readonly first?: number | null }>(info, 'Home', field);
    const sizes = uses.map(({ args }) => Math.min(Math.max(args.first ?? 1, 1), maxOrders));
    const parts = uses.map(({ selection }) => partsFor(selection, partFields));
    const plan = {
      size: Math.max(...sizes),
      parts: {
        lineItems: parts.some(({ lineItems }) => lineItems),
        shipments: isAttentive || parts.some(({ shipments }) => shipments),
      },
    };
    return { section, plan: uses.length > 0 ? plan : undefined };
  });
  const plan = Object.fromEntries(lists.flatMap((list) => (list.plan ? [[list.section, list.plan]] : [])));
  if (isAttentive && Object.keys(plan).length === 0)
    return { active: { size: 10, parts: { lineItems: false, shipments: true } } };
  return plan;
}
