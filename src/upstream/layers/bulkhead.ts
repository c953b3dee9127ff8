import { BulkheadFull } from '../../resilience/bulkhead.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
import type { LayerFactory } from '../route-context.ts';

/** Holds each instance to its places, just above the sockets: what hangs there cannot take more of the gateway than them. */
export const bulkhead: LayerFactory = ({ route }) => {
  const refusal = { service: route.service, route: route.name, effect: 'none' } as const;
  return (next) => async (call, context) => {
    const places = call.instance!.bulkhead;
    if (!places.tryEnter()) {
      try {
        await places.enter(call.signal);
      } catch (error) {
        if (error instanceof UpstreamFailure) throw new UpstreamFailure(error.reason, refusal);
        throw new UpstreamFailure(error instanceof BulkheadFull ? 'bulkhead_full' : 'aborted', {
          ...refusal,
          retryAfterMs: 1_000,
        });
      }
    }
    try {
      return await next(call, context);
    } finally {
      places.leave();
    }
  };
};
