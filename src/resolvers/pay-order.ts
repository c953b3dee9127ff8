import { cameToNothing } from '../domain/display-confirmation.ts';
import { orderAfterPayment } from '../domain/order-after-payment.ts';
import { outstandingOf } from '../domain/order-balance.ts';
import { orderWithoutPerson } from '../domain/order-without-person.ts';
import type { MoneyRecord, OrderRecord, PaymentRecord } from '../domain/records.ts';
import type { PaymentState } from '../domain/states.ts';
import { sha256Hex } from '../lib/digest.ts';
import { renewLoaders } from '../upstream/services/open-services.ts';
import type { OrderParts } from '../upstream/services/orders.ts';
import type { PayInput } from '../upstream/services/payments.ts';
import type { WriteOutcome } from '../upstream/write-once.ts';
import { allowedInstead } from './allowed-instead.ts';
import { visibleOrder } from './cancel-order.ts';
import { InputChecks } from './input-checks.ts';
import { isIdOf } from './record-id.ts';
import type { MutationResult, Refused } from './refusal.ts';
import { Absent, asUnsent, type CommonKind, type InputPaths, refusalOf } from './refusal-of.ts';
import type { ResolverContext } from './resolver-context.ts';

/** What to pay with, as the client's schema names it. */
export interface PaymentSourceInput {
  readonly savedMethodId?: string | null | undefined;
  readonly providerToken?: string | null | undefined;
  readonly applePayToken?: string | null | undefined;
  readonly googlePayToken?: string | null | undefined;
}

export interface PayOrder {
  readonly orderId: string;
  /** Exactly one of its fields is set. */
  readonly source: PaymentSourceInput;
  readonly idempotencyKey: string;
}

export interface PayOrderOptions {
  /** The mutation's field name: keys are the caller's own within it. Default: payOrder. */
  readonly mutation?: string;
  /** What the order in the answer brings along. */
  readonly parts?: OrderParts;
}

export interface PaidOrder {
  readonly payment: PaymentRecord;
  /**
   * The order that was read to be paid, with the payment in it: its service hears of the payment a moment later. Kept with the answer, so
   * without anything about where its customer lives.
   */
  readonly order: OrderRecord;
}

export type PayOrderResult = MutationResult<PaidOrder, CommonKind | 'not_allowed' | 'declined'>;

/**
 * Pays what is open of the caller's own order, once. The amount is worked out here from the order, never taken from the client. Whether the
 * order can be paid is for the payment service to say: only it knows a repetition from a second payment.
 */
export async function payOrder(
  input: PayOrder,
  context: ResolverContext,
  { mutation = 'payOrder', parts = {} }: PayOrderOptions = {},
): Promise<PayOrderResult> {
  const { orderId, idempotencyKey: clientKey } = input;
  const source = readSource(input.source);
  const checks = new InputChecks();
  checks.idempotencyKey(clientKey);
  checks.expect(
    source.isGood,
    ['source', source.field],
    source.field === 'savedMethodId' ? 'NOT_USABLE' : 'BAD_FORMAT',
  );
  if (checks.mistakes.length > 0) return { kind: 'invalid', mistakes: checks.mistakes };
  if (!isIdOf('order', orderId)) return { kind: 'not_found' };
  const { payments, once } = context.services;
  try {
    const ended = await once({ mutation, clientKey, input }, context, async (options) => {
      const order = await visibleOrder(orderId, context, parts);
      // Staff sees orders of others and doesn't pay them.
      if (order.customerId !== context.principal.subject) throw new Absent();
      const intent = intentOf(options.idempotencyKey);
      const amount = await amountFor(order, intent, context);
      const { customerId } = order;
      const paid = { orderId, customerId, amount, source: source.wire, intent };
      const payment = await payments.pay(context, paid, options);
      return { payment, order: orderWithoutPerson(orderAfterPayment(order, payment)) };
    });
    if (ended.kind !== 'done') return await refusalOfPayment(ended, orderId, source.paths, context);
    const { payment } = ended.value;
    if (!cameToNothing(payment)) return ended;
    // Taken by the service and refused by the bank all the same.
    const { declineCode = null, retryable = false } = payment.failure ?? {};
    return { kind: 'declined', declineCode, retryable };
  } catch (error) {
    if (error instanceof Absent) return { kind: 'not_found' };
    throw error;
  } finally {
    renewLoaders(context);
  }
}

/** The gateway's mark on a payment: tells which one belongs to a key without giving the key away. */
function intentOf(upstreamKey: string): string {
  return sha256Hex(upstreamKey).slice(0, 32);
}

/** In these states nothing was paid and nothing is under way. */
const nothingPaid: ReadonlySet<PaymentState> = new Set(['UNPAID', 'FAILED', 'VOIDED']);

/**
 * What to ask the payment service for. A repetition after a lost answer must ask for the same amount again, or the service takes it for
 * another request; its payment bears the intent's mark.
 */
async function amountFor(order: OrderRecord, intent: string, context: ResolverContext): Promise<MoneyRecord> {
  if (nothingPaid.has(order.paymentState)) return order.total;
  const asked = { orderIds: [order.id], refunds: false };
  const [payments = []] = await context.services.payments.byOrders(context, asked).catch((error: unknown) => {
    throw asUnsent(error);
  });
  if (payments instanceof Error) throw asUnsent(payments);
  const lost = context.loaders.lostPayments();
  if (lost) throw lost;
  const earlier = payments.find((payment) => payment.intent === intent);
  if (earlier) return earlier.amount;
  const { amountMinor, currency } = outstandingOf(order, payments);
  // With nothing open the service says why.
  return amountMinor > 0 ? { amountMinor: Number(amountMinor), currency } : order.total;
}

async function refusalOfPayment(
  ended: Exclude<WriteOutcome<unknown>, { kind: 'done' }>,
  orderId: string,
  paths: InputPaths,
  context: ResolverContext,
): Promise<Refused<CommonKind | 'not_allowed' | 'declined'>> {
  if (ended.kind !== 'refused') return refusalOf(ended, paths);
  const { status, problem } = ended;
  if (status === 402) {
    const { decline_code: declineCode, retryable } = problem.members;
    return {
      kind: 'declined',
      declineCode: typeof declineCode === 'string' ? declineCode : null,
      retryable: retryable === true,
    };
  }
  if (status === 409) return { kind: 'not_allowed', actions: await allowedInstead(orderId, 'RETRY_PAYMENT', context) };
  // The amount is ours: somebody paid in between.
  if (problem.errors.some(({ pointer }) => pointer.startsWith('/amount')))
    return { kind: 'changed', currentVersion: null };
  return refusalOf(ended, paths);
}

interface ReadSource {
  readonly field: keyof PaymentSourceInput;
  readonly isGood: boolean;
  readonly wire: PayInput['source'];
  readonly paths: InputPaths;
}

function readSource({ savedMethodId, providerToken, applePayToken, googlePayToken }: PaymentSourceInput): ReadSource {
  const paths = (wire: string, field: string): InputPaths =>
    new Map([
      [`/payment_source/${wire}`, ['source', field]],
      ['/payment_source', ['source']],
    ]);
  if (typeof savedMethodId === 'string') {
    return {
      field: 'savedMethodId',
      isGood: /^pm_[A-Za-z0-9]{1,40}$/.test(savedMethodId),
      wire: { saved_method_id: savedMethodId },
      paths: paths('saved_method_id', 'savedMethodId'),
    };
  }
  if (typeof applePayToken === 'string') {
    return {
      field: 'applePayToken',
      isGood: isToken(applePayToken),
      wire: { apple_pay_token: applePayToken },
      paths: paths('apple_pay_token', 'applePayToken'),
    };
  }
  if (typeof googlePayToken === 'string') {
    return {
      field: 'googlePayToken',
      isGood: isToken(googlePayToken),
      wire: { google_pay_token: googlePayToken },
      paths: paths('google_pay_token', 'googlePayToken'),
    };
  }
  const token = providerToken ?? '';
  return {
    field: 'providerToken',
    isGood: isToken(token),
    wire: { provider_token: token },
    paths: paths('provider_token', 'providerToken'),
  };
}

function isToken(token: string): boolean {
  return token.length >= 8 && token.length <= 16_384;
}
