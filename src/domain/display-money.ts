import { LRUCache } from 'lru-cache';
import type { MoneyRecord } from './records.ts';

/** ISO 4217, where a currency has not two digits after the point. */
const digitsByCurrency: Readonly<Record<string, number>> = {
  ...digits(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...digits(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...digits(4, 'CLF UYW'),
};

function digits(count: number, currencies: string): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, count]));
}

/** How many digits of an amount in minor units stand after the point. */
export function minorDigits(currency: string): number {
  return digitsByCurrency[currency] ?? 2;
}

/** An amount in minor units as a plain decimal number, exact at any size: `-1234.50`. */
export function decimalText(amountMinor: number | bigint, currency: string): string {
  const count = minorDigits(currency);
  const sign = amountMinor < 0 ? '-' : '';
  const text = String(amountMinor)
    .replace('-', '')
    .padStart(count + 1, '0');
  return count === 0 ? sign + text : `${sign}${text.slice(0, -count)}.${text.slice(-count)}`;
}

/** Languages come from clients, so what is remembered is bounded. */
const formatters = new LRUCache<string, Intl.NumberFormat>({ max: 500 });

/** With the currency's sign, as people of that language write it. `Intl` takes the decimal as text, so no digit is lost. */
export function moneyText(amountMinor: number | bigint, currency: string, language: string): string {
  const key = `${language} ${currency}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    const count = minorDigits(currency);
    formatter = new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: count,
      maximumFractionDigits: count,
    });
    formatters.set(key, formatter);
  }
  return formatter.format(decimalText(amountMinor, currency) as Intl.StringNumericLiteral);
}

/** The sum of amounts in one currency. */
export function sumMinor(amounts: readonly MoneyRecord[]): bigint {
  return amounts.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
}
