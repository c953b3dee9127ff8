import { orderPage, payment as paymentOf, paymentPage, unpaidOrderId, user } from './world.ts';

/** What every subject must answer, worked out from the stand-in's records by none of them. */
export function expectedData(operationName: string, userId: string): unknown {
  if (operationName === 'BenchTypename') return { __typename: 'Query' };
  if (operationName === 'BenchPayOrder') return { payOrder: payOrderAnswer(unpaidOrderId(userId)) };
  const isDashboard = operationName !== 'BenchOrderList';
  const { items } = orderPage(userId, isDashboard ? 10 : 100, isDashboard);
  const { data } = paymentPage(items.map(({ id }) => id));
  const person = user(userId);
  const nodes = items.map((order, index) => {
    const payment = data[index]!;
    const payments = [{ id: payment.id, status: 'SUCCEEDED', amount: money(payment.amount) }];
    const { id, number } = order;
    const paid = operationName === 'BenchOrders' ? {} : { payments };
    const common = { id, number, status: order.status.toUpperCase(), total: money(order.total), ...paid };
    if (!isDashboard) return Object.assign(common, { customer: { id: userId, displayName: person.display_name } });
    const lines = (order.line_items ?? []).map((item) => ({
      id: item.id,
      title: item.title,
      quantity: item.quantity,
      unitPrice: money(item.unit_price),
    }));
    return Object.assign(common, { placedAt: instant(order.placed_at), lineItems: { nodes: lines } });
  });
  if (!isDashboard) return { viewer: { orders: { nodes } } };
  return { viewer: { id: userId, displayName: person.display_name, email: person.email, orders: { nodes } } };
}

function payOrderAnswer(orderId: string): unknown {
  const { id, amount } = paymentOf(orderId);
  return {
    __typename: 'PayOrderSuccess',
    payment: { id, status: 'SUCCEEDED', amount: money(amount) },
    order: { id: orderId },
  };
}

const money = ({ amount, currency }: { readonly amount: number; readonly currency: string }) => ({
  amountMinor: String(amount),
  currency,
});

/** Instants are compared as instants: how many digits of a second are written is no difference. */
export const instant = (text: string): string => text.replace(/\.000Z$/, 'Z');
