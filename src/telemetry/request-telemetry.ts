import type { JourneyStore } from './journey-store.ts';
import { RequestMetrics } from './request-metrics.ts';
import type { Metrics } from './metrics.ts';
import type { RequestSummary } from './request-summary.ts';
import type { TrafficHistory } from './traffic-history.ts';

/** Whatever wants to hear of every request's end, in one place. */
export class RequestTelemetry {
  readonly #metrics: RequestMetrics;
  readonly #traffic: TrafficHistory;
  readonly #journeys: JourneyStore;

  constructor(metrics: Metrics, traffic: TrafficHistory, journeys: JourneyStore) {
    this.#metrics = new RequestMetrics(metrics);
    this.#traffic = traffic;
    this.#journeys = journeys;
  }

  finished(summary: RequestSummary): void {
    this.#metrics.count(summary);
    this.#traffic.count(summary);
    this.#journeys.offer(summary);
  }
}
