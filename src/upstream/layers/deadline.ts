import { deadlineShare, leastUsefulMs } from '../../resilience/deadline-share.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
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
    const { report } = context;
    const wave = report.finishedWaves + 1;
    const shareMs = deadlineShare(context.deadline.remainingMs(), Math.max(0, report.plannedWaves - wave));
    if (shareMs < leastUsefulMs) throw new UpstreamFailure('deadline', refusal);
    const signal = isRead ? (call.signal ?? context.signal) : undefined;
    try {
      return await next({ ...call, dueAt: clock.monotonic() + shareMs, ...(signal && { signal }) }, context);
    } finally {
      if (report.finishedWaves < wave) report.finishedWaves = wave;
    }
  };
};
