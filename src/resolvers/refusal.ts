import type { MoneyRecord } from '../domain/records.ts';
import type { OrderAction } from '../domain/states.ts';

/** One mistake in a mutation's input. */
export interface Mistake {
  /** From the mutation's argument down: `['input', 'phone']`. */
  readonly path: readonly string[];
  readonly code: 'REQUIRED' | 'EMPTY' | 'BAD_FORMAT' | 'TOO_LONG' | 'OUT_OF_RANGE' | 'NOT_USABLE' | 'NOT_ACCEPTED';
}

/** Why a mutation did not do what was asked: all cases, in the terms that clients' results are made of. */
export type Refusal =
  /** Something in the input is wrong. Nothing was changed. */
  | { readonly kind: 'invalid'; readonly mistakes: readonly Mistake[] }
  /** There is no such thing, or it is not the caller's. */
  | { readonly kind: 'not_found' }
  /** Someone else was faster. */
  | { readonly kind: 'changed'; readonly currentVersion: string | null }
  /** The idempotency key was used for something else. */
  | { readonly kind: 'key_reused' }
  /** It is not in a state that allows this; `actions` are what the caller may do instead. */
  | { readonly kind: 'not_allowed'; readonly actions: readonly OrderAction[] }
  /** The bank said no. `retryable`: the same method may work later. */
  | { readonly kind: 'declined'; readonly declineCode: string | null; readonly retryable: boolean }
  /** More than is left to give back. */
  | { readonly kind: 'exceeds_balance'; readonly refundable: MoneyRecord }
  /** Nothing was sent. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds: number }
  /** It may have happened: repeat with the same key. */
  | { readonly kind: 'unknown'; readonly retryAfterSeconds: number };

export type Refused<Kind extends Refusal['kind']> = Extract<Refusal, { kind: Kind }>;

/** How a mutation ended, for whichever client asked. */
export type MutationResult<Value, Kind extends Refusal['kind']> =
  { readonly kind: 'done'; readonly value: Value } | Refused<Kind>;
