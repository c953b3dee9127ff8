import type { Counter } from '../telemetry/counter.ts';
import type { Metrics } from '../telemetry/metrics.ts';

type Outcome = 'fresh' | 'stale' | 'asked' | 'failed';

/** One route's counters, bound once: counting on the hot path is one addition. */
export type RouteCounters = Readonly<Record<Outcome, { inc(): void }>>;

export class CacheMetrics {
  readonly #lookups: Counter<'route' | 'outcome'>;

  constructor(metrics: Metrics) {
    this.#lookups = metrics.counter(
      'facet_cache_lookups_total',
      'Records asked of the cache: fresh, stale, asked (fetched from the service), failed (no answer and nothing to stand in).',
      ['route', 'outcome'],
    );
  }

  forRoute(route: string): RouteCounters {
    const bound = (outcome: Outcome) => this.#lookups.labels(route, outcome);
    return { fresh: bound('fresh'), stale: bound('stale'), asked: bound('asked'), failed: bound('failed') };
  }
}
