import type { GraphQLFormattedError } from 'graphql';
import { type CodeEntry, codes } from './codes.ts';
import type { GatewayError } from './gateway-error.ts';
import { toGraphQLEntries } from './to-graphql.ts';

export interface HttpRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly errors: readonly GraphQLFormattedError[] };
}

/**
 * A refusal of the whole request as status, headers and body. GraphQL over HTTP: with the legacy media type a GraphQL request
 * error answers 200 (§6.4.1), with `application/graphql-response+json` its own 4xx (§6.4.2). `Retry-After` is whole seconds, RFC 9110 §10.2.3.
 */
export function toHttpRefusal(error: GatewayError, legacyMediaType: boolean): HttpRefusal {
  const entry: CodeEntry = codes[error.code];
  const retryAfter =
    error.retryAfterMs === undefined ? undefined : String(Math.max(1, Math.ceil(error.retryAfterMs / 1000)));
  return {
    status: legacyMediaType && entry.requestError ? 200 : error.httpStatus,
    headers: { ...(retryAfter && { 'retry-after': retryAfter }), ...error.headers },
    body: { errors: toGraphQLEntries(error) },
  };
}
