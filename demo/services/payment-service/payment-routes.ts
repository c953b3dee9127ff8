import type { SqlValue } from '../kit/database.ts';
import { Problem, problemReply } from '../kit/problem.ts';
import { readEmbeds, readQuery } from '../kit/query-reader.ts';
import type { Reply } from '../kit/reply.ts';
import type { Caller } from '../kit/request.ts';
import type { Route } from '../kit/router.ts';
import { pageOf, pageParameters, readPage } from './id-paging.ts';
import type { PaymentDesk } from './payment-desk.ts';
import { readCaptureAmount, readCancelInput, readNewPayment } from './payment-input.ts';
import type { Payment } from './payment-records.ts';
import type { PaymentStore } from './payment-store.ts';

const noStore = { 'Cache-Control': 'no-store' };

export function paymentRoutes(payments: PaymentStore, desk: PaymentDesk): Route[] {
  const withRefunds = (payment: Payment): object => ({ ...payment, refunds: payments.refundsOf(payment.id) });
  return [
    {
      operation: 'listPayments',
      method: 'GET',
      path: '/v1/payments',
      query: ['order_id', 'customer_id', 'status', 'expand', ...pageParameters],
      handle({ query, caller }) {
        const reader = readQuery(query);
        const filter = readFilter(reader, caller);
        const expand = readEmbeds(reader, 'expand', ['refunds']);
        const page = readPage(reader, { max: 1000, fallback: 100 });
        reader.finish();
        const found = pageOf<Payment>(payments.database, 'payments', filter, page);
        const body = expand.has('refunds') ? { ...found, data: found.data.map(withRefunds) } : found;
        return { status: 200, headers: { 'Cache-Control': 'private, max-age=5' }, body };
      },
    },
    {
      operation: 'createPayment',
      method: 'POST',
      path: '/v1/payments',
      idempotency: 'required',
      handle(request) {
        const payment = desk.charge(readNewPayment(request, payments), request.caller.userId ?? null);
        if (payment.last_error !== null) return declined(payment, request.correlationId);
        return { status: 201, headers: { ...noStore, Location: `/v1/payments/${payment.id}` }, body: payment };
      },
    },
    {
      operation: 'getPayment',
      method: 'GET',
      path: '/v1/payments/{id}',
      query: ['expand'],
      handle({ params, query }) {
        const reader = readQuery(query);
        const expand = readEmbeds(reader, 'expand', ['refunds']);
        reader.finish();
        const payment = payments.get(params['id']!);
        return { status: 200, headers: noStore, body: expand.has('refunds') ? withRefunds(payment) : payment };
      },
    },
    {
      operation: 'capturePayment',
      method: 'POST',
      path: '/v1/payments/{id}/capture',
      idempotency: 'required',
      handle(request) {
        const payment = payments.get(request.params['id']!);
        const amount = readCaptureAmount(request.body, payment);
        const captured = desk.capture(payment, amount, request.caller.userId ?? null);
        return { status: captured.status === 'processing' ? 202 : 200, headers: noStore, body: captured };
      },
    },
    {
      operation: 'cancelPayment',
      method: 'POST',
      path: '/v1/payments/{id}/cancel',
      idempotency: 'required',
      handle(request) {
        const payment = payments.get(request.params['id']!);
        readCancelInput(request.body);
        return { status: 200, headers: noStore, body: desk.cancel(payment, request.caller.userId ?? null) };
      },
    },
  ];
}

function readFilter(
  reader: ReturnType<typeof readQuery>,
  caller: Caller,
): { conditions: string[]; values: SqlValue[] } {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const whereIn = (column: string, wanted: readonly string[]): void => {
    if (wanted.length === 0) return;
    conditions.push(`${column} IN (${wanted.map(() => '?').join()})`);
    values.push(...wanted);
  };
  const orderIds = reader.list('order_id', { max: 100 });
  const customerId = reader.text('customer_id', { max: 64 });
  if (orderIds.length === 0 && customerId === undefined) {
    reader.refuse('order_id', 'required', 'At least one of order_id and customer_id.');
  }
  whereIn('order_id', orderIds);
  whereIn('customer_id', customerId === undefined ? [] : [customerId]);
  whereIn('status', reader.list('status', { max: 10 }));
  // A person sees payments of their own, whatever they ask for.
  if (caller.role === 'customer') whereIn('customer_id', [caller.userId ?? '']);
  return { conditions, values };
}

/** A refusal by the issuer is an outcome: it is on record and stored under its key, so a retry hears the same. */
function declined(payment: Payment, correlationId: string): Reply {
  const { decline_code, message, retryable } = payment.last_error!;
  const members = { decline_code, retryable, payment_id: payment.id };
  return problemReply(new Problem(402, 'payment_declined', message, { members }), correlationId);
}
