import { httpCacheControl } from '../cache/http-cache-control.ts';
import { type CodeEntry, codes } from '../errors/codes.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import { toHttpRefusal } from '../errors/to-http.ts';
import type { Answer } from '../operation/pipeline.ts';
import { quotaHeaders } from '../rate-limit/quota-headers.ts';
import type { Outcome } from './access-log.ts';
import { answerBody, codesOf, completenessOf, stampCorrelation } from './answer-body.ts';
import type { HeaderList } from './cross-origin.ts';
import { type Body, bytesOf, encode, type EncodedBody, tagOf } from './encoded-body.ts';
import { endAnswer } from './end-answer.ts';
import { matchesTag } from './entity-tag.ts';
import type { Exchanged } from './pipeline-types.ts';
import type { FixedHeaders } from './fixed-headers.ts';

export interface ResponderParts {
  readonly fixed: FixedHeaders;
  /** True from SIGTERM on: every answer then ends its connection, so that callers go elsewhere. */
  readonly isDraining: () => boolean;
}

const contentTypes = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
} as const;

const nothing = '';

/** Stage 14: the only writer of status, headers and body. */
export function createResponder({ fixed, isDraining }: ResponderParts) {
  /** Headers that every answer has; what one of them adds is pushed behind. */
  function headersFor(exchange: Exchanged): string[] {
    const headers = [...fixed.of(exchange.secure), 'x-correlation-id', exchange.correlationId];
    if (exchange.crossOrigin) headers.push(...exchange.crossOrigin);
    return headers;
  }

  function write(
    { request, response }: Exchanged,
    status: number,
    headers: string[],
    body: Body,
    codesInBody: readonly string[],
    hasData: boolean,
  ): Outcome {
    // HTTP/2 has no such header; its connections are ended by a frame.
    if (isDraining() && request.httpVersionMajor === 1 && !headers.includes('connection'))
      headers.push('connection', 'close');
    const bytes = bytesOf(body);
    if (status !== 204 && status !== 304) headers.push('content-length', String(bytes));
    response.writeHead(status, headers);
    endAnswer(request, response, body);
    return { status, codes: codesInBody, bytes, hasData };
  }

  return {
    /**
     * An answer with data is 200 for both media types; without data the code decides (GraphQL over HTTP §6.4). What may be kept of it,
     * and for whom, is the strictest of its parts.
     */
    answer(exchange: Exchanged, answer: Answer): Outcome | Promise<Outcome> {
      const { request, report, prepared, principal } = exchange;
      stampCorrelation(answer.errors, exchange.correlationId);
      const headers = headersFor(exchange);
      headers.push('content-type', contentTypes[exchange.mediaType]);
      pushAll(headers, quotaHeaders(exchange.quotas));
      const refused = answer.refusal !== undefined;
      const completeness = completenessOf(answer, report);
      if (!refused) headers.push('x-facet-complete', completeness);
      const whole = !refused && completeness === 'complete';
      const reading = prepared.kind === 'query';
      const credential = principal.credential !== 'none';
      const { maxAgeSeconds, scope } = prepared.cachePolicy;
      const reuse = scope === 'private' ? { ...report.reuse, scope } : report.reuse;
      headers.push('cache-control', httpCacheControl({ reuse, maxAgeSeconds, whole, reading, credential }));
      const { finishedBody } = exchange;
      const finished = whole && answer.extensions === undefined ? finishedBody : undefined;
      const plain = finished ?? answerBody(answer, report);
      const isShared = finished !== undefined;
      if (whole && reading && request.method === 'GET') {
        const tag = tagOf(plain, isShared);
        headers.push('etag', tag);
        if (matchesTag(request.headers['if-none-match'], tag)) return write(exchange, 304, headers, nothing, [], true);
      }
      const send = ({ body, coding }: EncodedBody): Outcome => {
        if (coding) headers.push('content-encoding', coding);
        const hasData = finished !== undefined || Boolean(answer.data);
        return write(exchange, statusOf(answer, exchange), headers, body, codesOf(answer.errors), hasData);
      };
      const encoded = encode(plain, request.headers['accept-encoding'] as string | undefined, isShared);
      return encoded instanceof Promise ? encoded.then(send) : send(encoded);
    },

    /** Answers a refusal of the whole request, whatever stage it came from. */
    refuse(exchange: Exchanged, error: GatewayError): Outcome {
      const mediaType = exchange.mediaType ?? 'application/json';
      const { status, headers: own, body } = toHttpRefusal(error, mediaType === 'application/json');
      stampCorrelation(body.errors, exchange.correlationId);
      const headers = headersFor(exchange);
      headers.push('content-type', contentTypes[mediaType], 'cache-control', 'no-store');
      pushAll(headers, { ...quotaHeaders(exchange.quotas), ...own });
      return write(exchange, status, headers, JSON.stringify(body), [error.code], false);
    },

    /** The answer to a preflight: nothing but headers. */
    preflight(exchange: Exchanged, preflight: HeaderList): Outcome {
      return write(exchange, 204, [...headersFor(exchange), ...preflight], nothing, [], false);
    },
  };
}

export type Responder = ReturnType<typeof createResponder>;

function statusOf({ refusal }: Answer, { mediaType }: Exchanged): number {
  if (refusal === undefined) return 200;
  const entry: CodeEntry = codes[refusal];
  return mediaType === 'application/json' && entry.requestError ? 200 : entry.status;
}

function pushAll(headers: string[], added: Readonly<Record<string, string>>): void {
  for (const name in added) headers.push(name, added[name] ?? '');
}
