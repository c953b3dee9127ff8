import { AggregatorRegistry } from 'prom-client';
import type { Metrics } from './metrics.ts';

/** Lets the primary ask this worker for its metrics. */
export function shareMetrics(metrics: Metrics): void {
  AggregatorRegistry.setRegistries([metrics.registry]);
  void new AggregatorRegistry();
}

/** The metrics of all workers added up, and the primary's own behind them. */
export class SharedMetrics {
  readonly #workers = new AggregatorRegistry();
  readonly #own: Metrics;

  constructor(own: Metrics) {
    this.#own = own;
  }

  async read(): Promise<{ readonly contentType: string; readonly text: string }> {
    const [workers, own] = await Promise.all([this.#workers.clusterMetrics(), this.#own.expose()]);
    return { contentType: this.#workers.contentType, text: `${workers}\n${own}` };
  }
}
