import type { UserReference } from '../../src/domain/user-reference.ts';
import type { UserRecord } from '../../src/domain/records.ts';
import { type Selection, selects, selectsBeside } from '../../src/resolvers/look-ahead.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';

/** E-mail and phone in clear: one's own, and anyone's for an administrator. Support staff has the customer view for that. */
export function contactFor(id: string, { principal }: ResolverContext): UserReference['contact'] {
  return id === principal.subject || principal.role === 'admin' ? 'clear' : 'masked';
}

/** The signed-in person, made from the token at once: what hangs below is fetched in the first wave. */
export function viewerOf({ principal }: ResolverContext): UserReference | null {
  return principal.role === 'anonymous' ? null : { id: principal.subject, contact: 'clear' };
}

/** Somebody by id; null who does not exist for the caller. Costs nothing where only the id is asked for. */
export async function loadPerson(
  id: string,
  selection: Selection,
  context: ResolverContext,
): Promise<UserReference | null> {
  if (id === context.principal.subject) return viewerOf(context);
  const contact = contactFor(id, context);
  if (!selectsBeside(selection, 'id', '__typename')) return { id, contact };
  const record = await context.loaders.user(id, { addresses: wantsAddresses(selection) });
  return record && { id, record, contact };
}

export function wantsAddresses(selection: Selection): boolean {
  return selects(selection, 'addresses', 'defaultAddress');
}

/** The record behind a reference; null when the user service knows no such person. */
export function recordOf({ id, record }: UserReference, context: ResolverContext): Promise<UserRecord | null> {
  return record ? Promise.resolve(record) : context.loaders.user(id);
}

/** With addresses. */
export function addressesOf({ id, record }: UserReference, context: ResolverContext): Promise<UserRecord | null> {
  return record?.addresses ? Promise.resolve(record) : context.loaders.user(id, { addresses: true });
}

type Claim = 'name' | 'email' | 'locale';

/**
 * A value of the record; while the user service can't be reached the token's word for it, marked as old, where it is about the viewer.
 */
export async function recordOrClaim<Value>(
  reference: UserReference,
  context: ResolverContext,
  value: (record: UserRecord) => Value,
  claim: Claim,
): Promise<Value | string | null> {
  try {
    const record = await recordOf(reference, context);
    return record ? value(record) : (claimOf(reference, context, claim) ?? null);
  } catch (error) {
    const claimed = claimOf(reference, context, claim);
    if (claimed === undefined) throw error;
    tellOld(context);
    return claimed;
  }
}

function claimOf({ id }: UserReference, { principal }: ResolverContext, claim: Claim): string | undefined {
  return id === principal.subject ? principal.claims[claim] : undefined;
}

/** Once an answer. No age is known of claims, so it is 0. */
function tellOld({ report }: ResolverContext): void {
  if (report.stale.some(({ service }) => service === 'users')) return;
  report.stale.push({ service: 'users', ageSeconds: 0, reason: 'upstream_error' });
}
