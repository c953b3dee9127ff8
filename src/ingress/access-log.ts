import { isIPv4 } from 'node:net';
import type { ClientInfo } from '../context/client.ts';
import type { Principal } from '../context/principal.ts';
import { jsonText } from '../lib/json-text.ts';
import type { PreparedOperation } from '../operation/prepared.ts';
import type { Span } from '../telemetry/journey.ts';
import type { LineLog } from '../telemetry/line-log.ts';
import type { RequestSummary } from '../telemetry/request-summary.ts';
import { logText } from '../telemetry/log-text.ts';
import { traceIdOf } from '../telemetry/trace-ids.ts';
import { pathOf } from './request-line.ts';
import type { Exchanged } from './pipeline-types.ts';

/** A message that came in, before anything is known of its sender. */
export type Received = Pick<Exchanged, 'request' | 'address' | 'correlationId' | 'traceparent'>;

/** What was found out about a request until it was answered. */
export type FoundOut = Partial<Pick<Exchanged, 'principal' | 'client' | 'prepared'>>;

export interface AccessLog {
  /** Stage 1: one `received` line before any decision, so that every refusal is in the audit trail. */
  received(message: Received): void;
  /** Stage 15: one `completed` line, whatever became of the request. */
  completed(found: FoundOut, summary: RequestSummary): void;
}

export interface Outcome {
  readonly status: number;
  /** Distinct error codes in the answer. */
  readonly codes: readonly string[];
  readonly bytes: number;
  /** Is there anything but errors in it? */
  readonly hasData: boolean;
}

/**
 * Field names follow the Elastic Common Schema; what has no place there is under `facet`. What a line may say is listed here and none of
 * it is a secret, so nothing looks for any. The lines are put together as text (`LineLog`): text from outside goes through `jsonText`,
 * ids whose form was checked, numbers and our own names stand as they are, and what belongs to a caller, an app or an operation is
 * written once for each.
 */
export function createAccessLog(log: LineLog, anonymiseAddress: boolean): AccessLog {
  return {
    received(message) {
      if (!log.isOn) return;
      const { request } = message;
      const address = anonymiseAddress ? anonymise(message.address) : message.address;
      const userAgent = request.headers['user-agent'];
      let fields = `${idsOf(message)},"event.action":"received","source.ip":${jsonText(address)}`;
      if (request.method !== undefined) fields += `,"http.request.method":${jsonText(request.method)}`;
      // Without its query: the variables of a GET may hold what must not be logged.
      if (request.url !== undefined) fields += `,"url.path":${jsonText(logText(pathOf(request.url)))}`;
      if (userAgent !== undefined) fields += `,"user_agent.original":${jsonText(logText(userAgent))}`;
      log.info(fields, 'received');
    },
    completed({ principal, client, prepared }, summary) {
      if (!log.isOn) return;
      const { status, codes, bytes, outcome, cost, calls, startedAt, endedAt, facts } = summary;
      const durationMs = endedAt - startedAt;
      const succeeded = outcome === 'complete' || outcome === 'stale';
      log.info(
        `${idsOf(summary)},"event.action":"completed","event.outcome":"${succeeded ? 'success' : 'failure'}"` +
          `,"event.duration":${Math.round(durationMs * 1e6)}` +
          `,"http.response.status_code":${status},"http.response.body.bytes":${bytes}` +
          `,"facet.outcome":"${outcome}","error.code":${listOf(codes)}` +
          (principal ? principalFields(principal) : '') +
          (client ? clientFields(client) : '') +
          (prepared ? operationFields(prepared) : '') +
          `,"facet.cost":${cost}` +
          `,"facet.overhead_ms":${tenths(Math.max(0, durationMs - facts.upstreamMs))}` +
          `,"facet.upstream.ms":${tenths(facts.upstreamMs)},"facet.upstream.calls":${calls}` +
          `,"facet.upstream.retries":${facts.retries},"facet.upstream.joined":${facts.joined}` +
          `,"facet.upstream.refused_by_breaker":${listOf(facts.refusedByBreaker)}` +
          `,"facet.upstream.attempts":[${facts.attempts.map(attemptField).join(',')}]` +
          `,"facet.cache.hits":${facts.cacheHits},"facet.cache.stale":${facts.staleHits}`,
        'completed',
      );
    },
  };
}

/** Both have a form that was checked, or were made here. */
function idsOf({ traceparent, correlationId }: Pick<Exchanged, 'traceparent' | 'correlationId'>): string {
  const trace = traceparent === undefined ? '' : `,"trace.id":"${traceIdOf(traceparent)}"`;
  return `${trace},"http.request.id":"${correlationId}"`;
}

const principalFields = writtenOnce(
  ({ hash, tier, credential }: Principal) =>
    `,"user.hash":${jsonText(hash)},"facet.tier":${jsonText(tier)},"facet.credential":"${credential}"`,
);

const clientFields = writtenOnce(
  ({ name, version }: ClientInfo) =>
    `,"facet.client.name":${jsonText(name)},"facet.client.version":${jsonText(version)}`,
);

const operationFields = writtenOnce(
  ({ name, documentId }: PreparedOperation) =>
    `,"facet.operation.name":${jsonText(logText(name))},"facet.operation.id":"${documentId}"`,
);

/** The fields of something that many requests have in common, for as long as it lives. */
function writtenOnce<T extends object>(write: (of: T) => string): (of: T) => string {
  const written = new WeakMap<T, string>();
  return (of) => {
    let fields = written.get(of);
    if (fields === undefined) written.set(of, (fields = write(of)));
    return fields;
  };
}

/** Mostly there is nothing to list. */
function listOf(names: readonly string[]): string {
  return names.length === 0 ? '[]' : JSON.stringify(names);
}

function attemptField({ name, startedAt, endedAt, outcome }: Span): string {
  return `{"name":${jsonText(name)},"ms":${tenths(endedAt - startedAt)},"outcome":${jsonText(outcome)}}`;
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** IPv4 without its last octet, IPv6 as its /48. */
export function anonymise(address: string): string {
  if (isIPv4(address)) return address.replace(/\.\d+$/, '.0');
  const [head = ''] = address.split('::');
  return `${head.split(':').slice(0, 3).join(':')}::`;
}
