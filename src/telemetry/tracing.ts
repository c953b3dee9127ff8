import type { TracingConfig } from '../config/sections/tracing.ts';
import type { Clock } from '../lib/clock.ts';
import type { Journey } from './journey.ts';
import type { Metrics } from './metrics.ts';
import type { RequestSummary } from './request-summary.ts';
import { newSpanId, newTraceId, parentIdOf, traceIdOf } from './trace-ids.ts';

export interface TracingParts {
  readonly config: TracingConfig;
  /** `service.name` of the spans. */
  readonly serviceName: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** What a request's `traceparent` is from here on, and what becomes of its journey at the end. */
export interface Tracing {
  /** `inbound`: well-formed, or undefined. Gives the value for services, and notes in the journey what the end needs. */
  begin(inbound: string | undefined, journey: Journey): string | undefined;
  finished(summary: RequestSummary): void;
  /** Sends what waits, for a short time. */
  close(): Promise<void>;
}

/** Without a collector a caller's trace passes through as it came, and nothing of OpenTelemetry is loaded. */
const off: Tracing = { begin: (inbound) => inbound, finished() {}, close: async () => {} };

/**
 * Traces are made of journeys when a request has ended: nothing runs beside it, no context is carried through every promise, and a
 * request that is not traced pays for one random number. Whether it is traced is decided once, at the root, by our own ratio: a
 * stranger's `sampled` flag must not decide what we pay for.
 */
export async function createTracing({ config, serviceName, clock, metrics }: TracingParts): Promise<Tracing> {
  const { otlpUrl } = config;
  if (!otlpUrl) return off;
  const { createSpanExport } = await import('./span-export.ts');
  const spans = await createSpanExport({ ...config, otlpUrl }, serviceName, metrics);
  return {
    begin(inbound, journey) {
      const rootSpanId = newSpanId();
      const sampled = Math.random() < config.sampleRatio;
      if (sampled) journey.trace = { rootSpanId, parentSpanId: inbound && parentIdOf(inbound) };
      const traceId = inbound ? traceIdOf(inbound) : newTraceId();
      return `00-${traceId}-${rootSpanId}-${sampled ? '01' : '00'}`;
    },
    finished(summary) {
      if (summary.journey.trace) spans.send(summary, clock.now() - clock.monotonic());
    },
    close: () => spans.close(),
  };
}
