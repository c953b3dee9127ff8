import type { Database } from '../kit/database.ts';
import { inboxSchema } from '../kit/signed-inbox.ts';
import { planMethods } from '../seed/method-plan.ts';
import { forEachOrder } from '../seed/order-plan.ts';
import { planPayments } from '../seed/payment-plan.ts';
import { planUser, userCount } from '../seed/user-plan.ts';

/**
 * A record is kept as the JSON it is answered as; what lists filter and sort by is generated from it. `settle_at` is when
 * the processor will have decided, null when there is nothing to decide; `outcome` is what it will say.
 */
export const paymentTables = `
  CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    outcome TEXT NOT NULL,
    settle_at INTEGER,
    order_id TEXT GENERATED ALWAYS AS (record ->> 'order_id') STORED,
    customer_id TEXT GENERATED ALWAYS AS (record ->> 'customer_id') STORED,
    status TEXT GENERATED ALWAYS AS (record ->> 'status') STORED,
    created_at TEXT GENERATED ALWAYS AS (record ->> 'created_at') STORED
  );
  CREATE INDEX payments_order ON payments (order_id);
  CREATE INDEX payments_customer ON payments (customer_id, created_at, id);
  CREATE INDEX payments_settle_at ON payments (settle_at) WHERE settle_at IS NOT NULL;

  CREATE TABLE refunds (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    outcome TEXT NOT NULL,
    settle_at INTEGER,
    payment_id TEXT GENERATED ALWAYS AS (record ->> 'payment_id') STORED,
    created_at TEXT GENERATED ALWAYS AS (record ->> 'created_at') STORED
  );
  CREATE INDEX refunds_payment ON refunds (payment_id);
  CREATE INDEX refunds_settle_at ON refunds (settle_at) WHERE settle_at IS NOT NULL;

  CREATE TABLE disputes (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    payment_id TEXT GENERATED ALWAYS AS (record ->> 'payment_id') STORED,
    customer_id TEXT GENERATED ALWAYS AS (record ->> 'customer_id') STORED,
    created_at TEXT GENERATED ALWAYS AS (record ->> 'created_at') STORED
  );
  CREATE INDEX disputes_payment ON disputes (payment_id);

  CREATE TABLE payment_methods (
    id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, position INTEGER NOT NULL, is_default INTEGER NOT NULL,
    label TEXT NOT NULL, snapshot TEXT NOT NULL, outcome TEXT NOT NULL
  );
  CREATE INDEX payment_methods_customer ON payment_methods (customer_id, position);

  CREATE TABLE payable_orders (
    id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, currency TEXT NOT NULL, total INTEGER NOT NULL,
    is_cancelled INTEGER NOT NULL
  ) WITHOUT ROWID;
  ${inboxSchema}
`;

export function seedPayments(database: Database, lastDayMs: number): void {
  for (let index = 0; index < userCount; index += 1) {
    for (const [position, method] of planMethods(planUser(index, lastDayMs), index).entries()) {
      const { id, customerId, isDefault, label, snapshot, outcome } = method;
      database
        .sql('INSERT INTO payment_methods VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(id, customerId, position, Number(isDefault), label, JSON.stringify(snapshot), outcome);
    }
  }
  forEachOrder(lastDayMs, (order) => {
    const { payments, refunds, disputes } = planPayments(order);
    database
      .sql('INSERT INTO payable_orders VALUES (?, ?, ?, ?, ?)')
      .run(order.id, order.customer.id, order.currency, order.total, Number(order.scenario.status === 'cancelled'));
    for (const payment of payments) {
      database
        .sql("INSERT INTO payments (id, record, outcome) VALUES (?, ?, 'ok')")
        .run(payment.id, JSON.stringify(payment));
    }
    // Seeded refunds that are pending stay so: real ones can for days.
    for (const refund of refunds) {
      database
        .sql("INSERT INTO refunds (id, record, outcome) VALUES (?, ?, 'ok')")
        .run(refund.id, JSON.stringify(refund));
    }
    for (const dispute of disputes) {
      database.sql('INSERT INTO disputes (id, record) VALUES (?, ?)').run(dispute.id, JSON.stringify(dispute));
    }
  });
}
