import type { CallContext } from '../../context/call-context.ts';
import type {
  DisputeRecord,
  MoneyRecord,
  PaymentMethodRecord,
  PaymentRecord,
  RefundRecord,
} from '../../domain/records.ts';
import type { RefundReason } from '../../domain/states.ts';
import {
  type DisputePage,
  type Payment,
  type PaymentMethodPage,
  type PaymentPage,
  type PaymentSource,
  type Refund,
  routes as contract,
} from '../../generated/payment-service.ts';
import type { CallOptions } from '../call.ts';
import type { Upstream } from '../create-upstream.ts';
import { contractRoute } from '../openapi-client.ts';
import type { PageRequest, ServicePage } from './service-page.ts';
import { disputeRecord, paymentMethodRecord, paymentRecord, refundRecord } from './records/payment-record.ts';
import { visible, visibleOnly } from './visible.ts';

export interface PaymentsOfOrders {
  /** At most 100, without duplicates. */
  readonly orderIds: readonly string[];
  readonly refunds: boolean;
  /** Set when a page is followed. */
  readonly after?: string;
}

/** Payments by order, and where the next page begins when there is one. */
interface PaymentsPart {
  readonly byOrder: ReadonlyMap<string, readonly PaymentRecord[]>;
  readonly next: string | null;
}

export interface PaymentMethodsInput extends PageRequest {
  readonly customerId: string;
}

export interface PayInput {
  readonly orderId: string;
  readonly customerId: string;
  readonly amount: MoneyRecord;
  readonly source: PaymentSource;
  /** Kept with the payment, for `PaymentRecord.intent`. */
  readonly intent: string;
}

export interface RefundInput {
  readonly paymentId: string;
  /** Absent for all that is left. */
  readonly amount?: MoneyRecord | undefined;
  readonly reason: Exclude<RefundReason, 'UNKNOWN'>;
}

/** The service's own bound on a page of payments; orders have few, so one page is the rule. */
const pageSize = 1_000;

const ownerOf = ({ customerId }: { readonly customerId: string }): string => customerId;
const keyOf = (orderId: string, refunds: boolean): string => (refunds ? `${orderId}+refunds` : orderId);
const idOf = (key: string): string => key.replace('+refunds', '');
const tagsOf = ({ orderId, id }: PaymentRecord): string[] => [`payments-of:${orderId}`, `payment:${id}`];

const byOrders = contractRoute<PaymentsOfOrders, PaymentsPart, PaymentPage>(
  'payments',
  'listPayments',
  contract.listPayments,
  {
    scope: 'caller',
    input: ({ orderIds, refunds, after }) => ({
      query: {
        order_id: orderIds,
        expand: refunds ? 'refunds' : undefined,
        limit: pageSize,
        starting_after: after,
      },
    }),
    map: ({ data, has_more }, { orderIds, refunds }) => {
      const byOrder = new Map<string, PaymentRecord[]>(orderIds.map((id) => [keyOf(id, refunds), []]));
      for (const wire of data) byOrder.get(keyOf(wire.order_id, refunds))?.push(paymentRecord(wire));
      return { byOrder, next: has_more ? (data.at(-1)?.id ?? null) : null };
    },
    follow: {
      next: ({ next }, asked) => (next === null ? undefined : { ...asked, after: next }),
      merge: (left, right) => ({
        byOrder: new Map([...left.byOrder].map(([key, found]) => [key, [...found, ...(right.byOrder.get(key) ?? [])]])),
        next: right.next,
      }),
      maxPages: 5,
    },
    batch: {
      keysOf: ({ orderIds, refunds }) => orderIds.map((id) => keyOf(id, refunds)),
      narrow: ({ refunds }, keys) => ({ orderIds: keys.map(idOf), refunds }),
      pick: ({ byOrder }, key) => byOrder.get(key) ?? [],
      join: (parts) => ({ byOrder: parts as PaymentsPart['byOrder'], next: null }),
    },
    // An order without payments must change too when the first one comes.
    tags: ({ byOrder }) =>
      [...byOrder].flatMap(([key, found]) => [`payments-of:${idOf(key)}`].concat(found.flatMap(tagsOf))),
  },
);

const byId = contractRoute<string, PaymentRecord | null, Payment>('payments', 'getPayment', contract.getPayment, {
  scope: 'caller',
  input: (id) => ({ path: { id }, query: { expand: 'refunds' } }),
  map: paymentRecord,
  accepts: { 404: () => null },
  key: (id) => id,
  tags: (found, id) => (found ? tagsOf(found) : [`payment:${id}`]),
});

const refundById = contractRoute<string, RefundRecord | null, Refund>('payments', 'getRefund', contract.getRefund, {
  scope: 'caller',
  input: (id) => ({ path: { id } }),
  map: refundRecord,
  accepts: { 404: () => null },
  key: (id) => id,
  tags: (found) => (found ? [`payment:${found.paymentId}`] : []),
});

const methods = contractRoute<PaymentMethodsInput, ServicePage<PaymentMethodRecord>, PaymentMethodPage>(
  'payments',
  'listPaymentMethods',
  contract.listPaymentMethods,
  {
    scope: 'caller',
    input: ({ customerId, limit, after }) => ({ path: { id: customerId }, query: { limit, starting_after: after } }),
    map: ({ data, has_more }) => ({
      // This service pages by the id of a row.
      items: data.map((wire) => ({ cursor: wire.id, record: paymentMethodRecord(wire) })),
      hasMore: has_more,
      total: null,
    }),
    accepts: { 404: () => ({ items: [], hasMore: false, total: null }) },
    key: (asked) => JSON.stringify(asked),
  },
);

const disputes = contractRoute<readonly string[], ReadonlyMap<string, DisputeRecord | null>, DisputePage>(
  'payments',
  'listDisputes',
  contract.listDisputes,
  {
    scope: 'caller',
    input: (paymentIds) => ({ query: { payment_id: paymentIds } }),
    map: ({ data }) =>
      new Map(
        data
          .map(disputeRecord)
          .reverse()
          .map((record) => [record.paymentId, record]),
      ),
    batch: {
      keysOf: (paymentIds) => paymentIds,
      narrow: (_asked, keys) => keys,
      pick: (found, key) => found.get(key) ?? null,
      join: (parts) => parts as ReadonlyMap<string, DisputeRecord>,
    },
    tags: (_found, paymentIds) => paymentIds.map((id) => `payment:${id}`),
  },
);

const pay = contractRoute<PayInput, PaymentRecord, Payment>('payments', 'createPayment', contract.createPayment, {
  scope: 'caller',
  input: ({ orderId, customerId, amount, source, intent }) => ({
    body: {
      order_id: orderId,
      customer_id: customerId,
      amount: { amount: amount.amountMinor, currency: amount.currency },
      payment_source: source,
      confirm: true,
      metadata: { intent },
    },
  }),
  map: paymentRecord,
  invalidates: ({ orderId, customerId }) => [`payments-of:${orderId}`, `order:${orderId}`, `orders-of:${customerId}`],
});

const refund = contractRoute<RefundInput, RefundRecord, Refund>('payments', 'createRefund', contract.createRefund, {
  scope: 'caller',
  input: ({ paymentId, amount, reason }) => ({
    path: { id: paymentId },
    body: {
      reason: reason.toLowerCase(),
      ...(amount && { amount: { amount: amount.amountMinor, currency: amount.currency } }),
    },
  }),
  map: refundRecord,
  // Of a refund with an unknown end only the payment is known; its order is kept for seconds only.
  invalidates: ({ paymentId }, refunded) => [
    `payment:${paymentId}`,
    ...(refunded
      ? [`payments-of:${refunded.orderId}`, `order:${refunded.orderId}`, `orders-of:${refunded.customerId}`]
      : []),
  ],
});

/** The payment service as resolvers see it: payments of people the caller may see, and nothing of HTTP. */
export function createPaymentsService(upstream: Upstream) {
  const routes = {
    byOrders: upstream.bind(byOrders),
    byId: upstream.bind(byId),
    refundById: upstream.bind(refundById),
    methods: upstream.bind(methods),
    disputes: upstream.bind(disputes),
    pay: upstream.bind(pay),
    refund: upstream.bind(refund),
  };
  return {
    /** In the order of `orderIds`; an empty list for an order without payments. */
    async byOrders(context: CallContext, asked: PaymentsOfOrders): Promise<(readonly PaymentRecord[] | Error)[]> {
      const { byOrder } = (await routes.byOrders(asked, context)).value;
      return asked.orderIds.map((id) => {
        const found: unknown = byOrder.get(keyOf(id, asked.refunds)) ?? [];
        return found instanceof Error ? found : visibleOnly(found as readonly PaymentRecord[], ownerOf, context);
      });
    },
    /** With its refunds. */
    async byId(context: CallContext, id: string): Promise<PaymentRecord | null> {
      return visible((await routes.byId(id, context)).value, ownerOf, context);
    },
    async refundById(context: CallContext, id: string): Promise<RefundRecord | null> {
      return visible((await routes.refundById(id, context)).value, ownerOf, context);
    },
    async methods(context: CallContext, asked: PaymentMethodsInput): Promise<ServicePage<PaymentMethodRecord>> {
      const page = visible((await routes.methods(asked, context)).value, () => asked.customerId, context);
      return page ?? { items: [], hasMore: false, total: null };
    },
    /** Of payments that the caller was shown before, in the order of `paymentIds`. */
    async disputes(context: CallContext, paymentIds: readonly string[]): Promise<(DisputeRecord | Error | null)[]> {
      const { value } = await routes.disputes(paymentIds, context);
      return paymentIds.map((id) => value.get(id) ?? null);
    },
    /** The caller must have been shown the order before. */
    async pay(context: CallContext, input: PayInput, options: CallOptions): Promise<PaymentRecord> {
      return (await routes.pay(input, context, options)).value;
    },
    /** For staff. That they saw the payment's owner is noted like any other look. */
    async refund(context: CallContext, input: RefundInput, options: CallOptions): Promise<RefundRecord> {
      const { value } = await routes.refund(input, context, options);
      visible(value, ownerOf, context);
      return value;
    },
  };
}

export type PaymentsService = ReturnType<typeof createPaymentsService>;
