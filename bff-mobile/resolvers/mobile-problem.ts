import type { TextKey } from '../../src/domain/display-texts-en.ts';
import { say } from '../../src/domain/display-texts.ts';
import type { Refusal } from '../../src/resolvers/refusal.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
import type { MobileProblem } from '../generated/resolvers.ts';

type Problem = MobileProblem & { readonly __typename: 'MobileProblem' };
type Kind = Exclude<Refusal['kind'], 'exceeds_balance'>;

/** What one kind of refusal means to an app. */
interface Entry {
  readonly code: string;
  readonly retry: MobileProblem['retry'];
}

/** The codes are those of the other client's problems, so that support needs to know one list. */
// prettier-ignore
export const problemEntries: Record<Kind, Entry> = {
  invalid:     { code: 'VALIDATION_FAILED',      retry: 'DO_NOT_RETRY' },
  not_found:   { code: 'NOT_FOUND',              retry: 'DO_NOT_RETRY' },
  changed:     { code: 'CHANGED_MEANWHILE',      retry: 'RETRY_NEW_ATTEMPT' },
  key_reused:  { code: 'IDEMPOTENCY_KEY_REUSED', retry: 'RETRY_NEW_ATTEMPT' },
  not_allowed: { code: 'NOT_ALLOWED_IN_STATE',   retry: 'DO_NOT_RETRY' },
  declined:    { code: 'PAYMENT_DECLINED',       retry: 'RETRY_NEW_ATTEMPT' },
  unavailable: { code: 'SERVICE_UNAVAILABLE',    retry: 'RETRY_SAME_KEY' },
  unknown:     { code: 'OUTCOME_UNKNOWN',        retry: 'RETRY_SAME_KEY' },
};

/** What the mutation has own words for. */
export interface Words {
  readonly invalid?: TextKey;
  readonly not_allowed?: TextKey;
}

/** A refusal as the one problem type, in the reader's language. */
export function problemOf(
  refusal: Extract<Refusal, { kind: Kind }>,
  { locale }: ResolverContext,
  words: Words = {},
): Problem {
  return {
    __typename: 'MobileProblem',
    code: problemEntries[refusal.kind].code,
    // Of an input the customer chooses only what to pay with; the rest is the app's.
    retry: isAboutSource(refusal) ? 'RETRY_NEW_ATTEMPT' : problemEntries[refusal.kind].retry,
    message: say(textOf(refusal, words), locale),
    retryAfterSeconds: 'retryAfterSeconds' in refusal ? refusal.retryAfterSeconds : null,
    field: fieldOf(refusal),
  };
}

/** A bank's reasons that the customer can do something about; of the others they learn that it said no. */
const declines: ReadonlyMap<string | null, TextKey> = new Map([
  ['insufficient_funds', 'problemFunds'],
  ['expired_card', 'problemExpired'],
]);

function textOf(refusal: Extract<Refusal, { kind: Kind }>, words: Words): TextKey {
  switch (refusal.kind) {
    case 'invalid':
      return words.invalid ?? (isAboutSource(refusal) ? 'problemSource' : 'problemInput');
    case 'not_found':
      return 'problemNotFound';
    case 'changed':
      return 'problemChanged';
    case 'key_reused':
      return 'problemKeyReused';
    case 'not_allowed':
      return words.not_allowed ?? 'problemChanged';
    case 'declined':
      return declines.get(refusal.declineCode) ?? 'problemDeclined';
    case 'unavailable':
      return 'problemUnavailable';
    case 'unknown':
      return 'problemOutcomeUnknown';
  }
}

function isAboutSource(refusal: Extract<Refusal, { kind: Kind }>): boolean {
  return refusal.kind === 'invalid' && refusal.mistakes[0]?.path[1] === 'source';
}

/** As a path in the input: `source.savedMethodId`. */
function fieldOf(refusal: Extract<Refusal, { kind: Kind }>): string | null {
  if (refusal.kind === 'not_found') return 'orderId';
  if (refusal.kind === 'key_reused') return 'idempotencyKey';
  return (refusal.kind === 'invalid' && refusal.mistakes[0]?.path.slice(1).join('.')) || null;
}
