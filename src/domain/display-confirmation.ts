import { amountText } from './display-payment.ts';
import type { TextKey } from './display-texts-en.ts';
import { say, sentenceAudience } from './display-texts.ts';
import type { Audience } from './display-time.ts';
import type { OrderRecord, PaymentRecord } from './records.ts';
import type { PaymentStatus } from './states.ts';

type Reader = Pick<Audience, 'language'>;

const paid: Partial<Record<PaymentStatus, TextKey>> = {
  SUCCEEDED: 'confirmPaid',
  REQUIRES_CAPTURE: 'confirmReserved',
};

/** Did a payment that was taken come to nothing all the same? Whatever may still be charged did not. */
export function cameToNothing({ status }: Pick<PaymentRecord, 'status'>): boolean {
  return status === 'REQUIRES_PAYMENT_METHOD' || status === 'CANCELLED';
}

/** `Thank you! You paid €12.00.`; as much as is known of a payment that is still under way. */
export function paidText({ status, amount, nextAction }: PaymentRecord, reader: Reader): string {
  const key = status === 'REQUIRES_ACTION' && nextAction ? 'confirmAction' : (paid[status] ?? 'confirmProcessing');
  return say(key, reader, { amount: amountText(amount, sentenceAudience(reader)) });
}

/** An order that is packed already is cancelled only if its parcel is found in time. */
export function cancelledText({ status, number }: OrderRecord, reader: Reader): string {
  return say(status === 'CANCELLED' ? 'confirmCancelled' : 'confirmCancelAsked', reader, { number });
}
