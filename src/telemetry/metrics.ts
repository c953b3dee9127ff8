import { type Aggregator, Counter as CollectedCounter, Gauge, type Metric, Registry } from 'prom-client';
import { Counter } from './counter.ts';
import { Histogram } from './histogram.ts';

/**
 * The process's metrics. Each mechanism declares its own here at construction; one that is made anew finds what its predecessor counted.
 * Label values must come from a bounded set (routes, registered operations, codes), never from input.
 */
export class Metrics {
  readonly registry = new Registry();

  counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return this.#known<Counter<L>>(name) ?? this.#registered(new Counter(name, help, labelNames));
  }

  gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    const aggregator = aggregatorOf(name);
    return this.#known<Gauge<L>>(name) ?? new Gauge({ name, help, labelNames, aggregator, registers: [this.registry] });
  }

  /** A gauge that is read when the metrics are, by whoever declared it last. */
  reading(name: string, help: string, read: () => number): void {
    this.registry.removeSingleMetric(name);
    const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(read()) });
  }

  /** A counter whose count is kept elsewhere, read when the metrics are. */
  counting(name: string, help: string, read: () => number): void {
    this.registry.removeSingleMetric(name);
    const counter: CollectedCounter = new CollectedCounter({
      name,
      help,
      registers: [this.registry],
      collect() {
        counter.reset();
        counter.inc(read());
      },
    });
  }

  /** A gauge with one value for each label value; one that is not there any more is not shown any more. */
  readings(name: string, help: string, labelName: string, read: () => Iterable<readonly [string, number]>): void {
    this.registry.removeSingleMetric(name);
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [labelName],
      registers: [this.registry],
      collect() {
        gauge.reset();
        for (const [label, value] of read()) gauge.set({ [labelName]: label }, value);
      },
    });
  }

  /** `buckets` in the unit that the name ends in (seconds, bytes). */
  histogram<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    buckets: readonly number[],
  ): Histogram<L> {
    return this.#known<Histogram<L>>(name) ?? this.#registered(new Histogram(name, help, labelNames, buckets));
  }

  #registered<M extends object>(metric: M): M {
    this.registry.registerMetric(metric as unknown as Metric);
    return metric;
  }

  #known<M>(name: string): M | undefined {
    return this.registry.getSingleMetric(name) as M | undefined;
  }

  /** What a counter of ours has counted, by the values of one of its labels. */
  async totals(name: string, labelName: string): Promise<Record<string, number>> {
    const totals: Record<string, number> = {};
    const { values = [] } = (await this.registry.getSingleMetric(name)?.get()) ?? {};
    for (const { labels, value } of values) {
      const label = String((labels as Record<string, unknown>)[labelName]);
      totals[label] = (totals[label] ?? 0) + value;
    }
    return totals;
  }

  /** The Prometheus text exposition of everything declared. */
  expose(): Promise<string> {
    return this.registry.metrics();
  }
}

/** What a gauge of several workers is for all of them: mostly their sum; of a time the earliest, of a state whether any is in it. */
function aggregatorOf(name: string): Aggregator {
  if (/_timestamp_seconds$|_available$|_shared$/.test(name)) return 'min';
  return /_active$|_state$|_info$|_keys$/.test(name) ? 'max' : 'sum';
}
