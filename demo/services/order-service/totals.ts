import { priceIn } from '../seed/catalogue.ts';

const taxPercent = 21;

/** Flat, and free from the price of eighty euros on. */
export function shippingFor(currency: string, goods: number): number {
  return goods >= priceIn(currency, 8_000) ? 0 : priceIn(currency, 495);
}

/** The tax contained in a price, rounded down. BigInt, as the product may leave 53 bits. */
export function taxWithin(amount: number): number {
  return Number((BigInt(amount) * BigInt(taxPercent)) / BigInt(100 + taxPercent));
}
