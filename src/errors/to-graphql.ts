import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { type ErrorCode, isErrorCode } from './codes.ts';
import { GatewayError, toGatewayError } from './gateway-error.ts';

/** No text of ours echoes more of the input than this. */
const maxMessageLength = 300;

/**
 * One error as clients see it: safe text, place, and `extensions` with code, service and retry advice; the respond stage adds the correlation id.
 * Whatever is not a coded error of ours is shown as `INTERNAL_SERVER_ERROR`; its own text stays in the log.
 */
export function toGraphQLEntry(error: unknown): GraphQLFormattedError {
  const located = error instanceof GraphQLError ? error : undefined;
  const coded = codedErrorOf(error);
  return {
    message: truncate(coded.publicMessage),
    ...(located?.locations && { locations: located.locations }),
    ...(located?.path && { path: located.path }),
    extensions: extensionsOf(coded),
  };
}

/** All entries of a refused request: one, or one for each issue. */
export function toGraphQLEntries(error: GatewayError): GraphQLFormattedError[] {
  if (!error.issues || error.issues.length === 0) return [toGraphQLEntry(error)];
  return error.issues.map(({ message, locations }) => ({
    message: truncate(message),
    ...(locations && { locations }),
    extensions: extensionsOf(error),
  }));
}

/** The coded error behind anything that execution reports. */
export function codedErrorOf(error: unknown): GatewayError {
  if (!(error instanceof GraphQLError)) return toGatewayError(error);
  if (error.originalError && !pointsAtInput(error)) return codedErrorOf(error.originalError);
  const code = codeOf(error);
  return code === 'INTERNAL_SERVER_ERROR'
    ? new GatewayError(code, { cause: error })
    : new GatewayError(code, { publicMessage: error.message });
}

/**
 * graphql-js itself complains in two ways that carry no code: of variables and arguments that do not fit (the caller's mistake, whatever
 * the scalar threw to say so), and of a value that a resolver gave (ours).
 */
function codeOf(error: GraphQLError): ErrorCode {
  const code = error.extensions['code'];
  if (isErrorCode(code)) return code;
  return pointsAtInput(error) ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
}

/** The first kind points at a variable or a value in the document, the second at a field or at nothing. */
function pointsAtInput({ nodes }: GraphQLError): boolean {
  return nodes?.some(({ kind }) => kind !== Kind.FIELD) ?? false;
}

function extensionsOf(error: GatewayError): Record<string, unknown> {
  return {
    code: error.code,
    ...(error.service !== undefined && { service: error.service }),
    retryable: error.retryable,
    ...(error.retryAfterMs !== undefined && { retryAfterMs: Math.ceil(error.retryAfterMs) }),
    ...error.details,
  };
}

export function truncate(text: string): string {
  return text.length <= maxMessageLength ? text : `${text.slice(0, maxMessageLength)}…`;
}
