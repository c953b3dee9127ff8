import { isIPv4 } from 'node:net';
import type { Span } from '../telemetry/journey.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { RequestSummary } from '../telemetry/request-summary.ts';
import { logText } from './log-text.ts';
import { pathOf } from './request-line.ts';
import type { Exchanged } from './pipeline-types.ts';

export interface AccessLog {
  /** Stage 1: one `received` line before any decision, so that every refusal is in the audit trail. */
  received(exchange: Exchanged): void;
  /** Stage 15: one `completed` line, whatever became of the request. */
  completed(exchange: Exchanged, summary: RequestSummary): void;
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
 * Field names follow the Elastic Common Schema; what has no place there is under `facet`. `log` need not redact: what a line may say is
 * listed here, and none of it is a secret.
 */
export function createAccessLog(log: Logger, anonymiseAddress: boolean): AccessLog {
  return {
    received(exchange) {
      const { request } = exchange;
      const userAgent = request.headers['user-agent'];
      log.info(
        {
          'trace.id': traceIdOf(exchange),
          'http.request.id': exchange.correlationId,
          'event.action': 'received',
          'source.ip': anonymiseAddress ? anonymise(exchange.address) : exchange.address,
          'http.request.method': request.method,
          // Without its query: the variables of a GET may hold what must not be logged.
          'url.path': request.url === undefined ? undefined : logText(pathOf(request.url)),
          'user_agent.original': userAgent === undefined ? undefined : logText(userAgent),
        },
        'received',
      );
    },
    completed(exchange, { status, codes, bytes, outcome, startedAt, endedAt, facts }) {
      const { principal, client, prepared, report } = exchange;
      const durationMs = endedAt - startedAt;
      log.info(
        {
          'trace.id': traceIdOf(exchange),
          'http.request.id': exchange.correlationId,
          'event.action': 'completed',
          'event.outcome': outcome === 'complete' || outcome === 'stale' ? 'success' : 'failure',
          'event.duration': Math.round(durationMs * 1e6),
          'http.response.status_code': status,
          'http.response.body.bytes': bytes,
          'facet.outcome': outcome,
          'error.code': codes,
          'user.hash': principal?.hash,
          'facet.tier': principal?.tier,
          'facet.credential': principal?.credential,
          'facet.client.name': client?.name,
          'facet.client.version': client?.version,
          'facet.operation.name': prepared && logText(prepared.name),
          'facet.operation.id': prepared?.documentId,
          'facet.cost': exchange.cost,
          'facet.overhead_ms': tenths(Math.max(0, durationMs - facts.upstreamMs)),
          'facet.upstream.ms': tenths(facts.upstreamMs),
          'facet.upstream.calls': report.calls,
          'facet.upstream.retries': facts.retries,
          'facet.upstream.joined': facts.joined,
          'facet.upstream.refused_by_breaker': facts.refusedByBreaker,
          'facet.upstream.attempts': facts.attempts.map(attemptField),
          'facet.cache.hits': facts.cacheHits,
          'facet.cache.stale': facts.staleHits,
        },
        'completed',
      );
    },
  };
}

/** The part of `traceparent` that names the trace (W3C Trace Context §3.2.2.3). */
export function traceIdOf({ traceparent }: Pick<Exchanged, 'traceparent'>): string | undefined {
  return traceparent?.slice(3, 35);
}

function attemptField({ name, startedAt, endedAt, outcome }: Span): object {
  return { name, ms: tenths(endedAt - startedAt), outcome };
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
