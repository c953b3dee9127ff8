import { card, giftCard, transfer, wallet } from './instruments.ts';
import type { PaymentError, PaymentMethodSnapshot } from './payment-records.ts';

/**
 * What the simulated processor will say: `ok`, `requires_action`, `processing`, `processing_fails`, `slow_capture`, or the
 * decline code it refuses with.
 */
export type Outcome = string;

/** Something to charge: how it is shown, and how it behaves. */
export interface PaymentSource {
  snapshot: PaymentMethodSnapshot;
  outcome: Outcome;
}

const visa = card('visa', '4242', 4, 2029);
const refused = card('visa', '0002', 11, 2028);

/** The provider tokens of the demo. Any other token is refused with 422 `payment_source_invalid`. */
export const providerTokens: ReadonlyMap<string, PaymentSource> = new Map([
  ['tok_visa_ok', { snapshot: visa, outcome: 'ok' }],
  ['tok_mastercard_ok', { snapshot: card('mastercard', '4444', 8, 2030), outcome: 'ok' }],
  ['tok_gift_card', { snapshot: giftCard, outcome: 'ok' }],
  ['tok_requires_action', { snapshot: card('visa', '3220', 1, 2030), outcome: 'requires_action' }],
  ['tok_processing', { snapshot: transfer, outcome: 'processing' }],
  ['tok_processing_fails', { snapshot: transfer, outcome: 'processing_fails' }],
  ['tok_slow_capture', { snapshot: visa, outcome: 'slow_capture' }],
  ['tok_declined_insufficient_funds', { snapshot: refused, outcome: 'insufficient_funds' }],
  ['tok_declined_card_declined', { snapshot: refused, outcome: 'card_declined' }],
  ['tok_declined_expired_card', { snapshot: refused, outcome: 'expired_card' }],
  ['tok_declined_incorrect_cvc', { snapshot: refused, outcome: 'incorrect_cvc' }],
  ['tok_declined_do_not_honor', { snapshot: refused, outcome: 'do_not_honor' }],
  ['tok_declined_lost_card', { snapshot: refused, outcome: 'lost_card' }],
  ['tok_declined_processing_error', { snapshot: refused, outcome: 'processing_error' }],
]);

/** A wallet's token is opaque and taken as good, unless it is one of the names above. */
export function walletSource(provider: 'apple_pay' | 'google_pay', token: string): PaymentSource {
  return { snapshot: wallet(provider), outcome: providerTokens.get(token)?.outcome ?? 'ok' };
}

const undecided: ReadonlySet<Outcome> = new Set([
  'ok',
  'requires_action',
  'processing',
  'processing_fails',
  'slow_capture',
]);

export function isDecline(outcome: Outcome): boolean {
  return !undecided.has(outcome);
}

/** Declines that another attempt with the same card may survive. */
const passing: ReadonlySet<Outcome> = new Set(['insufficient_funds', 'do_not_honor', 'processing_error']);

export function declineError(declineCode: Outcome): PaymentError {
  return {
    code: 'payment_declined',
    decline_code: declineCode,
    message: `The issuer refused: ${declineCode.replaceAll('_', ' ')}.`,
    retryable: passing.has(declineCode),
  };
}
