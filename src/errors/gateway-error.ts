import { codes, type CodeEntry, type ErrorCode } from './codes.ts';

/** The public names of the services, as clients see them in `extensions.service`. Never a host. */
export type ServiceName = string;

/** One complaint about a document or its variables, with its place in the document. */
export interface ErrorIssue {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
}

export interface GatewayErrorOptions {
  /** Replaces the table's text. Must be safe for anyone: no input longer than a few words, no upstream text. */
  readonly publicMessage?: string;
  /** The service at fault, by public name. */
  readonly service?: ServiceName;
  /** Milliseconds after which a retry makes sense. */
  readonly retryAfterMs?: number;
  /** Another HTTP status than the table's, where the configuration lets one be chosen. */
  readonly httpStatus?: number;
  /** Overrides the table's advice for this one case. */
  readonly retryable?: boolean;
  /** Safe, machine-readable detail that is shown in `extensions` beside the code (limit, remaining, storeUrl ...). */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The single complaints, where one request has several (validation): shown as one entry each. */
  readonly issues?: readonly ErrorIssue[];
  /** Response headers that belong to this refusal (`WWW-Authenticate`, `Allow`, `Retry-After`). */
  readonly headers?: Readonly<Record<string, string>>;
  /** For logs only: what an engineer wants to know. Never sent to a client. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The one error class. Whoever refuses or fails throws this with a code from the table; `to-graphql.ts` and `to-http.ts`
 * are the only two ways out. The stack is kept for bugs only: refusals are normal traffic and must stay cheap.
 */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  readonly publicMessage: string;
  readonly service: ServiceName | undefined;
  readonly retryAfterMs: number | undefined;
  readonly httpStatus: number;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly issues: readonly ErrorIssue[] | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly context: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, options: GatewayErrorOptions = {}) {
    const entry: CodeEntry = codes[code];
    const limit = Error.stackTraceLimit;
    if (entry.metric !== 'bug') Error.stackTraceLimit = 0;
    super(options.publicMessage ?? entry.message, options.cause === undefined ? undefined : { cause: options.cause });
    Error.stackTraceLimit = limit;
    this.name = 'GatewayError';
    this.code = code;
    this.publicMessage = this.message;
    this.service = options.service;
    this.retryAfterMs = options.retryAfterMs;
    this.httpStatus = options.httpStatus ?? entry.status;
    this.retryable = options.retryable ?? entry.retryable;
    this.details = options.details;
    this.issues = options.issues;
    this.headers = options.headers;
    this.context = options.context;
  }

  get entry(): CodeEntry {
    return codes[this.code];
  }
}

/** Anything thrown, as a `GatewayError`: an unknown throw is our own bug, its text stays in the log. */
export function toGatewayError(thrown: unknown): GatewayError {
  return thrown instanceof GatewayError ? thrown : new GatewayError('INTERNAL_SERVER_ERROR', { cause: thrown });
}
