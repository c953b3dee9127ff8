import { identities, type Identity, type IdentityName, type Role } from '../services/seed/identities.ts';

/** What the gateway reads from an access token beside the registered claims (RFC 9068). */
export interface IdentityClaims {
  readonly role: string;
  readonly tier: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly zoneinfo: string;
  readonly account_status: string;
}

const customerScopes = [
  'profile:read',
  'profile:write',
  'orders:read',
  'orders:write',
  'payments:read',
  'payments:write',
] as const;

/** Permissions a role may ever be given at a BFF; a token carries all of them unless a client asks for fewer. */
export const scopesOfRole: Readonly<Record<Role, readonly string[]>> = {
  customer: customerScopes,
  support: [...customerScopes, 'support:read', 'refunds:write'],
  admin: [...customerScopes, 'support:read', 'refunds:write', 'admin'],
};

export const allScopes: readonly string[] = scopesOfRole.admin;

const byId: ReadonlyMap<string, Identity> = new Map(
  Object.values(identities).map((identity) => [identity.id, identity]),
);

/** The identity with this name; undefined for a name that isn't in the table (`constructor` included). */
export function identityNamed(name: string): Identity | undefined {
  return Object.hasOwn(identities, name) ? identities[name as IdentityName] : undefined;
}

/** The identity whose subject this is. */
export function identityOf(subject: string): Identity | undefined {
  return byId.get(subject);
}

export function claimsOf(identity: Identity): IdentityClaims {
  return {
    role: identity.role,
    tier: identity.tier,
    name: identity.displayName,
    email: identity.email,
    locale: identity.locale,
    zoneinfo: identity.timeZone,
    account_status: identity.accountStatus,
  };
}
