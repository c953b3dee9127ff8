import { createDueWorker, type DueWorker } from '../kit/due-worker.ts';
import type { Log } from '../kit/json-log.ts';
import type { PaymentDesk } from './payment-desk.ts';
import type { PaymentStore } from './payment-store.ts';
import type { RefundDesk } from './refund-desk.ts';

/** Lets the simulated processor answer what it left open, when its time has come. */
export function createSettlementWorker(
  payments: PaymentStore,
  paymentDesk: PaymentDesk,
  refundDesk: RefundDesk,
  log: Log,
  onSettled: () => void,
): DueWorker {
  const { database } = payments;
  const due = (table: 'payments' | 'refunds'): Record<string, unknown>[] =>
    database.sql(`SELECT id, outcome FROM ${table} WHERE settle_at <= ?`).all(payments.now());

  return createDueWorker(
    async () => {
      const duePayments = due('payments');
      for (const { id, outcome } of duePayments) {
        database.transaction(() => paymentDesk.decide(payments.get(String(id)), outcome !== 'processing_fails'));
      }
      const dueRefunds = due('refunds');
      for (const { id, outcome } of dueRefunds) {
        database.transaction(() => refundDesk.settle(payments.getRefund(String(id)), outcome === 'ok'));
      }
      if (duePayments.length + dueRefunds.length > 0) onSettled();
      const next = database
        .sql(
          'SELECT min(settle_at) AS at FROM (SELECT settle_at FROM payments UNION ALL SELECT settle_at FROM refunds)',
        )
        .get();
      return next?.['at'] === null ? undefined : Number(next?.['at']) - payments.now();
    },
    (error) => log('error', 'settlement failed', { error: String(error) }),
  );
}
