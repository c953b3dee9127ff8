import { GraphQLError, type GraphQLFormattedError } from 'graphql';
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
  const { originalError, path } = error;
  // Round a complaint of its own about a variable graphql-js puts another, which has the node and, before execution, no path.
  if (originalError && (path || !(originalError instanceof GraphQLError))) return codedErrorOf(originalError);
  const code = codeOf(error);
  return code === 'INTERNAL_SERVER_ERROR'
    ? new GatewayError(code, { cause: error })
    : new GatewayError(code, { publicMessage: error.message });
}

/**
 * graphql-js itself complains in two ways that carry no code: of variables and arguments that do not fit, pointing at a node of the
 * document (the caller's mistake), and of a value that a resolver gave (ours, without a node of its own).
 */
function codeOf(error: GraphQLError): ErrorCode {
  const code = error.extensions['code'];
  if (isErrorCode(code)) return code;
  return error.nodes ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
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
