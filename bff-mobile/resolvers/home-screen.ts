import type { OrderRecord, UserRecord } from '../../src/domain/records.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';

export type Section = 'active' | 'recent';

/** The lists that an operation wants of the launch screen, worked out before anything is asked. */
export type HomePlan = Readonly<Partial<Record<Section, SectionPlan>>>;

export interface SectionPlan {
  /** How many orders to ask for. */
  readonly size: number;
  /** What each order must bring along. */
  readonly parts: { readonly lineItems: boolean; readonly shipments: boolean };
}

/**
 * The records of one launch screen, each list asked for once whatever fields stand on it. Sections wait for each other's orders, so that
 * the payments of all are asked for in one call; they don't share each other's failures.
 */
export class HomeScreen {
  readonly #context: ResolverContext;
  readonly #plan: HomePlan;
  #lists: ReadonlyMap<Section, Promise<readonly OrderRecord[]>> | undefined;

  constructor(plan: HomePlan, context: ResolverContext) {
    this.#plan = plan;
    this.#context = context;
  }

  /** The caller's own record; null when the service doesn't know them. */
  user(): Promise<UserRecord | null> {
    return this.#context.loaders.user(this.#context.principal.subject);
  }

  /** The orders of a section, the newest first; rejects when they could not be had. */
  async orders(section: Section): Promise<readonly OrderRecord[]> {
    const lists = this.#ask();
    await Promise.allSettled(lists.values());
    return (await lists.get(section)) ?? [];
  }

  /** Every order on the screen, once; rejects when some could not be had. */
  async allOrders(): Promise<OrderRecord[]> {
    const lists = this.#ask();
    await Promise.allSettled(lists.values());
    const orders = (await Promise.all(lists.values())).flat();
    return [...new Map(orders.map((order) => [order.id, order])).values()];
  }

  #ask(): ReadonlyMap<Section, Promise<readonly OrderRecord[]>> {
    const wanted = Object.entries(this.#plan) as [Section, SectionPlan][];
    this.#lists ??= new Map(wanted.map(([section, plan]) => [section, this.#load(section, plan)]));
    return this.#lists;
  }

  async #load(section: Section, { size, parts }: SectionPlan): Promise<readonly OrderRecord[]> {
    const { services, principal } = this.#context;
    const page = await services.orders.list(this.#context, {
      customerId: principal.subject,
      ...(section === 'active' && { filter: { status: ['OPEN', 'CONFIRMED'] } }),
      sort: '-placed_at',
      limit: size,
      parts,
    });
    return page.items.map(({ record }) => record);
  }
}
