import type { Role } from '../context/principal.ts';

/** What is known of an API key. Not the key. */
export interface ApiKeyRecord {
  readonly id: string;
  /** SHA-256 of the key, hex. */
  readonly hash: string;
  /** Who holds it, for people. */
  readonly consumer: string;
  readonly role: Role;
  readonly tier: string;
  readonly scopes: readonly string[];
  /** Client processes where it works; empty means all. */
  readonly bffs: readonly string[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | undefined;
}

/** Roles that a key can be given. */
export const keyRoles = ['customer', 'support', 'admin', 'service'] as const;

/** The record as the flat list of a Redis hash. */
export function toFields(record: ApiKeyRecord): string[] {
  const { scopes, bffs, createdAt, expiresAt, revokedAt, ...texts } = record;
  return Object.entries({
    ...texts,
    scopes: scopes.join(' '),
    bffs: bffs.join(' '),
    createdAt: String(createdAt),
    expiresAt: String(expiresAt),
    ...(revokedAt !== undefined && { revokedAt: String(revokedAt) }),
  }).flat();
}

/**
 * Reads a reply to HGETALL. Undefined for one that is not this key's whole record: another's reply, half a record or garbage
 * must never let anybody in.
 */
export function fromFields(id: string, reply: unknown): ApiKeyRecord | undefined {
  if (!Array.isArray(reply) || !reply.every((item) => typeof item === 'string')) return undefined;
  const fields = new Map<string, string>();
  for (let at = 0; at + 1 < reply.length; at += 2) fields.set(reply[at] ?? '', reply[at + 1] ?? '');
  const role = keyRoles.find((name) => name === fields.get('role'));
  const [hash, consumer, tier] = [fields.get('hash'), fields.get('consumer'), fields.get('tier')];
  const [createdAt, expiresAt] = [instant(fields.get('createdAt')), instant(fields.get('expiresAt'))];
  if (fields.get('id') !== id || !role || !hash || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  if (consumer === undefined || !tier || createdAt === undefined || expiresAt === undefined) return undefined;
  const revokedAt = fields.has('revokedAt') ? (instant(fields.get('revokedAt')) ?? 0) : undefined;
  const [scopes, bffs] = [words(fields.get('scopes')), words(fields.get('bffs'))];
  return { id, hash, consumer, role, tier, scopes, bffs, createdAt, expiresAt, revokedAt };
}

function words(text = ''): string[] {
  return text.split(' ').filter(Boolean);
}

function instant(text: string | undefined): number | undefined {
  const value = text ? Number(text) : NaN;
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
