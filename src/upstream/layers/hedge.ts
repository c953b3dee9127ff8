import { LatencyQuantile } from '../../resilience/latency-quantile.ts';
import type { Reply } from '../call.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
import type { LayerFactory } from '../route-context.ts';

/**
 * Sends a second attempt of a read that is slower than 95 % of its kind, to another instance where there is one, and takes whichever
 * answers first; the other is aborted. Each second attempt is paid from the service's retry budget.
 */
export const hedge: LayerFactory = ({ route, policy, service, metrics, clock }) => {
  const latency = new LatencyQuantile();
  const lost = new UpstreamFailure('aborted', { service: route.service, route: route.name, effect: 'none' });
  return (next) => async (call, context) => {
    const startedAt = clock.monotonic();
    const tried = call.tried ?? [];
    const race = new AbortController();
    const signal = call.signal ? AbortSignal.any([call.signal, race.signal]) : race.signal;
    const leg = { ...call, tried, signal };

    const first = next(leg, context);
    const { p95 } = latency;
    const delayMs = p95 === undefined ? undefined : Math.max(p95, policy.hedge.minimumDelayMs);
    let timer: NodeJS.Timeout | undefined;
    try {
      const reply = await new Promise<Reply<unknown>>((resolve, reject) => {
        let running = 1;
        const failed = (error: unknown): void => {
          if (--running === 0) reject(error as Error);
        };
        first.then(resolve, failed);
        if (delayMs === undefined) return;
        timer = setTimeout(() => {
          if (!service.retryBudget.tryWithdraw()) return metrics.repeated('refused_by_budget');
          metrics.repeated('hedge');
          running++;
          next({ ...leg, attempt: (call.attempt ?? 1) + 1 }, context).then(resolve, failed);
        }, delayMs);
      });
      latency.add(clock.monotonic() - startedAt);
      return reply as Awaited<typeof first>;
    } finally {
      clearTimeout(timer);
      race.abort(lost);
    }
  };
};
