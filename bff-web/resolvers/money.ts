import { decimalText, moneyText } from '../../src/domain/display-money.ts';
import { badInput } from '../../src/resolvers/bad-input.ts';
import type { MoneyResolvers } from '../generated/resolvers.ts';

export const money: MoneyResolvers = {
  decimal: ({ amountMinor, currency }) => decimalText(amountMinor, currency),
  formatted: ({ amountMinor, currency }, { locale }, context) =>
    moneyText(amountMinor, currency, locale ? checkedLocale(locale) : context.locale.language),
};

const maxLocaleLength = 35;

function checkedLocale(locale: string): string {
  try {
    if (locale.length <= maxLocaleLength) return Intl.getCanonicalLocales(locale)[0] ?? locale;
  } catch {
    // Not a language tag.
  }
  throw badInput('locale must be a BCP 47 language tag such as de-AT.');
}
