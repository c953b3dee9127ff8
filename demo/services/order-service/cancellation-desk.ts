import { timestamp } from '../kit/clock.ts';
import { createDueWorker, type DueWorker } from '../kit/due-worker.ts';
import type { Log } from '../kit/json-log.ts';
import type { WholeOrder } from './order-records.ts';
import { isCancellable } from './order-rules.ts';
import type { OrderStore } from './order-store.ts';

/** How long the warehouse takes to find the parcel and agree. */
const warehouseAnswersAfterMs = 3_000;

export interface Cancellation {
  reason: string;
  note: string | null;
  /** Id of the person who asked. */
  actor: string | null;
}

/**
 * Cancels orders. Money is payment-service's: it hears of the cancellation and releases or refunds what was paid, and the
 * order's payment state follows when it reports back.
 */
export interface CancellationDesk {
  /** A parcel with a label must be found first: such an order is cancelled a little later, or not at all. */
  needsWarehouse(order: WholeOrder): boolean;
  cancel(order: WholeOrder, cancellation: Cancellation): WholeOrder;
  ask(order: WholeOrder, cancellation: Cancellation): void;
  worker: DueWorker;
}

export function createCancellationDesk(orders: OrderStore, log: Log, onSettled: () => void): CancellationDesk {
  const { database } = orders;

  const desk: CancellationDesk = {
    needsWarehouse: ({ shipments }) => shipments.some(({ state }) => state === 'label_created'),
    cancel(order, { reason, note, actor }) {
      const record = {
        ...order.record,
        status: 'cancelled',
        cancelled_at: timestamp(orders.now()),
        cancel_reason: reason,
        note: note ?? order.record.note,
      };
      return orders.save({ ...order, record }, [{ type: 'cancelled', actor }]);
    },
    ask({ record }, { reason, note, actor }) {
      database
        .sql('INSERT INTO pending_cancellations VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
        .run(record.id, orders.now() + warehouseAnswersAfterMs, reason, note, actor);
    },
    worker: createDueWorker(
      async () => {
        const due = database.sql('SELECT * FROM pending_cancellations WHERE due_at <= ?').all(orders.now());
        for (const row of due) database.transaction(() => settle(row));
        if (due.length > 0) onSettled();
        const next = database.sql('SELECT min(due_at) AS due_at FROM pending_cancellations').get();
        return next?.['due_at'] === null ? undefined : Number(next?.['due_at']) - orders.now();
      },
      (error) => log('error', 'cancellation failed', { error: String(error) }),
    ),
  };

  function settle(row: Record<string, unknown>): void {
    const order = orders.get(String(row['order_id']));
    database.sql('DELETE FROM pending_cancellations WHERE order_id = ?').run(order.record.id);
    const text = (name: string): string | null => (row[name] === null ? null : String(row[name]));
    const cancellation = { reason: String(row['reason']), note: text('note'), actor: text('actor') };
    if (isCancellable(order.record)) desk.cancel(order, cancellation);
  }

  return desk;
}
