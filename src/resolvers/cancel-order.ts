import { orderWithoutPerson } from '../domain/order-without-person.ts';
import type { OrderRecord } from '../domain/records.ts';
import type { CancelInput, OrderParts } from '../upstream/services/orders.ts';
import { renewLoaders } from '../upstream/services/open-services.ts';
import { allowedInstead } from './allowed-instead.ts';
import { ifMatchOf, InputChecks } from './input-checks.ts';
import { isIdOf } from './record-id.ts';
import type { MutationResult } from './refusal.ts';
import { Absent, asUnsent, type CommonKind, refusalOf } from './refusal-of.ts';
import type { ResolverContext } from './resolver-context.ts';

export interface CancelOrder {
  readonly orderId: string;
  readonly reason: CancelInput['reason'];
  readonly note?: string | null | undefined;
  /** `OrderRecord.version` as the client saw it. */
  readonly ifVersion?: string | null | undefined;
  readonly idempotencyKey: string;
}

const maxNoteLength = 500;
const paths = new Map([
  ['/note', ['note']],
  ['/reason', ['reason']],
]);

export interface CancelOrderOptions {
  /** Staff may cancel for their customers, unless the client is for customers only. Default: false. */
  readonly onlyOwn?: boolean;
}

/** Ends an order, once. The order service decides whether it still can be. */
export async function cancelOrder(
  input: CancelOrder,
  context: ResolverContext,
  { onlyOwn = false }: CancelOrderOptions = {},
): Promise<MutationResult<OrderRecord, CommonKind | 'not_allowed'>> {
  const { orderId, reason, note, ifVersion, idempotencyKey: clientKey } = input;
  const checks = new InputChecks();
  checks.idempotencyKey(clientKey);
  checks.ifVersion(ifVersion);
  checks.text(note, ['note'], maxNoteLength);
  if (checks.mistakes.length > 0) return { kind: 'invalid', mistakes: checks.mistakes };
  if (!isIdOf('order', orderId)) return { kind: 'not_found' };
  const { orders, once } = context.services;
  try {
    const ended = await once({ mutation: 'cancelOrder', clientKey, input }, context, async (options) => {
      const { customerId } = await visibleOrder(orderId, context);
      if (onlyOwn && customerId !== context.principal.subject) throw new Absent();
      const cancelled = { id: orderId, reason, note: note ?? undefined };
      return orderWithoutPerson(await orders.cancel(context, cancelled, { ...options, ...ifMatchOf(ifVersion) }));
    });
    if (ended.kind === 'done') return ended;
    if (ended.kind === 'refused' && ended.status === 409)
      return { kind: 'not_allowed', actions: await allowedInstead(orderId, 'CANCEL', context) };
    return refusalOf(ended, paths);
  } catch (error) {
    if (error instanceof Absent) return { kind: 'not_found' };
    throw error;
  } finally {
    renewLoaders(context);
  }
}

/** The order, by the one ownership guard; what is not there for the caller ends the mutation before anything is sent. */
export async function visibleOrder(
  orderId: string,
  context: ResolverContext,
  parts: OrderParts = {},
): Promise<OrderRecord> {
  const order = await context.services.orders.byId(context, orderId, parts).catch((error: unknown) => {
    throw asUnsent(error);
  });
  if (!order) throw new Absent();
  return order;
}
