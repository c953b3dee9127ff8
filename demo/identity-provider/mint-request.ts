import { ApiError } from '../http/json.ts';
import { claimsOf, identityNamed, type IdentityClaims, scopesOfRole } from './claims.ts';
import type { ProviderSettings } from './settings.ts';

const maxTtlSeconds = 30 * 86_400;

/** Claims a caller of the mint may set otherwise than the identity has them; tests need such people. */
const overridable = ['role', 'tier', 'name', 'email', 'locale', 'zoneinfo', 'account_status'] as const;

const fields = new Set(['identity', 'bff', 'audience', 'subject', 'scope', 'claims', 'expiresInSeconds']);

/** What a minted token is for; `bff` is shorthand for that BFF's audience, none of both means both BFFs. */
export interface MintRequest {
  readonly subject: string;
  readonly audience: readonly string[];
  readonly scope: string;
  readonly claims: IdentityClaims;
  /** May be negative: an expired token. */
  readonly expiresInSeconds: number;
}

function bad(message: string): ApiError {
  return new ApiError(400, 'bad_request', message);
}

function text(body: Record<string, unknown>, field: string, fallback: string): string {
  const value = body[field] ?? fallback;
  if (typeof value !== 'string' || value.trim() === '') throw bad(`${field} must be a non-empty string`);
  return value;
}

function audienceOf(body: Record<string, unknown>, settings: ProviderSettings): readonly string[] {
  const both = [settings.webAudience, settings.mobileAudience];
  if (body['audience'] !== undefined) {
    if (body['bff'] !== undefined) throw bad('give bff or audience, not both');
    const audience = [body['audience']].flat();
    if (audience.length === 0 || !audience.every((value) => typeof value === 'string' && value !== '')) {
      throw bad('audience must be a string or a list of strings');
    }
    return audience as string[];
  }
  switch (body['bff']) {
    case undefined:
      return both;
    case 'web':
      return [settings.webAudience];
    case 'mobile':
      return [settings.mobileAudience];
    default:
      throw bad('bff must be web or mobile');
  }
}

function claimOverrides(value: unknown): Partial<IdentityClaims> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null) throw bad('claims must be an object');
  for (const [name, claim] of Object.entries(value)) {
    if (!overridable.some((known) => known === name)) throw bad(`claims may hold ${overridable.join(', ')}`);
    if (typeof claim !== 'string') throw bad(`claims.${name} must be a string`);
  }
  return value as Partial<IdentityClaims>;
}

/** @throws ApiError 400 or 404 that says what is wrong. */
export function parseMintRequest(body: Record<string, unknown>, settings: ProviderSettings): MintRequest {
  const unknown = Object.keys(body).find((field) => !fields.has(field));
  if (unknown !== undefined) throw bad(`unknown field ${JSON.stringify(unknown.slice(0, 40))}`);
  const name = text(body, 'identity', '');
  const identity = identityNamed(name);
  if (!identity)
    throw new ApiError(404, 'unknown_identity', `there is no identity ${JSON.stringify(name.slice(0, 40))}`);
  const expiresInSeconds = body['expiresInSeconds'] ?? settings.accessTokenTtlSeconds;
  if (
    !Number.isInteger(expiresInSeconds) ||
    expiresInSeconds === 0 ||
    Math.abs(Number(expiresInSeconds)) > maxTtlSeconds
  ) {
    throw bad(`expiresInSeconds must be a whole number, not 0, at most ${maxTtlSeconds}`);
  }
  return {
    subject: text(body, 'subject', identity.id),
    audience: audienceOf(body, settings),
    scope: text(body, 'scope', scopesOfRole[identity.role].join(' ')),
    claims: { ...claimsOf(identity), ...claimOverrides(body['claims']) },
    expiresInSeconds: Number(expiresInSeconds),
  };
}
