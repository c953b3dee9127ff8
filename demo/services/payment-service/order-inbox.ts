import type { Route } from '../kit/router.ts';
import { inboxRoute } from '../kit/signed-inbox.ts';
import type { OrderCancelled, OrderPlaced } from '../peer-events.ts';
import type { PaymentDesk } from './payment-desk.ts';
import type { PaymentStore } from './payment-store.ts';
import { refundableOf, type RefundDesk } from './refund-desk.ts';

/** What order-service tells: a new order may be charged; for a cancelled one money is released or given back. */
export function orderInbox(
  payments: PaymentStore,
  paymentDesk: PaymentDesk,
  refundDesk: RefundDesk,
  secret: string | undefined,
): Route {
  return inboxRoute({
    operation: 'receiveOrderEvent',
    path: '/internal/order-events',
    database: payments.database,
    secret,
    now: () => payments.now(),
    receive(type, data) {
      if (type === 'order.placed') {
        const order = data as OrderPlaced;
        payments.database
          .sql('INSERT INTO payable_orders VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING')
          .run(order.id, order.customer_id, order.currency, order.total);
      }
      if (type === 'order.cancelled') windUp((data as OrderCancelled).id);
    },
  });

  function windUp(orderId: string): void {
    payments.database.sql('UPDATE payable_orders SET is_cancelled = 1 WHERE id = ?').run(orderId);
    for (const payment of payments.paymentsOf(orderId)) {
      if (refundableOf(payment) > 0) {
        refundDesk.refund(payment, { amount: undefined, reason: 'requested_by_customer', willFail: false }, 'system');
      } else if (payment.status !== 'succeeded' && payment.status !== 'canceled') {
        paymentDesk.cancel(payment, 'system');
      }
    }
  }
}
