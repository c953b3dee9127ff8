import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import { type LabelValues, SeriesSet } from './series-set.ts';

/** One series of a histogram, to be held on to where it is observed often. */
export class HistogramSeries {
  /** How many were at most each bound and above the one before; the last are above all bounds. */
  readonly counts: Float64Array;
  sum = 0;
  readonly #bounds: readonly number[];

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`A histogram cannot observe ${value}.`);
    const bounds = this.#bounds;
    let at = 0;
    while (at < bounds.length && value > (bounds[at] as number)) at++;
    this.counts[at] = (this.counts[at] as number) + 1;
    this.sum += value;
  }
}

/** A histogram as Prometheus knows it. In the form of prom-client's, whose registry shows it. */
export class Histogram<L extends string = never> {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly name: string;
  readonly help: string;
  readonly #bounds: readonly number[];
  readonly #series: SeriesSet<L, HistogramSeries>;
  readonly #hasLabels: boolean;

  constructor(name: string, help: string, labelNames: readonly L[], bounds: readonly number[]) {
    this.name = name;
    this.help = help;
    this.#bounds = bounds;
    this.#series = new SeriesSet(labelNames, () => new HistogramSeries(bounds));
    this.#hasLabels = labelNames.length > 0;
    if (!this.#hasLabels) void this.#series.only;
  }

  /** By label values, or where there are none, a value alone. */
  observe(value: number): void;
  observe(labels: LabelValues<L>, value: number): void;
  observe(labels: LabelValues<L> | number, value = 0): void {
    if (typeof labels === 'number') this.#series.only.observe(labels);
    else this.#series.of(labels).observe(value);
  }

  labels(...given: readonly [LabelValues<L>] | readonly (string | number)[]): HistogramSeries {
    return this.#series.bound(given);
  }

  async get(): Promise<MetricObjectWithValues<MetricValue<L>>> {
    const { name, help, type, aggregator } = this;
    const values: object[] = [];
    for (const { labels, series } of this.#series) {
      const { counts, sum } = series;
      const shown: object[] = [];
      let upTo = 0;
      for (const [index, count] of counts.entries()) {
        upTo += count;
        shown.push({
          labels: { le: this.#bounds[index] ?? '+Inf', ...labels },
          value: upTo,
          metricName: `${name}_bucket`,
        });
      }
      // A series that somebody holds and nothing was observed in is not there yet.
      if (upTo === 0 && this.#hasLabels) continue;
      values.push(
        ...shown,
        { labels, value: sum, metricName: `${name}_sum` },
        { labels, value: upTo, metricName: `${name}_count` },
      );
    }
    return { name, help, type, aggregator, values } as unknown as MetricObjectWithValues<MetricValue<L>>;
  }
}
