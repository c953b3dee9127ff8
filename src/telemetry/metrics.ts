import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * The process's metrics. Each mechanism declares its own here at construction, once; label values must come from a bounded
 * set (routes, registered operations, codes), never from input.
 */
export class Metrics {
  readonly registry = new Registry();

  counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  /** `buckets` in the unit that the name ends in (seconds, bytes). */
  histogram<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    buckets: readonly number[],
  ): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [this.registry] });
  }

  /** The Prometheus text exposition of everything declared. */
  expose(): Promise<string> {
    return this.registry.metrics();
  }
}
