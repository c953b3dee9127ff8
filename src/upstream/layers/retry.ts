import { fullJitter, pause } from '../../resilience/backoff.ts';
import { leastUsefulMs } from '../../resilience/deadline-share.ts';
import type { Call } from '../call.ts';
import type { Instance } from '../instances.ts';
import { reasons, UpstreamFailure } from '../upstream-failure.ts';
import type { LayerFactory } from '../route-context.ts';

/**
 * Repeats what failed, where that is safe (reads, PUT by RFC 9110 §9.2.2, writes with an idempotency key), useful (another attempt may
 * do better, there is time for it) and bearable (the service's budget allows it). Never before a `Retry-After`.
 */
export const retry: LayerFactory = ({ route, policy, service, metrics, clock }) => {
  const { maxRetries } = policy.retry;
  const routeName = `${route.service}.${route.name}`;
  const idempotent = route.kind === 'read' || route.method === 'PUT';

  /** Milliseconds to wait before the next attempt, or `undefined` when there must be none. */
  const waitMs = (
    error: UpstreamFailure,
    attempt: number,
    call: Pick<Call, 'dueAt' | 'signal'>,
    tried: readonly Instance[],
  ): number | undefined => {
    const { repeatable } = reasons[error.reason];
    if (repeatable === 'no' || attempt > maxRetries || call.signal?.aborted) return undefined;
    if (repeatable === 'elsewhere' && service.instances.all.length <= tried.length) return undefined;
    // What one instance says of itself does not bind another.
    const asked = repeatable === 'elsewhere' ? 0 : (error.retryAfterMs ?? 0);
    if (asked > policy.retry.maxRetryAfterMs) return undefined;
    const wait = Math.max(fullJitter(attempt, policy.retry), asked);
    return clock.monotonic() + wait + leastUsefulMs > (call.dueAt ?? Infinity) ? undefined : wait;
  };

  return (next) => async (call, context) => {
    service.retryBudget.deposit();
    if (!idempotent && call.idempotencyKey === undefined) return next(call, context);
    const tried: Instance[] = [];
    let uncertain = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await next({ ...call, attempt, tried }, context);
      } catch (error) {
        if (!(error instanceof UpstreamFailure)) throw error;
        uncertain ||= error.effect === 'unknown';
        const wait = waitMs(error, attempt, call, tried);
        // An early attempt that may have had its effect is not undone by a later one that was refused.
        const last = uncertain && error.effect === 'none' ? error.withUnknownEffect() : error;
        if (wait === undefined) throw last;
        if (!service.retryBudget.tryWithdraw()) {
          metrics.repeated('refused_by_budget');
          throw last;
        }
        metrics.repeated('retry');
        const startedAt = clock.monotonic();
        context.journey.add({
          kind: 'retry',
          name: routeName,
          startedAt,
          endedAt: startedAt + wait,
          outcome: error.reason,
        });
        if (!(await pause(wait, call.signal))) throw last;
      }
    }
  };
};
