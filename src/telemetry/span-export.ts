import { type HrTime, SpanKind as OtelKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import type { TracingConfig } from '../config/sections/tracing.ts';
import type { Span } from './journey.ts';
import type { Metrics } from './metrics.ts';
import type { RequestSummary } from './request-summary.ts';
import { newSpanId, traceIdOf } from './trace-ids.ts';

/** Loaded only where a collector is configured: it takes a third of a second. */

const closeMs = 1_000;
const sendEveryMs = 1_000;
/** Outcomes of spans that are no failure. */
const fine = new Set(['ok', 'hit', 'stale', 'joined', 'complete']);

/** What all spans of one request share. */
interface TraceFrame {
  readonly traceId: string;
  /** Epoch milliseconds less monotonic ones. */
  readonly offsetMs: number;
}

/** A span with the id that it will have. */
interface Placed {
  readonly span: Span;
  readonly id: string;
}

export async function createSpanExport(
  { otlpUrl, headers, timeoutMs, maxQueuedSpans }: TracingConfig & { readonly otlpUrl: string },
  serviceName: string,
  metrics: Metrics,
) {
  const resource = resourceFromAttributes({ 'service.name': serviceName });
  const otlp = new OTLPTraceExporter({ url: otlpUrl, headers, timeoutMillis: timeoutMs });
  const processor = new BatchSpanProcessor({
    exporter: counted(otlp, metrics),
    maxQueueSize: maxQueuedSpans,
    scheduledDelayMillis: sendEveryMs,
  });

  const readable = (
    frame: TraceFrame,
    fields: Pick<ReadableSpan, 'name' | 'kind' | 'attributes'> & {
      readonly id: string;
      readonly parentId: string | undefined;
      readonly startedAt: number;
      readonly endedAt: number;
      readonly failed: boolean;
    },
  ): ReadableSpan => {
    const contextOf = (spanId: string) => ({ traceId: frame.traceId, spanId, traceFlags: TraceFlags.SAMPLED });
    const { id, parentId, startedAt, endedAt, failed, ...rest } = fields;
    return {
      ...rest,
      spanContext: () => contextOf(id),
      ...(parentId !== undefined && { parentSpanContext: contextOf(parentId) }),
      startTime: hrTime(frame.offsetMs + startedAt),
      endTime: hrTime(frame.offsetMs + endedAt),
      duration: hrTime(endedAt - startedAt),
      status: { code: failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
      links: [],
      events: [],
      ended: true,
      resource,
      instrumentationScope: { name: 'facet' },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    };
  };

  return {
    /** Hands the spans of a traced request to the queue. */
    send(summary: RequestSummary, offsetMs: number): void {
      const { journey, traceparent = '', startedAt, endedAt, operation, client, outcome, status, codes } = summary;
      if (!journey.trace) return;
      const frame = { traceId: traceIdOf(traceparent), offsetMs };
      const { rootSpanId, parentSpanId } = journey.trace;
      processor.onEnd(
        readable(frame, {
          id: rootSpanId,
          parentId: parentSpanId,
          name: operation,
          kind: OtelKind.SERVER,
          startedAt,
          endedAt,
          failed: outcome === 'failed' || outcome === 'partial',
          attributes: {
            'graphql.operation.name': operation,
            'http.response.status_code': status,
            'facet.client': client,
            'facet.outcome': outcome,
            'facet.codes': [...codes],
            'facet.correlation_id': summary.correlationId,
          },
        }),
      );
      const placed = journey.spans.map((span) => ({ span, id: span.id ?? newSpanId() }));
      for (const { span, id } of placed) {
        const { kind, name, outcome: spanOutcome, detail } = span;
        processor.onEnd(
          readable(frame, {
            id,
            parentId: parentOf(span, placed) ?? rootSpanId,
            name: kind === 'stage' ? name : `${kind} ${name}`,
            kind: kind === 'attempt' ? OtelKind.CLIENT : OtelKind.INTERNAL,
            startedAt: span.startedAt,
            endedAt: span.endedAt,
            failed: !fine.has(spanOutcome),
            attributes: { 'facet.kind': kind, 'facet.outcome': spanOutcome, ...detail },
          }),
        );
      }
    },
    async close(): Promise<void> {
      const late = new Promise<void>((resolve) => setTimeout(resolve, closeMs).unref());
      await Promise.race([processor.shutdown().catch(() => undefined), late]);
    },
  };
}

/** What holds a span: its route's call for what happens on the way out, the stage that ran for everything else. */
function parentOf(span: Span, placed: readonly Placed[]): string | undefined {
  const holds = ({ span: other }: Placed): boolean =>
    other !== span && other.startedAt <= span.startedAt && other.endedAt >= span.endedAt;
  if (span.kind === 'stage') return undefined;
  const call =
    span.kind === 'call'
      ? undefined
      : placed.find((each) => each.span.kind === 'call' && each.span.name === span.name && holds(each));
  return (call ?? placed.find((each) => each.span.kind === 'stage' && holds(each)))?.id;
}

/** The exporter with its successes and failures in the metrics. */
function counted(exporter: SpanExporter, metrics: Metrics): SpanExporter {
  const counter = metrics.counter('facet_trace_spans_total', 'Spans sent to the collector, or given up.', ['outcome']);
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        counter.inc({ outcome: result.code === 0 ? 'sent' : 'failed' }, spans.length);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

function hrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1e6)];
}
