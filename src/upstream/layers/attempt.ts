import { TimedAbort } from '../../resilience/timed-abort.ts';
import { newSpanId } from '../../telemetry/trace-ids.ts';
import { leastUsefulMs } from '../../resilience/deadline-share.ts';
import { UpstreamFailure, UpstreamProblem } from '../upstream-failure.ts';
import type { LayerFactory } from '../route-context.ts';

/** Bounds one attempt by the route's timeout and by what the call has left, with an exact timer of its own; writes its span. */
export const attempt: LayerFactory = ({ route, policy, metrics, clock }) => {
  const name = `${route.service}.${route.name}`;
  const failure = { service: route.service, route: route.name } as const;
  const timedOut = (): Error => new UpstreamFailure('timeout', { ...failure, effect: 'unknown' });
  // Cut short by a request that had little time left: that says nothing of the service, or a hurried client could open its circuits.
  const outOfTime = (): Error => new UpstreamFailure('deadline', { ...failure, effect: 'unknown' });
  return (next) => async (call, context) => {
    const startedAt = clock.monotonic();
    const leftMs = (call.dueAt ?? Infinity) - startedAt;
    const timeoutMs = Math.min(policy.timeoutMs, leftMs);
    if (timeoutMs < leastUsefulMs) throw new UpstreamFailure('deadline', { ...failure, effect: 'none' });
    const abort = new TimedAbort(clock, timeoutMs, leftMs < policy.timeoutMs ? outOfTime : timedOut, call.signal);
    const spanId = context.journey.trace && newSpanId();
    const detail = { attempt: call.attempt ?? 1, instance: call.instance?.name ?? '' };
    try {
      const reply = await next({ ...call, signal: abort.signal, timeoutMs, spanId }, context);
      const endedAt = clock.monotonic();
      metrics.attemptDone(endedAt - startedAt);
      context.journey.add({
        kind: 'attempt',
        name,
        startedAt,
        endedAt,
        outcome: 'ok',
        detail: { ...detail, status: reply.status, bytes: reply.bytes },
        id: spanId,
      });
      return reply;
    } catch (error) {
      const endedAt = clock.monotonic();
      const outcome = error instanceof UpstreamFailure ? error.reason : 'problem';
      if (error instanceof UpstreamFailure || error instanceof UpstreamProblem)
        metrics.attemptFailed(endedAt - startedAt, outcome);
      context.journey.add({ kind: 'attempt', name, startedAt, endedAt, outcome, detail, id: spanId });
      throw error;
    } finally {
      abort.end();
    }
  };
};
