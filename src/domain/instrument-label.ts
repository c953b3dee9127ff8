import type { PaymentInstrumentRecord } from './records.ts';

const brands: ReadonlyMap<string, string> = new Map(
  Object.entries({
    visa: 'Visa',
    mastercard: 'Mastercard',
    amex: 'American Express',
    discover: 'Discover',
    diners: 'Diners Club',
    jcb: 'JCB',
    unionpay: 'UnionPay',
    maestro: 'Maestro',
  }),
);

const kinds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    card: 'Card',
    wallet: 'Wallet',
    bank_transfer: 'Bank transfer',
    gift_card: 'Gift card',
  }),
);

/** The brand as its owner writes it; one that we don't know as the service writes it. */
export function brandName(brand: string): string {
  return brands.get(brand.toLowerCase()) ?? brand;
}

/** What a payment was made with, for people: `Visa •••• 4242`, `Bank transfer`. */
export function instrumentLabel({ type, card }: PaymentInstrumentRecord): string {
  if (card) return `${brandName(card.brand)} •••• ${card.last4}`;
  return kinds.get(type) ?? 'Other';
}
