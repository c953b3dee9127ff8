import type { ErrorCode } from '../../src/errors/codes.ts';

/** One message as an attacker, or a careless client, puts it on the wire, and what has to come of it. */
export interface HttpAttack {
  readonly id: string;
  /** MUST: a standard or our own promise asks for it. SHOULD: another refusal would be as safe. */
  readonly level: 'MUST' | 'SHOULD';
  readonly title: string;
  /** The bytes as they are sent; several parts are several packets. */
  readonly parts: readonly (string | Buffer)[];
  readonly status: number;
  /** The code in the answer; none when it is accepted. */
  readonly code?: ErrorCode;
  /** A header that the answer must have. */
  readonly header?: readonly [name: string, value: RegExp];
  /** Requests that the bytes amount to; default 1. */
  readonly requests?: number;
}

/** What every well-meant request of a table has: the new media type (so that refusals keep their status) and an end. */
export const usual = {
  Host: 'gateway.example',
  Connection: 'close',
  Accept: 'application/graphql-response+json',
  'X-Facet-CSRF': '1',
} as const;

export type Headers = Readonly<Record<string, string | undefined>>;

/** Header lines; a name given as undefined is left out, `raw` lines stand at the end as they are. */
export function head(requestLine: string, headers: Headers, raw = ''): string {
  const lines = Object.entries({ ...usual, ...headers })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return `${requestLine}\r\n${lines}${raw}\r\n`;
}

/** A small query by GET. */
export function get(headers: Headers = {}, raw = '', target = '/graphql?query=%7B__typename%7D'): string {
  return head(`GET ${target} HTTP/1.1`, headers, raw);
}

/** A POST with this body, as JSON unless the headers say otherwise. */
export function post(
  body: string | Buffer = '{"query":"{__typename}"}',
  headers: Headers = {},
  raw = '',
): (string | Buffer)[] {
  const length = String(Buffer.byteLength(body));
  const fixed = { 'Content-Type': 'application/json', 'Content-Length': length, ...headers };
  return [head('POST /graphql HTTP/1.1', fixed, raw), typeof body === 'string' ? Buffer.from(body) : body];
}

type Expectation = Pick<HttpAttack, 'status'> & Partial<Pick<HttpAttack, 'code' | 'header' | 'requests' | 'level'>>;

/** Rows of one family: `HOST-01`, `HOST-02` and so on. */
export function family(
  prefix: string,
  rows: readonly (readonly [title: string, parts: string | readonly (string | Buffer)[], expected: Expectation])[],
): HttpAttack[] {
  return rows.map(([title, parts, expected], index) => ({
    id: `${prefix}-${String(index + 1).padStart(2, '0')}`,
    level: 'MUST',
    title,
    parts: typeof parts === 'string' ? [parts] : parts,
    ...expected,
  }));
}

export const accepted = { status: 200 } as const;
export const badRequest = { status: 400, code: 'BAD_REQUEST' } as const;
export const unsupported = { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' } as const;
export const notFound = { status: 404, code: 'NOT_FOUND' } as const;
export const notAcceptable = { status: 406, code: 'NOT_ACCEPTABLE' } as const;
export const csrfRejected = { status: 403, code: 'CSRF_REJECTED' } as const;
export const notAllowed = { status: 405, code: 'METHOD_NOT_ALLOWED', header: ['allow', /^GET, POST$|^POST$/] } as const;
export const tooManyHeaders = { status: 431, code: 'PAYLOAD_TOO_LARGE' } as const;
export const tooLarge = { status: 413, code: 'PAYLOAD_TOO_LARGE' } as const;
