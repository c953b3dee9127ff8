/**
 * Every error a client can see, in one table. The list is part of the API contract: a code is never renamed, its status
 * never changes meaning. `docs/errors.md` repeats the table and a test compares the two.
 */
export interface CodeEntry {
  /** HTTP status when the whole request is refused with this code. */
  readonly status: number;
  /** Who caused it: the caller, this gateway, or a service behind it. */
  readonly source: 'downstream' | 'gateway' | 'upstream';
  /** May the same request succeed later without a change by the caller? */
  readonly retryable: boolean;
  /** Level of the log line that carries it. */
  readonly level: 'info' | 'warn' | 'error';
  /** Metric class: refused on purpose, the caller's mistake, a service's failure, or our own bug. */
  readonly metric: 'rejected' | 'client_error' | 'upstream_failure' | 'bug';
  /**
   * Is it a GraphQL request error (GraphQL over HTTP §6.4)? Such a refusal is a 200 for clients that accept only the legacy
   * `application/json`; every other refusal keeps its status for everyone.
   */
  readonly requestError?: true;
  /** Text that is safe for anyone to read. */
  readonly message: string;
}

const rejected = { source: 'gateway', metric: 'rejected', level: 'info' } as const;
const mistake = { source: 'downstream', metric: 'client_error', level: 'info', retryable: false } as const;
const upstream = { source: 'upstream', metric: 'upstream_failure', level: 'warn', retryable: true } as const;

// prettier-ignore
export const codes = {
  UNAUTHENTICATED:              { ...rejected, status: 401, retryable: false, message: 'A valid credential is required.' },
  CREDENTIALS_CONFLICT:         { ...mistake,  status: 400, message: 'Send exactly one kind of credential.' },
  FORBIDDEN:                    { ...rejected, status: 403, retryable: false, message: 'You are not allowed to do this.' },
  ACCOUNT_SUSPENDED:            { ...rejected, status: 403, retryable: false, message: 'This account is suspended.' },
  ORIGIN_NOT_ALLOWED:           { ...rejected, status: 403, retryable: false, message: 'This origin may not call this API.' },
  CSRF_REJECTED:                { ...rejected, status: 403, retryable: false, message: 'The request lacks the header that protects against cross-site requests.' },
  INSECURE_TRANSPORT:           { ...rejected, status: 403, retryable: false, message: 'Use HTTPS.' },
  RATE_LIMITED:                 { ...rejected, status: 429, retryable: true,  message: 'Too many requests. Slow down.' },
  CLIENT_VERSION_UNSUPPORTED:   { ...rejected, status: 403, retryable: false, message: 'This version of the app is no longer supported. Please update.' },
  BAD_REQUEST:                  { ...mistake,  status: 400, message: 'The request is malformed.' },
  METHOD_NOT_ALLOWED:           { ...mistake,  status: 405, message: 'This method is not allowed here.' },
  NOT_FOUND:                    { ...mistake,  status: 404, message: 'There is nothing here.' },
  NOT_ACCEPTABLE:               { ...mistake,  status: 406, message: 'None of the accepted media types can be produced.' },
  PAYLOAD_TOO_LARGE:            { ...mistake,  status: 413, message: 'The request is too large.' },
  UNSUPPORTED_MEDIA_TYPE:       { ...mistake,  status: 415, message: 'Send application/json in UTF-8.' },
  REQUEST_TIMEOUT:              { ...mistake,  status: 408, message: 'The request took too long to arrive.' },
  GRAPHQL_PARSE_FAILED:         { ...mistake,  requestError: true, status: 400, message: 'The document is not valid GraphQL.' },
  GRAPHQL_VALIDATION_FAILED:    { ...mistake,  requestError: true, status: 400, message: 'The document does not fit the schema.' },
  BAD_USER_INPUT:               { ...mistake,  requestError: true, status: 400, message: 'A value of the input is not valid.' },
  OPERATION_RESOLUTION_FAILURE: { ...mistake,  requestError: true, status: 400, message: 'The operation to run could not be determined.' },
  OPERATION_TOO_COMPLEX:        { ...rejected, requestError: true, status: 400, retryable: false, message: 'The operation is too complex.' },
  FAN_OUT_EXCEEDED:             { ...rejected, requestError: true, status: 400, retryable: false, message: 'The operation needs too many calls to services.' },
  PERSISTED_DOCUMENT_NOT_FOUND: { ...rejected, requestError: true, status: 404, retryable: false, message: 'This operation is not registered.' },
  PERSISTED_QUERY_NOT_FOUND:    { ...mistake,  requestError: true, status: 200, message: 'PersistedQueryNotFound' },
  UPSTREAM_TIMEOUT:             { ...upstream, status: 504, message: 'A service did not answer in time.' },
  UPSTREAM_UNAVAILABLE:         { ...upstream, status: 503, message: 'A service is not available.' },
  UPSTREAM_RATE_LIMITED:        { ...upstream, status: 503, message: 'A service is busy.' },
  UPSTREAM_BAD_RESPONSE:        { ...upstream, status: 502, message: 'A service gave an answer that cannot be used.' },
  DEADLINE_EXCEEDED:            { ...upstream, source: 'gateway', status: 504, message: 'The time for this request is used up.' },
  OVERLOADED:                   { ...rejected, status: 503, retryable: true,  message: 'The gateway is busy. Try again shortly.' },
  AUTH_UNAVAILABLE:             { ...rejected, status: 503, retryable: true,  message: 'The credential cannot be checked right now.' },
  INTERNAL_SERVER_ERROR:        { source: 'gateway', metric: 'bug', level: 'error', status: 500, retryable: false, message: 'Something went wrong on our side.' },
} as const satisfies Record<string, CodeEntry>;

export type ErrorCode = keyof typeof codes;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(codes, value);
}
