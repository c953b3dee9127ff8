import { shippingFor, taxWithin } from '../order-service/totals.ts';
import { priceIn, type Product, products, roaster } from './catalogue.ts';
import { type Dice, diceFor } from './random.ts';
import { demoStories, type Scenario, scenarios } from './scenarios.ts';
import { dayMs, manyOrdersIndex, planUser, type PlannedAddress, userCount, type UserPlan } from './user-plan.ts';

export const orderCount = 20_000;

const demoOrderCount = demoStories.length;
/** Indices below this belong to demo people; their orders are told above or are none. */
const firstOrdinaryUser = 5;

export interface PlannedLine {
  id: string;
  product: Product;
  quantity: number;
  unitPrice: number;
  discount: number;
  tax: number;
  total: number;
}

/** What every service may know of a seeded order. Amounts are minor units of `currency`. */
export interface OrderPlan {
  index: number;
  id: string;
  customer: UserPlan;
  scenario: Scenario;
  currency: string;
  lines: PlannedLine[];
  subtotal: number;
  discount: number;
  shipping: number;
  tax: number;
  total: number;
  shippingAddress: PlannedAddress;
  billingAddress: PlannedAddress;
  placedAtMs: number;
  /** Midnight at which the seeded world ends. */
  lastDayMs: number;
  note: string | null;
  /** The order record still says what it knew before its payment went through: what a drift alarm is there to find. */
  isDrifting: boolean;
}

/** Calls `visit` with each seeded order, in the order of their numbers. */
export function forEachOrder(lastDayMs: number, visit: (plan: OrderPlan) => void): void {
  const users = Array.from({ length: userCount }, (_, index) => planUser(index, lastDayMs));
  for (let index = 0; index < orderCount; index += 1) visit(planOrder(index, users, lastDayMs));
}

function planOrder(index: number, users: readonly UserPlan[], lastDayMs: number): OrderPlan {
  const dice = diceFor(`order ${index}`);
  const isDemo = index < demoOrderCount;
  const customer = users[isDemo ? manyOrdersIndex : customerIndex(dice)]!;
  const scenario = isDemo ? scenarioNamed(demoStories[index]!) : pickScenario(dice);
  const currency = isDemo ? demoCurrency(index) : customer.country.currency;
  const isWholesale = isDemo ? index % 20 === 13 : dice.chance(0.005);
  const lines = planLines(dice, currency, isWholesale);
  const sum = (amountOf: (line: PlannedLine) => number): number =>
    lines.reduce((total, line) => total + amountOf(line), 0);
  const subtotal = sum((line) => line.unitPrice * line.quantity);
  const discount = sum((line) => line.discount);
  const shipping = shippingFor(currency, subtotal - discount);
  const total = subtotal - discount + shipping;
  const [youngest, oldest] = scenario.ageDays;
  const ageDays = isDemo && scenario.name === 'delivered' ? 10 + index * 6 : dice.integer(youngest, oldest);
  return {
    index,
    id: `ord_${dice.letters(14)}`,
    customer,
    scenario,
    currency,
    lines,
    subtotal,
    discount,
    shipping,
    tax: taxWithin(total),
    total,
    shippingAddress: customer.addresses[0]!,
    billingAddress: customer.addresses.at(-1)!,
    placedAtMs: lastDayMs - ageDays * dayMs + dice.integer(0, dayMs / 2),
    lastDayMs,
    note: dice.chance(0.05) ? 'Please leave it with the neighbours.' : null,
    isDrifting: index % 1_000 === 999 && scenario.payments === 'paid',
  };
}

function planLines(dice: Dice, currency: string, isWholesale: boolean): PlannedLine[] {
  return Array.from({ length: isWholesale ? 1 : dice.integer(1, 4) }, () => {
    const product = isWholesale ? roaster : dice.pick(products);
    const quantity = isWholesale ? dice.integer(200, 900) : dice.integer(1, 3);
    const unitPrice = priceIn(currency, product.euroCents);
    const discount = dice.chance(0.15) ? Math.floor((unitPrice * quantity) / 10) : 0;
    const total = unitPrice * quantity - discount;
    return { id: `li_${dice.letters(14)}`, product, quantity, unitPrice, discount, tax: taxWithin(total), total };
  });
}

/** Some people order much more often than others. */
function customerIndex(dice: Dice): number {
  const reach = dice.chance(0.3) ? 100 : userCount - 1;
  return dice.integer(firstOrdinaryUser, reach);
}

const weightSum = scenarios.reduce((sum, { weight }) => sum + weight, 0);

function pickScenario(dice: Dice): Scenario {
  let rest = dice.integer(1, weightSum);
  return scenarios.find(({ weight }) => (rest -= weight) <= 0)!;
}

function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`There is no scenario "${name}".`);
  return found;
}

/** Mostly pounds, and now and then a currency with no digits after the point, or with three. */
function demoCurrency(index: number): string {
  if (index % 10 === 4) return 'JPY';
  if (index % 10 === 7) return 'KWD';
  return index % 5 === 3 ? 'EUR' : 'GBP';
}
