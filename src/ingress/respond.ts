import { httpCacheControl } from '../cache/http-cache-control.ts';
import { type CodeEntry, codes } from '../errors/codes.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import { toHttpRefusal } from '../errors/to-http.ts';
import type { Answer } from '../operation/pipeline.ts';
import { quotaHeaders } from '../rate-limit/quota-headers.ts';
import type { Outcome } from './access-log.ts';
import { AnswerHead } from './answer-head.ts';
import { answerBody, codesOf, completenessOf, stampCorrelation } from './answer-body.ts';
import { type Body, bytesOf, encode, type EncodedBody, tagOf } from './encoded-body.ts';
import { endAnswer } from './end-answer.ts';
import { matchesTag } from './entity-tag.ts';
import { HeaderBlock } from './header-block.ts';
import type { Exchanged } from './pipeline-types.ts';
import type { FixedHeaders } from './fixed-headers.ts';

export interface ResponderParts {
  readonly fixed: FixedHeaders;
  /** True from SIGTERM on: every answer then ends its connection, so that callers go elsewhere. */
  readonly isDraining: () => boolean;
}

const contentTypes = {
  'application/json': header('content-type', 'application/json; charset=utf-8'),
  'application/graphql-response+json': header('content-type', 'application/graphql-response+json; charset=utf-8'),
} as const;
const completenesses = {
  complete: header('x-facet-complete', 'complete'),
  partial: header('x-facet-complete', 'partial'),
  stale: header('x-facet-complete', 'stale'),
} as const;

const nothing: Content = { body: '' };
/** Stands for a correlation id in the text of a prepared refusal. */
const idPlaceholder = '00000000-0000-4000-8000-000000000000';
const noCodes: readonly string[] = [];

function header(name: string, value: string): HeaderBlock {
  return new HeaderBlock([name, value]);
}

/** What is in an answer, and what the log is told of it. */
interface Content {
  readonly body: Body;
  readonly codes?: readonly string[];
  readonly hasData?: boolean;
}

/** Answers a message with a refusal that is prepared. */
export type PreparedRefusal = (
  message: Pick<Exchanged, 'request' | 'response'>,
  secure: boolean,
  correlationId: string,
) => Outcome;

/** Stage 14: the only writer of status, headers and body. */
export function createResponder({ fixed, isDraining }: ResponderParts) {
  /** With the headers that every answer has. */
  function headOf(exchange: Exchanged): AnswerHead {
    const head = new AnswerHead(fixed.of(exchange.secure));
    if (exchange.crossOrigin) head.addBlock(exchange.crossOrigin);
    head.addOwn('x-correlation-id', exchange.correlationId);
    return head;
  }

  function write(
    { request, response }: Pick<Exchanged, 'request' | 'response'>,
    status: number,
    head: AnswerHead,
    content: Content,
  ): Outcome {
    const { body, codes: codesInBody = noCodes, hasData = false } = content;
    // HTTP/2 has no such header; its connections are ended by a frame.
    if (isDraining() && request.httpVersionMajor === 1 && !head.has('connection')) head.add('connection', 'close');
    const bytes = bytesOf(body);
    if (status !== 204 && status !== 304) head.add('content-length', String(bytes));
    head.write(response, status);
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
      const head = headOf(exchange);
      head.addBlock(contentTypes[exchange.mediaType]);
      const quotas = quotaHeaders(exchange.quotas);
      for (const name in quotas) head.addOwn(name, quotas[name] ?? '');
      const refused = answer.refusal !== undefined;
      const completeness = completenessOf(answer, report);
      if (!refused) head.addBlock(completenesses[completeness]);
      const whole = !refused && completeness === 'complete';
      const reading = prepared.kind === 'query';
      const credential = principal.credential !== 'none';
      const { maxAgeSeconds, scope } = prepared.cachePolicy;
      const reuse = scope === 'private' ? { ...report.reuse, scope } : report.reuse;
      head.addOwn('cache-control', httpCacheControl({ reuse, maxAgeSeconds, whole, reading, credential }));
      const { finishedBody } = exchange;
      const finished = whole && answer.extensions === undefined ? finishedBody : undefined;
      const plain = finished ?? answerBody(answer, report);
      const isShared = finished !== undefined;
      if (whole && reading && request.method === 'GET') {
        const tag = tagOf(plain, isShared);
        head.addOwn('etag', tag);
        if (matchesTag(request.headers['if-none-match'], tag))
          return write(exchange, 304, head, { ...nothing, hasData: true });
      }
      const send = ({ body, coding }: EncodedBody): Outcome => {
        if (coding) head.addOwn('content-encoding', coding);
        const hasData = finished !== undefined || Boolean(answer.data);
        return write(exchange, statusOf(answer, exchange), head, { body, codes: codesOf(answer.errors), hasData });
      };
      const encoded = encode(plain, request.headers['accept-encoding'] as string | undefined, isShared);
      return encoded instanceof Promise ? encoded.then(send) : send(encoded);
    },

    /** Answers a refusal of the whole request, whatever stage it came from. */
    refuse(exchange: Exchanged, error: GatewayError): Outcome {
      const mediaType = exchange.mediaType ?? 'application/json';
      const { status, headers: own, body } = toHttpRefusal(error, mediaType === 'application/json');
      stampCorrelation(body.errors, exchange.correlationId);
      const head = headOf(exchange);
      head.addBlock(contentTypes[mediaType]);
      head.addOwn('cache-control', 'no-store');
      const added: Readonly<Record<string, string>> = { ...quotaHeaders(exchange.quotas), ...own };
      for (const name in added) head.add(name, added[name] ?? '');
      const content = { body: JSON.stringify(body), codes: [error.code] };
      return write(exchange, status, head, content);
    },

    /** The same refusal for many, put together once: what is left is the id and the write. For those that must cost next to nothing. */
    prepareRefusal(error: GatewayError): PreparedRefusal {
      const { status, headers, body } = toHttpRefusal(error, true);
      stampCorrelation(body.errors, idPlaceholder);
      const [before = '', after = ''] = JSON.stringify(body).split(idPlaceholder);
      const lines = { ...headers, 'cache-control': 'no-store' };
      const block = new HeaderBlock([...contentTypes['application/json'].list, ...Object.entries(lines).flat()]);
      const refused = [error.code];
      return (message, secure, correlationId) => {
        const head = new AnswerHead(fixed.of(secure));
        head.addBlock(block);
        head.addOwn('x-correlation-id', correlationId);
        return write(message, status, head, { body: before + correlationId + after, codes: refused });
      };
    },

    /** The answer to a preflight: nothing but headers. */
    preflight(exchange: Exchanged, preflight: HeaderBlock): Outcome {
      exchange.crossOrigin = preflight;
      return write(exchange, 204, headOf(exchange), nothing);
    },
  };
}

export type Responder = ReturnType<typeof createResponder>;

function statusOf({ refusal }: Answer, { mediaType }: Exchanged): number {
  if (refusal === undefined) return 200;
  const entry: CodeEntry = codes[refusal];
  return mediaType === 'application/json' && entry.requestError ? 200 : entry.status;
}
