/** The way out without the layers that BENCH_WITHOUT_LAYERS names. */
import type { Send } from '../../src/upstream/call.ts';
import type { RouteContext } from '../../src/upstream/route-context.ts';
import { composeStack as compose, layers as all, type StackEntry } from '../../src/upstream/stack.ts';

export type { StackEntry } from '../../src/upstream/stack.ts';

const left = new Set((process.env['BENCH_WITHOUT_LAYERS'] ?? '').split(','));

export const layers: readonly StackEntry[] = all.filter(({ name }) => !left.has(name));

export function composeStack(route: RouteContext, order: readonly StackEntry[] = layers): Send {
  return compose(route, order);
}
