import type { PaymentMethodSnapshot } from './payment-records.ts';

export const transfer: PaymentMethodSnapshot = { type: 'bank_transfer', card: null, wallet: null };
export const giftCard: PaymentMethodSnapshot = { type: 'gift_card', card: null, wallet: null };

export function card(brand: string, last4: string, expMonth: number, expYear: number): PaymentMethodSnapshot {
  return { type: 'card', card: { brand, last4, exp_month: expMonth, exp_year: expYear }, wallet: null };
}

export function wallet(provider: string): PaymentMethodSnapshot {
  return { type: 'wallet', card: null, wallet: { provider } };
}
