import type { JourneysConfig } from '../config/sections/journeys.ts';
import type { TracingConfig } from '../config/sections/tracing.ts';
import type { Clock } from '../lib/clock.ts';
import type { PartSet } from '../lib/part-set.ts';
import { JourneyStore, type SharedJourneys } from './journey-store.ts';
import type { Metrics } from './metrics.ts';
import { RequestMetrics } from './request-metrics.ts';
import type { RequestSummary } from './request-summary.ts';
import { createTracing, type Tracing } from './tracing.ts';
import { TrafficHistory } from './traffic-history.ts';

export interface RequestTelemetryParts {
  readonly config: { readonly journeys: JourneysConfig; readonly tracing: TracingConfig };
  /** Name of this process's profile. */
  readonly profile: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Absent: journeys are this process's own. */
  readonly redis: SharedJourneys | undefined;
}

/** Whatever wants to hear of requests, in one place. */
export interface RequestTelemetry {
  readonly journeys: JourneyStore;
  readonly traffic: TrafficHistory;
  readonly trace: Tracing['begin'];
  /** To be told of every request's end. */
  finished(summary: RequestSummary): void;
}

/** Made anew with the configuration; what was kept and counted stays unless its own settings changed. */
export async function createRequestTelemetry(
  { config, profile, clock, metrics, redis }: RequestTelemetryParts,
  parts: PartSet,
): Promise<RequestTelemetry> {
  const journeys = parts.keep(
    'journeys',
    [config.journeys, redis],
    () => new JourneyStore({ config: config.journeys, process: profile, clock, metrics, shared: redis }),
  );
  const traffic = parts.keep('traffic', [], () => new TrafficHistory(clock));
  const counters = parts.keep('request metrics', [], () => new RequestMetrics(metrics));
  const tracing = await parts.keep(
    'tracing',
    [config.tracing],
    () => createTracing({ config: config.tracing, serviceName: `bff-${profile}`, clock, metrics }),
    async (it) => (await it).close(),
  );
  return {
    journeys,
    traffic,
    trace: tracing.begin,
    finished(summary) {
      counters.count(summary);
      traffic.count(summary);
      journeys.offer(summary);
      tracing.finished(summary);
    },
  };
}
