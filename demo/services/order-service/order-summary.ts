import type { Database } from '../kit/database.ts';
import type { Money } from './order-records.ts';

const stillToPay = "'unpaid', 'pending', 'failed', 'partially_paid'";

/** The orders of a customer in a few numbers; one amount for each currency that occurs. */
export function summarise(database: Database, customerId: string): object {
  const open = database
    .sql("SELECT count(*) AS count FROM orders WHERE customer_id = ? AND status IN ('open', 'confirmed')")
    .get(customerId);
  const sums = (amount: string, condition: string): Money[] =>
    database
      .sql(
        `SELECT currency, sum(${amount}) AS amount FROM orders
         WHERE customer_id = ? AND status <> 'cancelled' AND ${condition} GROUP BY currency ORDER BY currency`,
      )
      .all(customerId)
      .map((row) => ({ amount: Number(row['amount']), currency: String(row['currency']) }));
  const last = database
    .sql('SELECT record FROM orders WHERE customer_id = ? ORDER BY placed_at DESC, id DESC LIMIT 1')
    .get(customerId);
  return {
    customer_id: customerId,
    open_count: Number(open?.['count']),
    lifetime_totals: sums('total', 'true'),
    outstanding: sums('max(total - captured, 0)', `payment_state IN (${stillToPay})`),
    last_order: last === undefined ? null : JSON.parse(String(last['record'])),
  };
}
