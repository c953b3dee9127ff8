import { seesOthers } from '../context/principal.ts';
import type { MoneyRecord, RefundRecord } from '../domain/records.ts';
import { renewLoaders } from '../upstream/services/open-services.ts';
import type { RefundInput } from '../upstream/services/payments.ts';
import type { ProblemDocument } from '../upstream/upstream-failure.ts';
import { allowedInstead } from './allowed-instead.ts';
import { InputChecks } from './input-checks.ts';
import { isIdOf } from './record-id.ts';
import type { MutationResult } from './refusal.ts';
import { type CommonKind, refusalOf } from './refusal-of.ts';
import type { ResolverContext } from './resolver-context.ts';

export interface RefundPayment {
  readonly paymentId: string;
  /** Absent for all that is left. Minor units as a string of digits. */
  readonly amount?: { readonly amountMinor: string; readonly currency: string } | null | undefined;
  readonly reason: RefundInput['reason'];
  readonly idempotencyKey: string;
}

const paths = new Map([
  ['/amount', ['amount']],
  ['/amount/amount', ['amount', 'amountMinor']],
  ['/amount/currency', ['amount', 'currency']],
]);

/**
 * Gives money back, once. For staff, who see all payments: so nothing is read before, and what the payment service says of the balance is
 * the truth at that moment.
 */
export async function refundPayment(
  input: RefundPayment,
  context: ResolverContext,
): Promise<MutationResult<RefundRecord, CommonKind | 'not_allowed' | 'exceeds_balance'>> {
  const { paymentId, amount, reason, idempotencyKey: clientKey } = input;
  const checks = new InputChecks();
  checks.idempotencyKey(clientKey);
  const minor = amount ? BigInt(amount.amountMinor) : 1n;
  const isInRange = minor > 0n && minor <= BigInt(Number.MAX_SAFE_INTEGER);
  checks.expect(isInRange, ['amount', 'amountMinor'], 'OUT_OF_RANGE');
  if (checks.mistakes.length > 0) return { kind: 'invalid', mistakes: checks.mistakes };
  // The permission says so, too; but this is money, and permissions can run in report mode.
  if (!isIdOf('payment', paymentId) || !seesOthers(context.principal)) return { kind: 'not_found' };
  const { payments, once } = context.services;
  try {
    const ended = await once({ mutation: 'refundPayment', clientKey, input }, context, (options) =>
      payments.refund(
        context,
        { paymentId, reason, ...(amount && { amount: { amountMinor: Number(minor), currency: amount.currency } }) },
        options,
      ),
    );
    if (ended.kind === 'done') return ended;
    if (ended.kind === 'refused') {
      const refundable = refundableIn(ended.problem);
      if (ended.problem.code === 'refund_exceeds_balance' && refundable) return { kind: 'exceeds_balance', refundable };
      if (ended.status === 409) return { kind: 'not_allowed', actions: await allowedForPayment(paymentId, context) };
    }
    return refusalOf(ended, paths);
  } finally {
    renewLoaders(context);
  }
}

function refundableIn({ members }: ProblemDocument): MoneyRecord | undefined {
  const { refundable } = members;
  if (typeof refundable !== 'object' || refundable === null) return undefined;
  const { amount, currency } = refundable as { readonly amount?: unknown; readonly currency?: unknown };
  const isMoney = Number.isSafeInteger(amount) && typeof currency === 'string' && /^[A-Z]{3}$/.test(currency);
  return isMoney ? { amountMinor: amount as number, currency: currency as string } : undefined;
}

async function allowedForPayment(paymentId: string, context: ResolverContext) {
  const payment = await context.services.payments.byId(context, paymentId).catch(() => null);
  return payment ? allowedInstead(payment.orderId, 'REFUND', context) : [];
}
