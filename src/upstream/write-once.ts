import type { CallContext } from '../context/call-context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Executed, Idempotency } from '../idempotency/idempotency.ts';
import type { CallOptions } from './call.ts';
import { type ProblemDocument, UpstreamFailure, UpstreamProblem } from './upstream-failure.ts';

/** A mutation as the client named it. */
export interface WriteIntent {
  /** The mutation's field name. */
  readonly mutation: string;
  /** `idempotencyKey` of its input. */
  readonly clientKey: string;
  /** The whole input: the same key with another one is a conflict. */
  readonly input: unknown;
}

/** How a write ended, in the terms that mutations answer in. */
export type WriteOutcome<T> =
  /** It happened, now or at an earlier try. */
  | { readonly kind: 'done'; readonly value: T }
  /** The service said no; nothing happened. */
  | { readonly kind: 'refused'; readonly status: number; readonly problem: ProblemDocument }
  /** The key was used with other input: `IDEMPOTENCY_KEY_REUSED`. */
  | { readonly kind: 'conflict' }
  /** Nothing was sent. */
  | { readonly kind: 'unavailable'; readonly retryAfterMs: number }
  /** It may have happened: repeat with the same key. */
  | { readonly kind: 'unknown'; readonly retryAfterMs: number };

type Settled<T> = Extract<WriteOutcome<T>, { kind: 'done' | 'refused' | 'conflict' }>;

export type WriteOnce = <T>(
  intent: WriteIntent,
  context: CallContext,
  send: (options: Required<Pick<CallOptions, 'idempotencyKey'>>) => Promise<T>,
) => Promise<WriteOutcome<T>>;

const defaultRetryMs = 2_000;

/** Refusals from before the work began: the services don't keep them under the key, so a repetition may end otherwise. */
const notKept = new Set([400, 401, 403, 429]);

/**
 * Sends a write once for each intent of a caller, and says how it ended; never a failure where nobody knows. `send` must hand its
 * options on to the one service call, and its result must be plain data: another request, or another instance, may be given it.
 */
export function createWriteOnce(idempotency: Idempotency): WriteOnce {
  return async <T>(
    intent: WriteIntent,
    context: CallContext,
    send: (options: { readonly idempotencyKey: string }) => Promise<T>,
  ) => {
    const { principal, deadline } = context;
    let retryAfterMs = defaultRetryMs;
    try {
      const outcome = await idempotency.run<Settled<T>>(
        { ...intent, principal, deadline },
        async (idempotencyKey, uncertain) => {
          try {
            return { definite: true, answer: { kind: 'done', value: await send({ idempotencyKey }) } };
          } catch (error) {
            if (error instanceof UpstreamFailure) retryAfterMs = error.retryAfterMs ?? defaultRetryMs;
            return settle(error, uncertain);
          }
        },
      );
      if (outcome.state === 'definite') return outcome.answer;
      return outcome.state === 'conflict' ? { kind: 'conflict' } : { kind: 'unknown', retryAfterMs };
    } catch (error) {
      if (error instanceof UpstreamProblem) return refused(error);
      if (error instanceof UpstreamFailure)
        return { kind: 'unavailable', retryAfterMs: error.retryAfterMs ?? defaultRetryMs };
      throw error;
    }
  };
}

/**
 * What a failed call says of the write. Rethrown: certainly nothing happened, and the intent stays open. After an earlier try of which
 * nobody knows the end, only the service's word under the key is certain: "not sent" would invite a second payment.
 */
function settle<T>(error: unknown, uncertain: boolean): Executed<Settled<T>> {
  if (error instanceof UpstreamProblem) {
    const { status, problem } = error;
    // draft-ietf-httpapi-idempotency-key-header §2.6: still running, and used for another request.
    if (status === 409 && problem.code === 'idempotency_in_progress') return { definite: false };
    if (problem.code === 'idempotency_key_reused') return { definite: true, answer: { kind: 'conflict' } };
    if (!notKept.has(status)) return { definite: true, answer: refused(error) };
  }
  if (hadNoEffect(error) && !uncertain) throw error;
  // Also what nobody foresaw: after the call was handed out, only the service knows.
  return { definite: false };
}

function hadNoEffect(error: unknown): boolean {
  if (error instanceof UpstreamFailure) return error.effect === 'none';
  return error instanceof UpstreamProblem || (error instanceof GatewayError && error.entry.source === 'downstream');
}

function refused({ status, problem }: UpstreamProblem): Extract<WriteOutcome<never>, { kind: 'refused' }> {
  return { kind: 'refused', status, problem };
}
