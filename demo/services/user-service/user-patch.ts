import { type BodyReader, readObject } from '../kit/body-reader.ts';
import type { AddressRecord, UserRecord } from './user-store.ts';

const fields = [
  'phone',
  'given_name',
  'family_name',
  'display_name',
  'avatar_url',
  'locale',
  'time_zone',
  'default_shipping_address_id',
  'default_billing_address_id',
  'metadata',
] as const;

const localePattern = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const phonePattern = /^\+[1-9][0-9]{4,14}$/;

/** RFC 7396: the user with a merge patch on it, or 422 with everything that is wrong about the patch. */
export function readUserPatch(body: unknown, user: UserRecord, addresses: readonly AddressRecord[]): UserRecord {
  const reader = readObject(body, fields);
  if (!fields.some((field) => reader.has(field))) reader.refuse('', 'empty_patch', 'At least one field.');
  const changes: Record<string, unknown> = {
    phone: reader.nullableText('phone', { pattern: phonePattern }),
    given_name: reader.nullableText('given_name', { max: 100 }),
    family_name: reader.nullableText('family_name', { max: 100 }),
    display_name: reader.text('display_name', { max: 100 }),
    avatar_url: readUrl(reader, 'avatar_url'),
    locale: reader.nullableText('locale', { max: 35, pattern: localePattern }),
    time_zone: readTimeZone(reader, 'time_zone'),
    default_shipping_address_id: readAddressId(reader, 'default_shipping_address_id', addresses),
    default_billing_address_id: readAddressId(reader, 'default_billing_address_id', addresses),
  };
  const metadata = reader.metadata('metadata');
  if (metadata !== undefined) changes['metadata'] = { ...user.metadata, ...metadata };
  reader.finish();

  const present = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const patched = { ...user, ...present };
  if (patched.phone !== user.phone) patched.phone_verified = false;
  return patched;
}

function readUrl(reader: BodyReader, name: string): string | null | undefined {
  const value = reader.nullableText(name, { max: 2048 });
  if (typeof value === 'string' && !(/^https?:\/\//.test(value) && URL.canParse(value))) {
    reader.refuse(name, 'bad_format', 'An http(s) URL.');
  }
  return value;
}

function readTimeZone(reader: BodyReader, name: string): string | null | undefined {
  const value = reader.nullableText(name, { max: 64 });
  try {
    if (typeof value === 'string') new Intl.DateTimeFormat('en', { timeZone: value }).format(0);
  } catch {
    reader.refuse(name, 'unknown_time_zone', 'An IANA time zone name.');
  }
  return value;
}

function readAddressId(
  reader: BodyReader,
  name: string,
  addresses: readonly AddressRecord[],
): string | null | undefined {
  const value = reader.nullableText(name, { max: 64 });
  if (typeof value === 'string' && !addresses.some(({ id }) => id === value)) {
    reader.refuse(name, 'unknown_address', 'Not an address of this person.');
  }
  return value;
}
