import type { Amount } from './amount.ts';
import { moneyText } from './display-money.ts';
import type { TextKey } from './display-texts-en.ts';
import { say, sentenceAudience } from './display-texts.ts';
import type { Audience } from './display-time.ts';
import { brandName } from './instrument-label.ts';
import { outstandingOf, refundedOf } from './order-balance.ts';
import type { OrderRecord, PaymentInstrumentRecord, PaymentRecord } from './records.ts';
import type { PaymentState, PaymentStatus } from './states.ts';

type Reader = Pick<Audience, 'language'>;

const texts: Record<PaymentState, TextKey> = {
  UNPAID: 'paymentUnpaid',
  PENDING: 'paymentPending',
  AUTHORIZED: 'paymentAuthorized',
  PARTIALLY_PAID: 'paymentPartlyPaid',
  PAID: 'paymentPaid',
  PARTIALLY_REFUNDED: 'paymentPartlyRefunded',
  REFUNDED: 'paymentRefunded',
  VOIDED: 'paymentVoided',
  FAILED: 'paymentFailed',
  UNKNOWN: 'paymentUnknown',
};

/** How far the order is paid, in words. The order's own state: shown everywhere is what the order record says. */
export function paymentText({ paymentState }: Pick<OrderRecord, 'paymentState'>, reader: Reader): string {
  return say(texts[paymentState], reader);
}

/** In these states the order record alone says what is open: all of it. */
const allOpen: ReadonlySet<PaymentState> = new Set(['UNPAID', 'FAILED']);
/** In these only the payments can tell. In all others nothing is open. */
const partlyOpen: ReadonlySet<PaymentState> = new Set(['PENDING', 'PARTIALLY_PAID', 'UNKNOWN']);

type Payable = Pick<OrderRecord, 'status' | 'paymentState' | 'total'>;

const isRunning = ({ status }: Payable): boolean => status === 'OPEN' || status === 'CONFIRMED';

/** What the customer may pay now; null when there is nothing. `'ask'`: only the payments can tell. */
export function amountDueOf(order: Payable): Amount | null | 'ask' {
  if (!isRunning(order)) return null;
  if (allOpen.has(order.paymentState)) return order.total;
  return partlyOpen.has(order.paymentState) ? 'ask' : null;
}

/** The same, from the order's payments. */
export function amountDueAfter(order: Payable, payments: readonly PaymentRecord[]): Amount | null {
  if (!isRunning(order)) return null;
  const open = outstandingOf(order, payments);
  return open.amountMinor > 0 ? open : null;
}

export function amountText({ amountMinor, currency }: Amount, { language }: Reader): string {
  return moneyText(amountMinor, currency, language);
}

/** Were payments made, or tried, that say more than the order record does? If not, nobody needs to ask for them. */
export function hasPaymentStory({ paymentState }: Pick<OrderRecord, 'paymentState'>): boolean {
  return paymentState !== 'UNPAID' && paymentState !== 'FAILED' && paymentState !== 'VOIDED';
}

/** Payments that paid, or still may. */
const counting: ReadonlySet<PaymentStatus> = new Set(['SUCCEEDED', 'REQUIRES_CAPTURE', 'PROCESSING']);

const methods: Readonly<Record<string, TextKey>> = {
  wallet: 'methodWallet',
  bank_transfer: 'methodBankTransfer',
  gift_card: 'methodGiftCard',
};

/** `Visa •••• 4242`, `Gift card + Visa •••• 4242`; null if nothing was paid yet. */
export function methodText(payments: readonly PaymentRecord[], reader: Reader): string | null {
  const labels = payments
    .filter(({ status, instrument }) => counting.has(status) && instrument !== null)
    .map(({ instrument }) => instrumentText(instrument as PaymentInstrumentRecord, reader));
  return [...new Set(labels)].join(' + ') || null;
}

function instrumentText({ type, card }: PaymentInstrumentRecord, reader: Reader): string {
  if (card) return `${brandName(card.brand)} •••• ${card.last4}`;
  return say((Object.hasOwn(methods, type) && methods[type]) || 'methodOther', reader);
}

/** `£12.00 refunded`; null unless money went back. Refunds count from the start, as their service counts them. */
export function refundedText(
  order: Pick<OrderRecord, 'currency'>,
  payments: readonly PaymentRecord[],
  reader: Reader,
): string | null {
  const refunded = refundedOf(order, payments);
  if (!refunded || refunded.amountMinor <= 0) return null;
  return say('refunded', reader, { amount: amountText(refunded, sentenceAudience(reader)) });
}
