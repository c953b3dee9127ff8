import { card, transfer, wallet } from '../payment-service/instruments.ts';
import type { PaymentMethodSnapshot } from '../payment-service/payment-records.ts';
import { diceFor } from './random.ts';
import { manyOrdersIndex, newCustomerIndex, type UserPlan } from './user-plan.ts';

/** A saved payment method, and what the processor will say when it is charged. */
export interface MethodPlan {
  id: string;
  customerId: string;
  label: string;
  isDefault: boolean;
  snapshot: PaymentMethodSnapshot;
  /** `ok`, `requires_action`, `processing` or a decline code. */
  outcome: string;
}

/** The wallet of the demo customer: one method for every way a payment can go. The ids are part of the demo. */
const demoMethods: readonly Omit<MethodPlan, 'customerId' | 'isDefault'>[] = [
  { id: 'pm_demovisa', label: 'Visa •••• 4242', snapshot: card('visa', '4242', 4, 2029), outcome: 'ok' },
  { id: 'pm_demoapplepay', label: 'Apple Pay', snapshot: wallet('apple_pay'), outcome: 'ok' },
  {
    id: 'pm_demodeclined',
    label: 'Mastercard •••• 0002',
    snapshot: card('mastercard', '0002', 9, 2028),
    outcome: 'insufficient_funds',
  },
  {
    id: 'pm_demochallenge',
    label: 'Visa •••• 3220',
    snapshot: card('visa', '3220', 1, 2030),
    outcome: 'requires_action',
  },
  {
    id: 'pm_demobank',
    label: 'Bank transfer',
    snapshot: transfer,
    outcome: 'processing',
  },
];

export function planMethods(user: UserPlan, index: number): MethodPlan[] {
  if (index === newCustomerIndex) return [];
  if (index === manyOrdersIndex) {
    return demoMethods.map((method, position) =>
      Object.assign({ customerId: user.id, isDefault: position === 0 }, method),
    );
  }
  const dice = diceFor(`methods ${index}`);
  return Array.from({ length: dice.integer(1, 3) }, (_, position): MethodPlan => {
    const brand = dice.pick(['visa', 'mastercard', 'amex']);
    const last4 = String(dice.integer(1000, 9999));
    const isCard = position === 0 || dice.chance(0.6);
    const provider = dice.pick(['apple_pay', 'google_pay', 'paypal']);
    return {
      id: `pm_${dice.letters(14)}`,
      customerId: user.id,
      label: isCard ? `${brand[0]!.toUpperCase()}${brand.slice(1)} •••• ${last4}` : walletNames[provider]!,
      isDefault: position === 0,
      snapshot: isCard ? card(brand, last4, dice.integer(1, 12), dice.integer(2027, 2031)) : wallet(provider),
      outcome: 'ok',
    };
  });
}

const walletNames: Record<string, string> = { apple_pay: 'Apple Pay', google_pay: 'Google Pay', paypal: 'PayPal' };
