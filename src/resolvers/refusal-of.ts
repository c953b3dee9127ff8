import { GatewayError } from '../errors/gateway-error.ts';
import { type ProblemDocument, UpstreamFailure, UpstreamProblem } from '../upstream/upstream-failure.ts';
import type { WriteOutcome } from '../upstream/write-once.ts';
import type { Mistake, Refused } from './refusal.ts';

/** Pointer into the service's body (RFC 6901) → place in the mutation's input. */
export type InputPaths = ReadonlyMap<string, readonly string[]>;

/** What every mutation can end in. */
export type CommonKind = 'invalid' | 'not_found' | 'changed' | 'key_reused' | 'unavailable' | 'unknown';

type Ended = Exclude<WriteOutcome<unknown>, { kind: 'done' }>;

/** A write that did not succeed, in the mutation's terms; what a mutation has own words for it looks at first. */
export function refusalOf(ended: Ended, paths: InputPaths): Refused<CommonKind> {
  switch (ended.kind) {
    case 'refused':
      return refusalBy(ended.status, ended.problem, paths);
    case 'conflict':
      return { kind: 'key_reused' };
    default:
      return { kind: ended.kind, retryAfterSeconds: Math.max(1, Math.ceil(ended.retryAfterMs / 1_000)) };
  }
}

/** How a write without an idempotency key failed; what is not about the call is thrown on. */
export function endOf(error: unknown): Ended {
  if (error instanceof UpstreamProblem) return { kind: 'refused', status: error.status, problem: error.problem };
  if (!(error instanceof UpstreamFailure)) throw error;
  return {
    kind: error.effect === 'none' ? 'unavailable' : 'unknown',
    retryAfterMs: error.retryAfterMs ?? defaultRetryMs,
  };
}

const defaultRetryMs = 2_000;

/** A read before a write failed: whatever became of that read, the write was not sent. */
export function asUnsent(error: unknown): unknown {
  if (!(error instanceof UpstreamFailure)) return error;
  const { reason, route, service = '', retryAfterMs, context = {} } = error;
  const options = { service, route, effect: 'none', context } as const;
  return new UpstreamFailure(reason, retryAfterMs === undefined ? options : { ...options, retryAfterMs });
}

/** Thrown before a write is sent, when the thing is not there for the caller. A mistake of the caller's, so certainly without effect. */
export class Absent extends GatewayError {
  constructor() {
    super('BAD_USER_INPUT');
  }
}

function refusalBy(
  status: number,
  problem: ProblemDocument,
  paths: InputPaths,
): Refused<'invalid' | 'not_found' | 'changed'> {
  if (status === 404) return { kind: 'not_found' };
  if (status === 409 || status === 412 || status === 428) {
    return { kind: 'changed', currentVersion: versionIn(problem) };
  }
  // The service doesn't want this caller: that is for us to look into, and for nobody to read.
  if (status === 401 || status === 403) throw new GatewayError('FORBIDDEN', { context: { problemCode: problem.code } });
  return { kind: 'invalid', mistakes: mistakesIn(problem, paths) };
}

function versionIn({ members }: ProblemDocument): string | null {
  const version = members['current_version'];
  return typeof version === 'number' || typeof version === 'string' ? String(version) : null;
}

const codes: ReadonlyMap<string, Mistake['code']> = new Map(
  Object.entries({
    required: 'REQUIRED',
    empty_patch: 'EMPTY',
    bad_format: 'BAD_FORMAT',
    unknown_time_zone: 'BAD_FORMAT',
    too_long: 'TOO_LONG',
    payment_source_invalid: 'NOT_USABLE',
  } as const),
);

function mistakesIn({ code, errors }: ProblemDocument, paths: InputPaths): Mistake[] {
  const named = errors.length > 0 ? errors : [{ pointer: '', code }];
  return named.map(({ pointer, code: word }) => ({
    path: ['input', ...(paths.get(pointer) ?? [])],
    code: codes.get(word) ?? 'NOT_ACCEPTED',
  }));
}
