import type { BreakerState } from '../resilience/circuit-breaker.ts';
import type { ShownBreaker } from './breakers.ts';
import { grouped, sumOf } from './merging.ts';

/** A circuit of all workers. Each has its own and decides by what it saw, so one may be open here and closed there. */
export type MergedBreaker = ShownBreaker & {
  /** How many workers have it in which state; one that made no attempt has none. `state` is the first of these. */
  readonly workers: Readonly<Partial<Record<BreakerState, number>>>;
};

/** What an operator has to know first stands first. */
const urgency: readonly BreakerState[] = ['forced-open', 'open', 'half-open', 'forced-closed', 'closed'];

/** Calls and failures are sums; the state is the most urgent one that a worker has it in. */
export function mergedBreakers(breakers: readonly ShownBreaker[]): MergedBreaker[] {
  return grouped(breakers, ({ service, route, instance }) => `${service} ${route} ${instance}`).map((same) => {
    const urgent = same.reduce((one, other) =>
      urgency.indexOf(other.state) < urgency.indexOf(one.state) ? other : one,
    );
    const counts = urgency.map((state) => [state, same.filter((breaker) => breaker.state === state).length] as const);
    return {
      service: urgent.service,
      route: urgent.route,
      instance: urgent.instance,
      state: urgent.state,
      retryAfterMs: Math.max(...same.map(({ retryAfterMs }) => retryAfterMs)),
      calls: sumOf(same, 'calls'),
      failures: sumOf(same, 'failures'),
      forced: same.find(({ forced }) => forced)?.forced,
      workers: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    };
  });
}
