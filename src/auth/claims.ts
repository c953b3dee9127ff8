import type { JWTPayload } from 'jose';
import type { ProfileClaims, Role } from '../context/principal.ts';
import { unauthenticated } from './refusal.ts';

/** How an issuer names what we ask of it. A claim is a path: `['realm_access', 'roles']` is a member of a member. */
export interface ClaimMapping {
  readonly role: readonly string[];
  readonly tier: readonly string[];
  readonly scope: readonly string[];
  readonly accountStatus: readonly string[];
  /** The issuer's role names, each with ours. A name that is not here gives nothing. */
  readonly roles: Readonly<Record<string, Role>>;
  readonly tiers: Readonly<Record<string, string>>;
  readonly defaultRole: Role;
  readonly defaultTier: string;
}

/** The claims of a verified token, read as strictly as their signature was. */
export interface ReadClaims {
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
  readonly role: Role;
  readonly tier: string;
  readonly scopes: ReadonlySet<string>;
  readonly accountStatus: string;
  readonly profile: ProfileClaims;
}

/** Visible ASCII: the subject is sent on as a header. OpenID Connect Core section 2 gives the length. */
const subjectForm = /^[\x21-\x7e]{1,255}$/;
/** RFC 6749 section 3.3, scope-token. */
const scopeForm = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
const maxProfileText = 256;
/** ECMA-262: the last second a Date can name. */
const maxEpochSeconds = 8.64e12;

/** Highest first: of several roles in one token the first of these counts. */
const rolesByRank: readonly Role[] = ['admin', 'support', 'service', 'customer', 'anonymous'];

/**
 * Maps the payload of a token whose signature, issuer, audience, `exp` and `nbf` are already verified.
 * @throws GatewayError UNAUTHENTICATED when a claim has not the type or the sense that RFC 7519 gives it.
 */
export function readClaims(payload: JWTPayload, mapping: ClaimMapping, nowMs: number, skewMs: number): ReadClaims {
  const { sub, exp, iat, aud } = payload as Record<string, unknown>;
  if (typeof sub !== 'string' || !subjectForm.test(sub)) throw unauthenticated('bad_claims');
  if (typeof exp !== 'number' || exp > maxEpochSeconds) throw unauthenticated('bad_claims');
  if (iat !== undefined && (typeof iat !== 'number' || iat * 1000 > nowMs + skewMs)) {
    throw unauthenticated(typeof iat === 'number' ? 'not_yet_valid' : 'bad_claims');
  }
  if (Array.isArray(aud) && !aud.every((one) => typeof one === 'string')) throw unauthenticated('bad_claims');
  // RFC 9449 section 7.1, RFC 8705 section 3: a token bound to a key is worth nothing without proof of that key.
  if (payload['cnf'] !== undefined) throw unauthenticated('sender_constrained');
  // OpenID Connect Back-Channel Logout section 2.4: `events` makes it a logout token, also where `typ` is absent.
  if (payload['events'] !== undefined) throw unauthenticated('wrong_type');
  return {
    subject: sub,
    expiresAtMs: exp * 1000,
    role: readRole(claimAt(payload, mapping.role), mapping),
    tier: readTier(claimAt(payload, mapping.tier), mapping),
    scopes: readScopes(claimAt(payload, mapping.scope)),
    accountStatus: readText(claimAt(payload, mapping.accountStatus))?.toLowerCase() ?? 'active',
    profile: readProfile(payload),
  };
}

function claimAt(payload: JWTPayload, path: readonly string[]): unknown {
  let value: unknown = payload;
  for (const name of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function readRole(value: unknown, mapping: ClaimMapping): Role {
  const roles = new Set(readNames(value).map((name) => lookUp(mapping.roles, name)));
  return rolesByRank.find((role) => roles.has(role)) ?? mapping.defaultRole;
}

function readTier(value: unknown, mapping: ClaimMapping): string {
  const name = readText(value);
  return (name !== undefined && lookUp(mapping.tiers, name)) || mapping.defaultTier;
}

function readScopes(value: unknown): ReadonlySet<string> {
  return new Set(readNames(value).filter((name) => scopeForm.test(name)));
}

/** RFC 8693 section 4.2 has one string with spaces; several providers send a list. */
function readNames(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return value.split(' ').filter(Boolean);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw unauthenticated('bad_claims');
}

function readText(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw unauthenticated('bad_claims');
}

function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Only shown, never trusted: what is not a short text is left out. */
function readProfile(payload: JWTPayload): ProfileClaims {
  const text = (name: string): string | undefined => {
    const value = payload[name];
    return typeof value === 'string' && value !== '' && value.length <= maxProfileText ? value : undefined;
  };
  const [name, email, locale, timeZone] = [text('name'), text('email'), text('locale'), text('zoneinfo')];
  return Object.freeze({
    ...(name && { name }),
    ...(email && { email }),
    ...(locale && { locale }),
    ...(timeZone && { timeZone }),
  });
}
