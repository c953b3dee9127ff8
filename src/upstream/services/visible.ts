import type { CallContext } from '../../context/call-context.ts';
import { seesOthers } from '../../context/principal.ts';

/**
 * The one ownership guard, at the services' exit: whatever path a resolver took, a record that is not the caller's does not exist for
 * the caller. Support and admin see it, and the access is noted for the audit line.
 */
export function visible<T>(record: T | null, ownerOf: (record: T) => string, context: CallContext): T | null {
  return record !== null && maySee(ownerOf(record), context) ? record : null;
}

/** Only the visible ones, in order. */
export function visibleOnly<T>(
  records: readonly T[],
  ownerOf: (record: T) => string,
  context: CallContext,
): readonly T[] {
  return records.every((record) => maySee(ownerOf(record), context))
    ? records
    : records.filter((record) => maySee(ownerOf(record), context));
}

function maySee(owner: string, { principal, report }: CallContext): boolean {
  if (owner === principal.subject && principal.role !== 'anonymous') return true;
  if (!seesOthers(principal)) return false;
  report.accessed.add(owner);
  return true;
}
