import { sumMinor } from './display-money.ts';
import type { MoneyRecord } from './records.ts';

/** An amount to show. A record's fits a number; a sum of records may not. */
export interface Amount {
  /** Minor units. */
  readonly amountMinor: number | bigint;
  /** ISO 4217. */
  readonly currency: string;
}

/**
 * The sum in one currency; undefined when an amount is in another one, because then there is no such sum.
 * Nothing is `0`.
 */
export function sumIn(currency: string, amounts: readonly MoneyRecord[]): Amount | undefined {
  if (amounts.some((amount) => amount.currency !== currency)) return undefined;
  return { amountMinor: sumMinor(amounts), currency };
}
