/** What a caller may be. `service` is a machine of ours; `anonymous` never reaches a service. */
export type Role = 'anonymous' | 'customer' | 'support' | 'admin' | 'service';

export type CredentialKind = 'none' | 'bearer' | 'api-key' | 'session';

/** What the token says of the person: shown when the user service cannot be asked. Never an authority for access. */
export interface ProfileClaims {
  readonly name?: string;
  readonly email?: string;
  /** BCP 47. */
  readonly locale?: string;
  /** IANA name, from the OpenID claim `zoneinfo`. */
  readonly timeZone?: string;
}

/**
 * The verified caller. Made once by `auth/` and frozen; everything after it asks this object and nothing the client sent.
 */
export interface Principal {
  readonly credential: CredentialKind;
  /** Token issuer; empty for anonymous callers and API keys. */
  readonly issuer: string;
  /** Token subject (`usr_…`) or API key id; empty when anonymous. */
  readonly subject: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<string>;
  /** Name of the rate tier: `free`, `pro`, `enterprise`, `anonymous` or another from the configuration. */
  readonly tier: string;
  /** Who is counted: stable, safe as part of a Redis key, the same for every BFF. Anonymous callers are counted by client and address instead. */
  readonly consumer: string;
  /** First 16 hex digits of SHA-256 over issuer and subject: the caller's name in logs. */
  readonly hash: string;
  readonly claims: ProfileClaims;
  /** `account_status` of the token or of the last `user.updated` event. */
  readonly accountStatus: 'active' | 'suspended' | (string & {});
}

export const anonymous: Principal = Object.freeze({
  credential: 'none',
  issuer: '',
  subject: '',
  role: 'anonymous',
  scopes: new Set<string>(),
  tier: 'anonymous',
  consumer: 'anonymous',
  hash: 'anonymous',
  claims: Object.freeze({}),
  accountStatus: 'active',
});

/** Support and admin may see records of others; each such access is audited. */
export function seesOthers(principal: Principal): boolean {
  return principal.role === 'support' || principal.role === 'admin' || principal.role === 'service';
}
