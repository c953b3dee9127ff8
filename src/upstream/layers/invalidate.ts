import type { LayerFactory } from '../route-context.ts';

/** After a write: what it makes old, by the route's tags. Awaited, so that whoever reads next, on any instance, reads what was written. */
export const invalidate: LayerFactory =
  ({ caching }) =>
  (next) =>
  async (call, context) => {
    const tagsFor = call.route.invalidates;
    if (!caching || !tagsFor) return next(call, context);
    const reply = await next(call, context).catch(async (error: unknown) => {
      // Even a write that seems to have failed may have happened before its answer was lost.
      await caching.invalidation.invalidate(tagsFor(call.input, undefined));
      throw error;
    });
    await caching.invalidation.invalidate(tagsFor(call.input, reply.value));
    return reply;
  };
