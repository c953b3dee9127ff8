import type { BodyReader } from './body-reader.ts';

/** The members that an address has in the contracts of users and orders alike. */
export const addressMembers = [
  'name',
  'line1',
  'line2',
  'city',
  'region',
  'postal_code',
  'country_code',
  'phone',
] as const;

export interface PostalAddress {
  name: string | null;
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postal_code: string | null;
  country_code: string;
  phone: string | null;
}

/** Reads what is there of an address; `isWhole` insists on street, city and country. */
export function readPostalAddress(reader: BodyReader, { isWhole }: { isWhole: boolean }): Partial<PostalAddress> {
  const needed = isWhole ? reader.requiredText : reader.text;
  const fields = {
    name: reader.nullableText('name', { max: 200 }),
    line1: needed('line1', { max: 200 }),
    line2: reader.nullableText('line2', { max: 200 }),
    city: needed('city', { max: 100 }),
    region: reader.nullableText('region', { max: 100 }),
    postal_code: reader.nullableText('postal_code', { max: 20 }),
    country_code: needed('country_code', { max: 2, pattern: /^[A-Z]{2}$/ }),
    phone: reader.nullableText('phone', { max: 32 }),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
