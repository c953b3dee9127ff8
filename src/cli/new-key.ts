import { type ApiKeyRecord, keyRoles } from '../auth/api-key-record.ts';
import type { MintedKey } from '../auth/api-key.ts';
import type { StaticKeyConfig } from '../config/sections/auth.ts';
import type { Config } from '../config/schema.ts';
import { UsageError } from './command.ts';

/** The options of `facet keys create`, as they were typed. */
export interface NewKeyOptions {
  readonly consumer?: string | undefined;
  readonly role?: string | undefined;
  readonly tier?: string | undefined;
  readonly scope?: readonly string[] | undefined;
  readonly bff?: readonly string[] | undefined;
  readonly expires?: string | undefined;
}

/** @throws UsageError for an option that the gateway could not use. */
export function newKeyRecord(
  { id, hash }: MintedKey,
  values: NewKeyOptions,
  config: Config,
  now = Date.now(),
): ApiKeyRecord {
  const consumer = values.consumer?.trim() ?? '';
  // oxlint-disable-next-line no-control-regex -- control characters would garble the list
  if (consumer === '' || consumer.length > 64 || /[\x00-\x1f\x7f]/.test(consumer))
    throw new UsageError('--consumer needs a name of at most 64 characters.');
  const role = keyRoles.find((name) => name === (values.role ?? 'customer'));
  if (!role) throw new UsageError(`--role is one of ${keyRoles.join(', ')}.`);
  const scopes = values.scope ?? [];
  if (!scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(scope)))
    throw new UsageError('--scope needs one word without quotes or backslash.');
  const bffs = values.bff ?? [];
  const unknown = bffs.find((name) => !Object.hasOwn(config.listeners, name));
  if (unknown !== undefined) throw new UsageError(`--bff is one of ${Object.keys(config.listeners).join(', ')}.`);
  const expiresAt = endOf(values.expires ?? '365d', now);
  return {
    id,
    hash,
    consumer,
    role,
    tier: tierNamed(values.tier ?? 'free', config),
    scopes,
    bffs,
    createdAt: now,
    expiresAt,
    revokedAt: undefined,
  };
}

/** A tier that a key can have. @throws UsageError */
export function tierNamed(tier = '', config: Config): string {
  const tiers = Object.keys(config.rateLimit.tiers).filter((name) => name !== 'anonymous');
  if (!tiers.includes(tier)) throw new UsageError(`The tier is one of ${tiers.join(', ')}.`);
  return tier;
}

const unitMs = { d: 86_400_000, h: 3_600_000 } as const;

function endOf(when: string, now: number): number {
  const [, count, unit] = /^(\d{1,5})([dh])$/.exec(when) ?? [];
  if (count) return now + Number(count) * unitMs[unit as 'd' | 'h'];
  const end = /^\d{4}-\d\d-\d\dT/.test(when) ? Date.parse(when) : NaN;
  if (end > now) return end;
  throw new UsageError('--expires needs a time to come: 90d, 12h or 2027-01-31T00:00:00Z.');
}

/** The entry of `auth.apiKeys.static`. */
export function staticEntry(record: ApiKeyRecord): StaticKeyConfig {
  const { id, hash, consumer, tier, scopes, bffs, expiresAt } = record;
  const role = keyRoles.find((name) => name === record.role) ?? 'customer';
  return {
    id,
    hash,
    consumer,
    role,
    tier,
    scopes: [...scopes],
    bffs: [...bffs],
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
