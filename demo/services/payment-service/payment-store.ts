import type { Database } from '../kit/database.ts';
import { notFound } from '../kit/problem.ts';
import type { ServiceBase } from '../kit/service.ts';
import type { PaymentsChanged } from '../peer-events.ts';
import type { Payment, Refund } from './payment-records.ts';
import type { Outcome } from './processor.ts';

/** How the processor will end what is under way; null when nothing is. */
export interface Settlement {
  outcome: Outcome;
  settleAtMs: number | null;
}

export interface PaymentStore {
  database: Database;
  now(): number;
  /** The payment or a 404. */
  get(id: string): Payment;
  outcomeOf(id: string): Outcome;
  paymentsOf(orderId: string): Payment[];
  refundsOf(paymentId: string): Refund[];
  getRefund(id: string): Refund;
  /** Stores a payment, new or changed, and tells order-service and the gateway. Call inside a transaction. */
  save(payment: Payment, settlement: Settlement, actor: string | null): void;
  /** Stores a refund together with its payment, whose balance it changes, and tells of it. Call inside a transaction. */
  saveRefund(refund: Refund, payment: Payment, settlement: Settlement, actor: string | null): void;
}

export function createPaymentStore({ database, clock, outbox }: ServiceBase): PaymentStore {
  const records = <T>(rows: Record<string, unknown>[]): T[] => rows.map((row) => JSON.parse(String(row['record'])));

  const write = (table: 'payments' | 'refunds', record: Payment | Refund, settlement: Settlement): void => {
    database
      .sql(
        `INSERT INTO ${table} (id, record, outcome, settle_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
            SET record = excluded.record, outcome = excluded.outcome, settle_at = excluded.settle_at`,
      )
      .run(record.id, JSON.stringify(record), settlement.outcome, settlement.settleAtMs);
  };
  const tellOrders = (orderId: string, change: PaymentsChanged['change']): void => {
    const payments = store.paymentsOf(orderId).map((payment) => ({
      id: payment.id,
      status: payment.status,
      has_failed: payment.last_error !== null,
      amount_captured: payment.amount_captured.amount,
      amount_refunded: payment.amount_refunded.amount,
    }));
    const event: PaymentsChanged = { order_id: orderId, payments, change };
    outbox.publish('payments.changed', event, 'peer');
  };
  const at = (): string => new Date(clock.now()).toISOString();

  const store: PaymentStore = {
    database,
    now: () => clock.now(),
    get(id) {
      const row = database.sql('SELECT record FROM payments WHERE id = ?').get(id);
      if (row === undefined) throw notFound('payment');
      return JSON.parse(String(row['record']));
    },
    outcomeOf: (id) => String(database.sql('SELECT outcome FROM payments WHERE id = ?').get(id)?.['outcome']),
    paymentsOf: (orderId) =>
      records(database.sql('SELECT record FROM payments WHERE order_id = ? ORDER BY created_at, id').all(orderId)),
    refundsOf: (paymentId) =>
      records(
        database
          .sql('SELECT record FROM refunds WHERE payment_id = ? ORDER BY created_at DESC, id DESC')
          .all(paymentId),
      ),
    getRefund(id) {
      const row = database.sql('SELECT record FROM refunds WHERE id = ?').get(id);
      if (row === undefined) throw notFound('refund');
      return JSON.parse(String(row['record']));
    },
    save(payment, settlement, actor) {
      write('payments', payment, settlement);
      const { id, order_id, customer_id, status } = payment;
      tellOrders(order_id, { type: 'payment', ref_id: id, state: status, at: at(), actor });
      const event = endEvents[status];
      if (event !== undefined) outbox.publish(event, { id, order_id, customer_id, status }, 'webhooks');
    },
    saveRefund(refund, payment, settlement, actor) {
      database.sql('UPDATE payments SET record = ? WHERE id = ?').run(JSON.stringify(payment), payment.id);
      write('refunds', refund, settlement);
      const { id, payment_id, order_id, customer_id, status } = refund;
      tellOrders(order_id, { type: 'refund', ref_id: id, state: status, at: at(), actor });
      outbox.publish('refund.updated', { id, payment_id, order_id, customer_id, status }, 'webhooks');
    },
  };
  return store;
}

/** The states in which a payment has reached an end, and what the contract calls the event. */
const endEvents: Record<string, string> = {
  succeeded: 'payment.succeeded',
  requires_payment_method: 'payment.failed',
  canceled: 'payment.failed',
};
