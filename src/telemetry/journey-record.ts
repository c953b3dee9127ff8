import type { RequestSummary } from './request-summary.ts';
import { traceIdOf } from './trace-ids.ts';

/** One span as it is shown: times relative to the request's arrival, in milliseconds. */
export interface RecordedSpan {
  readonly kind: string;
  readonly name: string;
  readonly startMs: number;
  readonly ms: number;
  readonly outcome: string;
  readonly detail?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** A journey as it is kept and shown: names from our own code and configuration, counts and times. No header, token or person. */
export interface JourneyRecord {
  readonly correlationId: string;
  readonly traceId?: string;
  /** RFC 3339. */
  readonly startedAt: string;
  /** Name of the process's profile. */
  readonly process: string;
  readonly client: string;
  readonly clientVersion: string;
  readonly operation: string;
  readonly documentId?: string;
  readonly outcome: string;
  readonly status: number;
  readonly codes: readonly string[];
  readonly ms: number;
  readonly upstreamMs: number;
  readonly overheadMs: number;
  readonly bytes: number;
  readonly cost: number;
  readonly calls: number;
  readonly retries: number;
  /** Spans beyond the bound of one request. */
  readonly omitted: number;
  readonly spans: readonly RecordedSpan[];
}

/** `nowMs`: wall time at the request's end. */
export function journeyRecord(summary: RequestSummary, process: string, nowMs: number): JourneyRecord {
  const { startedAt, endedAt, traceparent, documentId, facts, journey } = summary;
  const ms = endedAt - startedAt;
  return {
    correlationId: summary.correlationId,
    ...(traceparent && { traceId: traceIdOf(traceparent) }),
    startedAt: new Date(nowMs - ms).toISOString(),
    process,
    client: summary.client,
    clientVersion: summary.clientVersion,
    operation: summary.operation,
    ...(documentId && { documentId }),
    outcome: summary.outcome,
    status: summary.status,
    codes: summary.codes,
    ms: rounded(ms),
    upstreamMs: rounded(facts.upstreamMs),
    overheadMs: rounded(Math.max(0, ms - facts.upstreamMs)),
    bytes: summary.bytes,
    cost: summary.cost,
    calls: summary.calls,
    retries: facts.retries,
    omitted: journey.omitted,
    spans: recordedSpans(journey.spans, startedAt),
  };
}

/** In the order in which they began; of those that began together, the longest first, so that what holds another stands above it. */
export function recordedSpans(spans: RequestSummary['journey']['spans'], startedAt: number): RecordedSpan[] {
  return spans
    .toSorted((left, right) => left.startedAt - right.startedAt || right.endedAt - left.endedAt)
    .map(({ kind, name, startedAt: start, endedAt: end, outcome, detail }) => ({
      kind,
      name,
      startMs: rounded(start - startedAt),
      ms: rounded(end - start),
      outcome,
      detail,
    }));
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
