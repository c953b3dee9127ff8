import type { Reply } from './reply.ts';

/** One wrong part of a request: `pointer` into the body (RFC 6901) or the name of a `parameter`, a stable code, a sentence. */
export interface FieldError {
  pointer?: string;
  parameter?: string;
  code: string;
  detail: string;
}

export interface ProblemExtras {
  errors?: FieldError[];
  headers?: Record<string, string>;
  /** Further members of the problem document, e.g. `decline_code`. */
  members?: Record<string, unknown>;
}

/**
 * A refusal as RFC 9457 wants it. Thrown, it undoes the transaction it was thrown in and is never stored under an
 * idempotency key; turned into a reply by `problemReply` and returned, it is an outcome like any other.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly extras: ProblemExtras;

  constructor(status: number, code: string, detail: string, extras: ProblemExtras = {}) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.extras = extras;
  }
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Unauthenticated',
  402: 'Payment required',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  428: 'Precondition required',
  429: 'Too many requests',
  500: 'Internal server error',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
};

export function problemReply(problem: Problem, correlationId: string): Reply {
  const { status, code, message, extras } = problem;
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...extras.headers },
    body: {
      type: `https://problems.facet.example/${code}`,
      title: titles[status] ?? 'Error',
      status,
      code,
      detail: message,
      correlation_id: correlationId,
      ...(extras.errors && { errors: extras.errors }),
      ...extras.members,
    },
  };
}

/** 400 for one parameter or header. */
export function invalidParameter(parameter: string, code: string, detail: string): Problem {
  return new Problem(400, 'invalid_request', 'A parameter is not as documented.', {
    errors: [{ parameter, code, detail }],
  });
}

export function notFound(what: string): Problem {
  return new Problem(404, 'not_found', `There is no such ${what}.`);
}
