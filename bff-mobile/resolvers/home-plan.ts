import type { GraphQLResolveInfo } from 'graphql';
import { selects, usesBelow } from '../../src/resolvers/look-ahead.ts';
import { partsFor } from '../../src/resolvers/order-parts.ts';
import type { HomePlan, Section } from './home-screen.ts';
import { partFields } from './order-parts.ts';

interface SectionField {
  readonly field: string;
  /** Orders, where an operation does not say; also where it says null. */
  readonly defaultSize: number;
  readonly maxSize: number;
}

export const sectionFields: Readonly<Record<Section, SectionField>> = {
  active: { field: 'activeOrders', defaultSize: 3, maxSize: 10 },
  recent: { field: 'recentOrders', defaultSize: 5, maxSize: 20 },
};

/**
 * What one selection of `home` needs: each list once, as long as the longest use of it. `attention` looks at the orders that the screen
 * loads anyway; alone it takes the active ones.
 */
export function homePlan(info: GraphQLResolveInfo): HomePlan {
  const isAttentive = selects(info, 'attention');
  const plan: { -readonly [Each in Section]?: HomePlan[Each] } = {};
  for (const [section, { field, defaultSize, maxSize }] of Object.entries(sectionFields) as [Section, SectionField][]) {
    const uses = usesBelow<{ readonly first?: number | null }>(info, 'Home', field);
    if (uses.length === 0) continue;
    const parts = uses.map(({ selection }) => partsFor(selection, partFields));
    plan[section] = {
      // What is out of bounds is refused by its own field, and must not spoil the list for the others.
      size: Math.max(...uses.map(({ args }) => Math.min(Math.max(args.first ?? defaultSize, 1), maxSize))),
      parts: {
        lineItems: parts.some(({ lineItems }) => lineItems),
        shipments: isAttentive || parts.some(({ shipments }) => shipments),
      },
    };
  }
  if (isAttentive && Object.keys(plan).length === 0)
    plan.active = { size: sectionFields.active.maxSize, parts: { lineItems: false, shipments: true } };
  return plan;
}
