import { createRequire } from 'node:module';
import type { IRules, rule as Rule } from 'graphql-shield';
import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors/codes.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Principal, Role } from '../context/principal.ts';

// graphql-shield's ESM entry imports names that Node 23 removed (its issue #1561); the CommonJS one works. See docs/decisions/0004.
const require = createRequire(import.meta.url);
const { rule } = require('graphql-shield') as { rule: typeof Rule };

type ShieldRule = ReturnType<ReturnType<typeof Rule>>;

/**
 * One word of the fixed permission vocabulary. It is asked twice: before anything is fetched, for every guarded field that the
 * operation surely reaches, and by graphql-shield at the field itself, whatever path leads there.
 */
export interface Permission {
  readonly name: string;
  allows(principal: Principal): boolean;
  /** What a refusal is called: who is unknown must sign in, who is known may not. */
  refusal(principal: Principal): GatewayError;
  readonly shieldRule: ShieldRule;
}

/** `Type` → `field` → permission. Every root field must be named. */
export type PermissionMap = Readonly<Record<string, Readonly<Record<string, Permission>>>>;

/** One permission a name: graphql-shield refuses two rules that share one. */
const known = new Map<string, Permission>();

function permission(name: string, allows: (principal: Principal) => boolean): Permission {
  const found = known.get(name) ?? createPermission(name, allows);
  known.set(name, found);
  return found;
}

function createPermission(name: string, allows: (principal: Principal) => boolean): Permission {
  const refusal = (principal: Principal): GatewayError => {
    const code: ErrorCode = principal.role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    return new GatewayError(code, { context: { permission: name } });
  };
  const shieldRule = rule(name, { cache: 'contextual' })((_parent: unknown, _args: unknown, context: unknown) => {
    const { principal } = context as { principal: Principal };
    if (allows(principal)) return true;
    // A thrown error becomes a plain `false` in shield; a returned one is shown as it is.
    const refused = refusal(principal);
    return new GraphQLError(refused.publicMessage, { originalError: refused });
  });
  return { name, allows, refusal, shieldRule };
}

/** Anyone, also without a credential. */
export const always: Permission = permission('always', () => true);

/** Any verified caller. */
export const isAuthenticated: Permission = permission('isAuthenticated', ({ role }) => role !== 'anonymous');

/** A caller with one of the roles. */
export function hasRole(...roles: readonly Role[]): Permission {
  const allowed: ReadonlySet<Role> = new Set(roles);
  return permission(`hasRole(${roles.join(', ')})`, ({ role }) => allowed.has(role));
}

/** A caller whose credential carries the scope. */
export function hasScope(scope: string): Permission {
  return permission(`hasScope(${scope})`, ({ role, scopes }) => role !== 'anonymous' && scopes.has(scope));
}

/** The map as graphql-shield's rule tree. */
export function toShieldTree(permissions: PermissionMap): IRules {
  return Object.fromEntries(
    Object.entries(permissions).map(([type, fields]) => [
      type,
      Object.fromEntries(Object.entries(fields).map(([field, { shieldRule }]) => [field, shieldRule])),
    ]),
  );
}
