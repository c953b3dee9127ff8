import { identities, type Identity } from './identities.ts';
import { type Country, countries } from './people.ts';
import { diceFor } from './random.ts';

export const userCount = 1_000;

export const dayMs = 86_400_000;

export interface PlannedAddress {
  id: string;
  name: string;
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postal_code: string | null;
  country_code: string;
  phone: string | null;
}

/** A seeded person, as every service may know of them. */
export interface UserPlan {
  id: string;
  email: string;
  phone: string | null;
  givenName: string;
  familyName: string;
  displayName: string;
  locale: string;
  timeZone: string;
  status: string;
  role: string;
  createdAtMs: number;
  lastLoginAtMs: number | null;
  country: Country;
  addresses: PlannedAddress[];
}

/** The demo people come first, then everybody else. */
const demoPeople: readonly Identity[] = [
  identities.customer,
  identities['new-customer'],
  identities.support,
  identities.suspended,
  identities.admin,
];

/** Index of the customer who has many orders; the one after has none. */
export const manyOrdersIndex = 0;
export const newCustomerIndex = 1;

/** The person with this index: the same on every machine, and the same whichever service asks. */
export function planUser(index: number, lastDayMs: number): UserPlan {
  const dice = diceFor(`user ${index}`);
  const demo = demoPeople[index];
  const country = countries.find(({ locale }) => locale === demo?.locale) ?? dice.pick(countries);
  const givenName = demo?.givenName ?? dice.pick(country.given);
  const familyName = demo?.familyName ?? dice.pick(country.family);
  const displayName = demo?.displayName ?? `${givenName} ${familyName}`;
  const createdAtMs = lastDayMs - dice.integer(30, 1_500) * dayMs - dice.integer(0, dayMs);
  const phone = dice.chance(0.85) || demo ? `${country.phonePrefix}${dice.integer(10_000_000, 99_999_999)}` : null;
  const addressCount = index === newCustomerIndex ? 1 : dice.integer(1, 3);
  return {
    id: demo?.id ?? `usr_${dice.letters(14)}`,
    email: demo?.email ?? emailOf(givenName, familyName, index),
    phone,
    givenName,
    familyName,
    displayName,
    locale: demo?.locale ?? country.locale,
    timeZone: demo?.timeZone ?? country.timeZone,
    status: demo?.accountStatus ?? statusOf(dice.integer(1, 100)),
    role: demo?.role ?? (index % 200 === 7 ? 'support' : 'customer'),
    createdAtMs: index === newCustomerIndex ? lastDayMs - 2 * dayMs : createdAtMs,
    lastLoginAtMs: dice.chance(0.9) ? lastDayMs - dice.integer(0, 30 * dayMs) : null,
    country,
    addresses: Array.from({ length: addressCount }, () => {
      const place = dice.pick(country.cities);
      return {
        id: `adr_${dice.letters(14)}`,
        name: displayName,
        line1: `${dice.pick(country.streets)} ${dice.integer(1, 240)}`,
        line2: dice.chance(0.2) ? `Floor ${dice.integer(1, 12)}` : null,
        city: place.city,
        region: place.region,
        postal_code: place.postalCode,
        country_code: country.code,
        phone,
      };
    }),
  };
}

function statusOf(percent: number): string {
  if (percent <= 92) return 'active';
  if (percent <= 95) return 'pending_verification';
  if (percent <= 97) return 'suspended';
  return percent <= 99 ? 'locked' : 'deactivated';
}

/** ASCII only and unique by its number. */
function emailOf(givenName: string, familyName: string, index: number): string {
  const plain = `${givenName}.${familyName}`
    .normalize('NFD')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return `${plain}${index}@mail.example`;
}
