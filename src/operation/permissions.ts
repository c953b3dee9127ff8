import type { Principal, Role } from '../context/principal.ts';
import { GatewayError } from '../errors/gateway-error.ts';

/**
 * One word of the fixed permission vocabulary. It is asked twice: before anything is fetched, for every guarded field that the
 * operation surely reaches, and by graphql-shield at the field itself, whatever path leads there.
 */
export interface Permission {
  readonly name: string;
  readonly allows: (principal: Principal) => boolean;
}

/** `Type` → `field` → permission. Every root field must be named. */
export type PermissionMap = Readonly<Record<string, Readonly<Record<string, Permission>>>>;

/** Anyone, also without a credential. */
export const always: Permission = { name: 'always', allows: () => true };

/** Any verified caller. */
export const isAuthenticated: Permission = { name: 'isAuthenticated', allows: ({ role }) => role !== 'anonymous' };

/** A caller with one of the roles. */
export function hasRole(...roles: readonly Role[]): Permission {
  const allowed: ReadonlySet<Role> = new Set(roles);
  return { name: `hasRole(${roles.join(', ')})`, allows: ({ role }) => allowed.has(role) };
}

/** A caller whose credential carries the scope. */
export function hasScope(scope: string): Permission {
  return { name: `hasScope(${scope})`, allows: ({ role, scopes }) => role !== 'anonymous' && scopes.has(scope) };
}

/** What a refusal is called: who is unknown must sign in, who is known may not. */
export function permissionRefusal({ name }: Permission, principal: Principal): GatewayError {
  return principal.role === 'anonymous'
    ? new GatewayError('UNAUTHENTICATED', { headers: { 'www-authenticate': 'Bearer' }, context: { reason: name } })
    : new GatewayError('FORBIDDEN', { context: { reason: name } });
}
