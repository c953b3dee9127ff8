import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';
import type { Metrics } from './metrics.ts';

/** The metrics of one process as plain data. */
export type MetricSnapshot = readonly MetricObjectWithValues<MetricValue<string>>[];

/** What each worker said now; nothing when it did not answer. */
export type AskMetrics = () => Promise<
  readonly { readonly id: number; readonly metrics: MetricSnapshot | undefined }[]
>;

/**
 * The metrics of all workers and the primary added up. What was counted stays counted: of a worker that does not
 * answer, or has ended, the last known counts go on being part of the sum. A sum that fell would look like a restart, and every
 * rate would show what was counted long ago once more.
 */
export class SharedMetrics {
  readonly #own: Metrics;
  readonly #ask: AskMetrics;
  readonly #silent;
  readonly #last = new Map<number, MetricSnapshot>();
  #ended: MetricSnapshot = [];

  constructor(own: Metrics, ask: AskMetrics) {
    this.#own = own;
    this.#ask = ask;
    this.#silent = own.gauge('facet_workers_silent', 'Workers that did not say what they counted when last asked.');
  }

  async read(): Promise<{ readonly contentType: string; readonly text: string }> {
    const workers = await this.#ask();
    this.#silent.set(workers.filter(({ metrics }) => !metrics).length);
    const present = workers.map(({ id, metrics }) => {
      if (!metrics) return countsOf(this.#last.get(id));
      this.#last.set(id, metrics);
      return metrics;
    });
    const known = new Set(workers.map(({ id }) => id));
    for (const [id, metrics] of this.#last) {
      if (known.has(id)) continue;
      this.#last.delete(id);
      this.#ended = await added([this.#ended, countsOf(metrics)]).getMetricsAsJSON();
    }
    const own = await this.#own.registry.getMetricsAsJSON();
    const all = added([own, ...present, this.#ended]);
    return { contentType: all.contentType, text: await all.metrics() };
  }
}

function added(snapshots: readonly MetricSnapshot[]): ReturnType<typeof AggregatorRegistry.aggregate> {
  return AggregatorRegistry.aggregate(snapshots.map((metrics) => metrics.map(withOwnAggregator)));
}

/** The library would show the mean of the event loops, in which one that is late is lost. */
function withOwnAggregator(metric: MetricSnapshot[number]): MetricSnapshot[number] {
  return metric.aggregator === 'average' ? { ...metric, aggregator: 'max' } : metric;
}

/** What only ever grows: a gauge says how something is, and nobody knows that of one who does not answer. */
function countsOf(metrics: MetricSnapshot = []): MetricSnapshot {
  return metrics.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));
}
