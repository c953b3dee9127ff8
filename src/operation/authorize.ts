import type { Principal } from '../context/principal.ts';
import type { Gate } from '../context/report-only.ts';
import type { Logger } from '../telemetry/logger.ts';
import { permissionRefusal } from './permissions.ts';
import type { PreparedOperation } from './prepared.ts';

/**
 * Stage 11: refuses an operation whose certain fields the caller may not have, before anything is fetched. A guard on a type that is
 * reached only for some records (an interface's member) is asked again at the field by graphql-shield.
 */
export function authorize(
  prepared: PreparedOperation,
  principal: Principal,
  gate: Gate,
  context: { readonly log: Logger },
): void {
  for (const { permission } of prepared.guards) {
    if (!permission.allows(principal)) gate.refuse(permissionRefusal(permission, principal), context);
  }
}
