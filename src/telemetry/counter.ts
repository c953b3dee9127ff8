import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import { type LabelValues, SeriesSet } from './series-set.ts';

/** One series of a counter, to be held on to where it is counted often. */
export class CounterSeries {
  value = 0;
  /** A series is shown once it was counted, also by nothing. */
  isCounted = false;

  inc(by = 1): void {
    if (!(by >= 0 && by < Infinity)) throw new RangeError(`A counter cannot grow by ${by}.`);
    this.value += by;
    this.isCounted = true;
  }
}

/** A counter as Prometheus knows it: it only ever grows. In the form of prom-client's, whose registry shows it. */
export class Counter<L extends string = never> {
  readonly type = 'counter';
  readonly aggregator = 'sum';
  readonly name: string;
  readonly help: string;
  readonly #series: SeriesSet<L, CounterSeries>;

  constructor(name: string, help: string, labelNames: readonly L[]) {
    this.name = name;
    this.help = help;
    this.#series = new SeriesSet(labelNames, () => new CounterSeries());
    // Nothing counted yet is 0 where there are no labels to wait for.
    if (labelNames.length === 0) this.#series.only.isCounted = true;
  }

  /** Counts by label values, or where there are none, by so much. */
  inc(labels: LabelValues<L> | number = 1, by = 1): void {
    if (typeof labels === 'number') this.#series.only.inc(labels);
    else this.#series.of(labels).inc(by);
  }

  labels(...given: readonly [LabelValues<L>] | readonly (string | number)[]): CounterSeries {
    return this.#series.bound(given);
  }

  async get(): Promise<MetricObjectWithValues<MetricValue<L>>> {
    const { name, help, type, aggregator } = this;
    const values: MetricValue<L>[] = [];
    for (const { labels, series } of this.#series) if (series.isCounted) values.push({ labels, value: series.value });
    return { name, help, type, aggregator, values } as unknown as MetricObjectWithValues<MetricValue<L>>;
  }
}
