import type { Principal } from '../context/principal.ts';
import { sha256Hex } from '../lib/digest.ts';

const callers = new WeakMap<Principal, string>();

/**
 * Everything about a caller that a service's answer may depend on, as 64 hex digits: who it is and what it may see. A JSON array
 * is unambiguous where joined text is not (`a` + `bc` and `ab` + `c`). Worked out once for each principal.
 */
export function callerKey(principal: Principal): string {
  let key = callers.get(principal);
  if (key === undefined) {
    const { credential, issuer, subject, role, tier, scopes } = principal;
    key = sha256Hex(JSON.stringify([credential, issuer, subject, role, tier, [...scopes].sort()]));
    callers.set(principal, key);
  }
  return key;
}

/**
 * The key of one record of one route. Unambiguous: a route name has no space, the caller is `public` or 64 hex digits, and the
 * rest is the last part. Undefined when nothing may be kept: a reply that depends on the caller, and no caller.
 */
export function cacheKey(
  route: string,
  scope: 'caller' | 'public',
  principal: Principal,
  text: string,
): string | undefined {
  if (scope === 'public') return `${route} public ${text}`;
  if (principal.role === 'anonymous' || principal.subject === '') return undefined;
  return `${route} ${callerKey(principal)} ${text}`;
}
