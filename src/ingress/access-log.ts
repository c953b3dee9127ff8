import { isIPv4 } from 'node:net';
import { logText } from './log-text.ts';
import { pathOf } from './request-line.ts';
import type { Exchanged } from './pipeline-types.ts';

export interface AccessLog {
  /** Stage 1: one `received` line before any decision, so that every refusal is in the audit trail. */
  received(exchange: Exchanged): void;
  /** Stage 15: one `completed` line, whatever became of the request. */
  completed(exchange: Exchanged, outcome: Outcome): void;
}

export interface Outcome {
  readonly status: number;
  /** Distinct error codes in the answer. */
  readonly codes: readonly string[];
  readonly bytes: number;
  /** `answered`, or `aborted` when the client went away first. */
  readonly result: 'answered' | 'aborted';
}

/** Field names follow the Elastic Common Schema; what has no place there is under `facet`. */
export function createAccessLog(now: () => number, anonymiseAddress: boolean): AccessLog {
  return {
    received(exchange) {
      const { request } = exchange;
      const userAgent = request.headers['user-agent'];
      exchange.log.info(
        {
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
    completed(exchange, { status, codes, bytes, result }) {
      const { principal, client, prepared, report } = exchange;
      exchange.log.info(
        {
          'event.action': 'completed',
          'event.outcome': status < 400 && codes.length === 0 ? 'success' : 'failure',
          'event.duration': Math.round((now() - exchange.startedAt) * 1e6),
          'http.response.status_code': status,
          'http.response.body.bytes': bytes,
          'facet.result': result,
          'facet.codes': codes,
          'facet.principal': principal?.hash,
          'facet.tier': principal?.tier,
          'facet.credential': principal?.credential,
          'facet.client.name': client?.name,
          'facet.client.version': client?.version,
          'facet.operation.name': prepared && logText(prepared.name),
          'facet.operation.id': prepared?.documentId,
          'facet.cost': exchange.cost,
          'facet.upstream.calls': report.calls,
          'facet.upstream.attempts': attemptsOf(exchange),
        },
        'completed',
      );
    },
  };
}

function attemptsOf({ journey }: Exchanged): object[] {
  return journey.spans
    .filter(({ kind }) => kind === 'attempt')
    .map(({ name, startedAt, endedAt, outcome }) => ({
      name,
      ms: Math.round((endedAt - startedAt) * 10) / 10,
      outcome,
    }));
}

/** IPv4 without its last octet, IPv6 as its /48. */
export function anonymise(address: string): string {
  if (isIPv4(address)) return address.replace(/\.\d+$/, '.0');
  const [head = ''] = address.split('::');
  return `${head.split(':').slice(0, 3).join(':')}::`;
}
