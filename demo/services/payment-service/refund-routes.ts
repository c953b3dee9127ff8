import { readObject } from '../kit/body-reader.ts';
import { readQuery } from '../kit/query-reader.ts';
import type { Route } from '../kit/router.ts';
import { pageOf, pageParameters, readPage } from './id-paging.ts';
import { checkCurrency, readMoney } from './payment-input.ts';
import type { Dispute, Refund } from './payment-records.ts';
import type { PaymentStore } from './payment-store.ts';
import type { RefundDesk } from './refund-desk.ts';

const noStore = { 'Cache-Control': 'no-store' };

/** Refunds and disputes: what happens to a payment after it was made. */
export function refundRoutes(payments: PaymentStore, desk: RefundDesk): Route[] {
  return [
    {
      operation: 'createRefund',
      method: 'POST',
      path: '/v1/payments/{id}/refunds',
      idempotency: 'required',
      handle({ params, body, caller, flags }) {
        const payment = payments.get(params['id']!);
        const reader = readObject(body, ['amount', 'reason', 'metadata']);
        const amount = readMoney(reader, 'amount');
        const reason = reader.oneOf('reason', ['duplicate', 'fraudulent', 'requested_by_customer', 'other']);
        if (!reader.has('reason')) reader.refuse('reason', 'required', 'Required.');
        const metadata = reader.metadata('metadata');
        reader.finish();
        if (amount !== undefined) checkCurrency(amount, payment.currency);
        const willFail = flags.has('refund-fails') || metadata?.['simulate'] === 'failure';
        const refund = desk.refund(
          payment,
          { amount: amount?.amount, reason: reason!, willFail },
          caller.userId ?? null,
        );
        const headers = { ...noStore, Location: `/v1/refunds/${refund.id}` };
        return { status: refund.status === 'pending' ? 202 : 201, headers, body: refund };
      },
    },
    {
      operation: 'listRefunds',
      method: 'GET',
      path: '/v1/refunds',
      query: ['payment_id', ...pageParameters],
      handle({ query }) {
        const { filter, page } = readPaymentFilter(query);
        return { status: 200, headers: noStore, body: pageOf<Refund>(payments.database, 'refunds', filter, page) };
      },
    },
    {
      operation: 'getRefund',
      method: 'GET',
      path: '/v1/refunds/{id}',
      handle: ({ params }) => ({ status: 200, headers: noStore, body: payments.getRefund(params['id']!) }),
    },
    {
      operation: 'listDisputes',
      method: 'GET',
      path: '/v1/disputes',
      query: ['payment_id', ...pageParameters],
      handle({ query, caller }) {
        const { filter, page } = readPaymentFilter(query);
        if (caller.role === 'customer') {
          filter.conditions.push('customer_id = ?');
          filter.values.push(caller.userId ?? '');
        }
        return { status: 200, headers: noStore, body: pageOf<Dispute>(payments.database, 'disputes', filter, page) };
      },
    },
  ];
}

function readPaymentFilter(query: URLSearchParams) {
  const reader = readQuery(query);
  const paymentIds = reader.list('payment_id', { max: 100 });
  if (paymentIds.length === 0) reader.refuse('payment_id', 'required', 'At least one.');
  const page = readPage(reader, { max: 100, fallback: 25 });
  reader.finish();
  const conditions = [`payment_id IN (${paymentIds.map(() => '?').join()})`];
  return { filter: { conditions, values: [...paymentIds] }, page };
}
