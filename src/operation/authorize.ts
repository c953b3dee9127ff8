import type { Principal } from '../context/principal.ts';
import type { PreparedOperation } from './prepared.ts';

/**
 * Refuses an operation whose certain fields the caller may not have, before anything is fetched. A guard on a type that is reached
 * only for some records (an interface's member) is asked again at the field by graphql-shield.
 */
export function authorize(prepared: PreparedOperation, principal: Principal): void {
  for (const { permission } of prepared.guards) {
    if (!permission.allows(principal)) throw permission.refusal(principal);
  }
}
