import { inboxRoute } from '../kit/signed-inbox.ts';
import type { Route } from '../kit/router.ts';
import type { PaymentsChanged } from '../peer-events.ts';
import type { WholeOrder } from './order-records.ts';
import type { NewEvent, OrderStore } from './order-store.ts';
import { paymentStateOf } from './payment-state.ts';

/** The order follows its payments: payment-service owns them and tells of each change. */
export function paymentInbox(orders: OrderStore, secret: string | undefined): Route {
  return inboxRoute({
    operation: 'receivePaymentEvent',
    path: '/internal/payment-events',
    database: orders.database,
    secret,
    now: () => orders.now(),
    receive(type, data) {
      if (type === 'payments.changed') follow(orders, data as PaymentsChanged);
    },
  });
}

function follow(orders: OrderStore, { order_id: orderId, payments, change }: PaymentsChanged): void {
  const order = orders.find(orderId);
  if (order === undefined) return;
  const paymentState = paymentStateOf(payments, order.record.total.amount);
  const isConfirmed = order.record.status === 'open' && (paymentState === 'paid' || paymentState === 'authorized');
  const next: WholeOrder = {
    ...order,
    captured: payments.reduce((sum, payment) => sum + payment.amount_captured, 0),
    record: {
      ...order.record,
      status: isConfirmed ? 'confirmed' : order.record.status,
      payment_state: paymentState,
      payment_ids: payments.map(({ id }) => id),
    },
  };
  const news: NewEvent[] = [change];
  if (isConfirmed) news.push({ type: 'confirmed', actor: 'system' });
  orders.save(next, news);
}
