import type { Principal, Role } from '../context/principal.ts';
import { sha256Hex } from '../lib/digest.ts';
import type { ReadClaims } from './claims.ts';

/** A line feed stands in no issuer and no subject, so two callers can't meet in one digest. */
export function callerDigest(issuer: string, subject: string): string {
  return sha256Hex(`${issuer}\n${subject}`);
}

/** How the holder of a token is counted. */
export function tokenConsumer(digest: string): string {
  return `sub:${digest.slice(0, 32)}`;
}

/** The caller of a verified token. */
export function bearerPrincipal(issuer: string, claims: ReadClaims): Principal {
  const digest = callerDigest(issuer, claims.subject);
  return Object.freeze({
    credential: 'bearer',
    issuer,
    subject: claims.subject,
    role: claims.role,
    scopes: claims.scopes,
    tier: claims.tier,
    consumer: tokenConsumer(digest),
    hash: digest.slice(0, 16),
    claims: claims.profile,
    accountStatus: claims.accountStatus,
  });
}

export interface KeyHolder {
  /** The key's id. */
  readonly id: string;
  readonly role: Role;
  readonly tier: string;
  readonly scopes: readonly string[];
}

/** The caller of an API key: counted, logged and sent on by the key's id. */
export function keyPrincipal({ id, role, tier, scopes }: KeyHolder): Principal {
  return Object.freeze({
    credential: 'api-key',
    issuer: '',
    subject: id,
    role,
    scopes: new Set(scopes),
    tier,
    consumer: `key:${id}`,
    hash: sha256Hex(`\n${id}`).slice(0, 16),
    claims: Object.freeze({}),
    accountStatus: 'active',
  });
}
