import { leastUsefulMs } from '../../resilience/deadline-share.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
import { waveEnded, waveShare } from '../wave-share.ts';
import type { LayerFactory } from '../route-context.ts';

/**
 * Gives a call its share of the request's time, and starts none that could not be answered in it. A read stops when the client goes
 * away; a write that was sent is left to finish, since nobody could say any more whether it happened.
 */
export const deadline: LayerFactory = ({ route, clock }) => {
  const isRead = route.kind === 'read';
  const refusal = { service: route.service, route: route.name, effect: 'none' } as const;
  return (next) => async (call, context) => {
    if (context.signal.aborted) throw new UpstreamFailure('aborted', refusal);
    const { wave, shareMs } = waveShare(context);
    if (shareMs < leastUsefulMs) throw new UpstreamFailure('deadline', refusal);
    const dueAt = clock.monotonic() + shareMs;
    try {
      return await next(isRead ? { ...call, dueAt, signal: context.signal } : { ...call, dueAt }, context);
    } finally {
      waveEnded(context, wave);
    }
  };
};
