import type { FastifyReply } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { codes } from '../errors/codes.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import { toHttpRefusal } from '../errors/to-http.ts';
import type { Answer } from '../operation/pipeline.ts';
import { quotaHeaders } from '../rate-limit/quota-headers.ts';
import type { Outcome } from './access-log.ts';
import type { Exchanged } from './pipeline-types.ts';

const contentTypes = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
} as const;

/**
 * Stage 14: the only writer of status, headers and body. A response with data is 200 for both media types; without data the code
 * decides (GraphQL over HTTP §6.4).
 */
export function respond(exchange: Exchanged, reply: FastifyReply, answer: Answer): Outcome {
  const { errors } = answer;
  stampCorrelation(errors, exchange.correlationId);
  const body = JSON.stringify({
    ...(errors && { errors }),
    ...(answer.data !== undefined && { data: answer.data }),
    ...(answer.extensions && { extensions: answer.extensions }),
  });
  const legacy = exchange.mediaType === 'application/json';
  const status = answer.refusal === undefined || legacy ? 200 : codes[answer.refusal].status;
  const complete =
    !errors || errors.length === 0 ? (exchange.report.stale.length > 0 ? 'stale' : 'complete') : 'partial';
  reply.header('x-facet-complete', complete);
  send(exchange, reply, status, body);
  return { status, codes: codesOf(errors), bytes: Buffer.byteLength(body), result: 'answered' };
}

/** Answers a refusal of the whole request, whatever stage it came from. */
export function refuse(exchange: Exchanged, reply: FastifyReply, error: GatewayError): Outcome {
  const legacy = (exchange.mediaType ?? 'application/json') === 'application/json';
  const { status, headers, body } = toHttpRefusal(error, legacy);
  stampCorrelation(body.errors, exchange.correlationId);
  const text = JSON.stringify(body);
  send(exchange, reply, status, text, headers);
  return { status, codes: [error.code], bytes: Buffer.byteLength(text), result: 'answered' };
}

/** `headers` are those of a refusal: they win over what was counted before it. */
function send(
  exchange: Exchanged,
  reply: FastifyReply,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  reply
    .code(status)
    .headers(quotaHeaders(exchange.quotas))
    .headers(headers)
    .header('content-type', contentTypes[exchange.mediaType ?? 'application/json'])
    .header('x-correlation-id', exchange.correlationId)
    .header('cache-control', 'no-store')
    .send(body);
}

function stampCorrelation(errors: readonly GraphQLFormattedError[] | undefined, correlationId: string): void {
  for (const { extensions } of errors ?? []) if (extensions) extensions['correlationId'] = correlationId;
}

function codesOf(errors: readonly GraphQLFormattedError[] | undefined): string[] {
  if (!errors) return [];
  return [...new Set(errors.map(({ extensions }) => String(extensions?.['code'])))];
}
