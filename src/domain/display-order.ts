import { moneyText } from './display-money.ts';
import { say } from './display-texts.ts';
import { type Audience, hourOfDay } from './display-time.ts';
import type { OrderRecord } from './records.ts';

/** What was ordered, in few words: `Wool socks and 2 more`. The number counts the other lines. */
export function orderTitle({ lineItems, number }: OrderRecord, audience: Pick<Audience, 'language'>): string {
  const [first] = lineItems ?? [];
  if (!first) return say('titleNumber', audience, { number });
  const count = (lineItems?.length ?? 1) - 1;
  return count === 0 ? first.title : say('titleMore', audience, { first: first.title, count });
}

/** Pieces in all; null where the order's lines are not known. */
export function itemCount({ lineItems }: OrderRecord): number | null {
  return lineItems?.reduce((sum, { quantity }) => sum + quantity, 0) ?? null;
}

/** Of an order, or of one of its lines. */
export function totalText({ total }: Pick<OrderRecord, 'total'>, { language }: Pick<Audience, 'language'>): string {
  return moneyText(total.amountMinor, total.currency, language);
}

/** By the hour of the audience's own clock. */
export function greeting(name: string, audience: Audience): string {
  const hour = hourOfDay(audience);
  if (hour >= 4 && hour < 12) return say('goodMorning', audience, { name });
  return say(hour >= 12 && hour < 18 ? 'goodDay' : 'goodEvening', audience, { name });
}
