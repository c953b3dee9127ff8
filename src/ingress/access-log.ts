import { isIPv4 } from 'node:net';
import type { IncomingMessage } from 'node:http';
import type { Exchanged } from './pipeline-types.ts';

export interface AccessLog {
  /** Stage 1: one `received` line before any decision, so that every refusal is in the audit trail. */
  received(exchange: Exchanged, request: IncomingMessage): void;
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

const maxTextLength = 256;

/** Field names follow the Elastic Common Schema; what has no place there is under `facet`. */
export function createAccessLog(now: () => number, anonymiseAddress: boolean): AccessLog {
  return {
    received(exchange, request) {
      exchange.log.info(
        {
          'event.action': 'received',
          'source.ip': anonymiseAddress ? anonymise(exchange.address) : exchange.address,
          'http.request.method': request.method,
          'url.path': pathOf(request.url),
          'user_agent.original': request.headers['user-agent']?.slice(0, maxTextLength),
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
          'facet.operation.name': prepared?.name,
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

/** The path without its query: variables of a GET may hold what must not be logged. */
function pathOf(url: string | undefined): string {
  const path = url ?? '';
  const end = path.indexOf('?');
  return (end < 0 ? path : path.slice(0, end)).slice(0, maxTextLength);
}

/** IPv4 without its last octet, IPv6 as its /48. */
export function anonymise(address: string): string {
  if (isIPv4(address)) return address.replace(/\.\d+$/, '.0');
  const [head = ''] = address.split('::');
  return `${head.split(':').slice(0, 3).join(':')}::`;
}
