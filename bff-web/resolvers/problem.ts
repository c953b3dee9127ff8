import { declineText } from '../../src/domain/decline-text.ts';
import type { Mistake, Refusal } from '../../src/resolvers/refusal.ts';
import type { ResolversTypes } from '../generated/resolvers.ts';

type Member<Name extends keyof ResolversTypes> = Awaited<ResolversTypes[Name]> & { readonly __typename: Name };

/** Which member of a result each refusal becomes. */
export interface Problems {
  readonly invalid: Member<'ValidationProblem'>;
  readonly not_found: Member<'NotFoundProblem'>;
  readonly changed: Member<'ConflictProblem'>;
  readonly key_reused: Member<'ConflictProblem'>;
  readonly not_allowed: Member<'NotAllowedInStateProblem'>;
  readonly declined: Member<'PaymentDeclinedProblem'>;
  readonly exceeds_balance: Member<'RefundExceedsBalanceProblem'>;
  readonly unavailable: Member<'UnavailableProblem'>;
  readonly unknown: Member<'OutcomeUnknownProblem'>;
}

type Makers = { readonly [Kind in Refusal['kind']]: (refusal: Extract<Refusal, { kind: Kind }>) => Problems[Kind] };

const make: Makers = {
  invalid: ({ mistakes }) => ({
    __typename: 'ValidationProblem',
    code: 'VALIDATION_FAILED',
    message: 'Something in the input is wrong. Nothing was changed.',
    fields: mistakes.map(({ path, code }) => ({ path, code, message: mistakeTexts[code] })),
  }),
  not_found: () => ({
    __typename: 'NotFoundProblem',
    code: 'NOT_FOUND',
    message: 'There is no such thing.',
  }),
  changed: ({ currentVersion }) => ({
    __typename: 'ConflictProblem',
    code: 'CHANGED_MEANWHILE',
    message: 'It has changed since you read it. Read it again.',
    currentVersion,
  }),
  key_reused: () => ({
    __typename: 'ConflictProblem',
    code: 'IDEMPOTENCY_KEY_REUSED',
    message: 'This idempotencyKey was used for something else. Use a new one.',
    currentVersion: null,
  }),
  not_allowed: ({ actions }) => ({
    __typename: 'NotAllowedInStateProblem',
    code: 'NOT_ALLOWED_IN_STATE',
    message: 'This cannot be done any more, or not yet.',
    availableActions: actions,
  }),
  declined: ({ declineCode, retryable }) => ({
    __typename: 'PaymentDeclinedProblem',
    code: 'PAYMENT_DECLINED',
    message: declineText(declineCode),
    declineCode,
    retryable,
  }),
  exceeds_balance: ({ refundable }) => ({
    __typename: 'RefundExceedsBalanceProblem',
    code: 'REFUND_EXCEEDS_BALANCE',
    message: 'That is more than is left to give back.',
    refundable,
  }),
  unavailable: ({ retryAfterSeconds }) => ({
    __typename: 'UnavailableProblem',
    code: 'SERVICE_UNAVAILABLE',
    message: 'This is not possible right now. Nothing was changed.',
    retryAfterSeconds,
  }),
  unknown: ({ retryAfterSeconds }) => ({
    __typename: 'OutcomeUnknownProblem',
    code: 'OUTCOME_UNKNOWN',
    message: 'We do not know yet whether it worked. Ask again in a moment; it will not happen twice.',
    retryAfterSeconds,
  }),
};

const mistakeTexts: Readonly<Record<Mistake['code'], string>> = {
  REQUIRED: 'This is needed.',
  EMPTY: 'There is nothing to change.',
  BAD_FORMAT: 'This does not have the right form.',
  TOO_LONG: 'This is too long.',
  OUT_OF_RANGE: 'This is too little or too much.',
  NOT_USABLE: 'This cannot be used to pay.',
  NOT_ACCEPTED: 'This was not accepted.',
};

/** A refusal as a member of the mutation's result. */
export function problemOf<Kind extends Refusal['kind']>(refusal: Extract<Refusal, { kind: Kind }>): Problems[Kind] {
  return (make[refusal.kind as Kind] as (refusal: unknown) => Problems[Kind])(refusal);
}
