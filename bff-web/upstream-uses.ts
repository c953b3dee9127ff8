import type { UpstreamUses } from '../src/gateway.ts';
import { loaderUses } from '../src/resolvers/loader-uses.ts';

const user = [loaderUses.user];
const payments = [loaderUses.payments];

/**
 * What each field's resolver may call, at worst: the ground for the bound on one operation's calls. A test compares it with the calls that
 * the screens really make; a resolver that calls more than it says here fails it.
 */
export const uses: UpstreamUses = {
  // By the id's prefix, one of four routes.
  'Query.node': [{ route: 'orders.getOrder' }],
  'Query.order': [{ route: 'orders.getOrder' }],
  'SupportQuery.users': [{ route: 'users.listUsers' }],
  'SupportQuery.orders': [{ route: 'orders.searchOrders' }],
  // An order's number leads to its customer; an e-mail address does so in one call.
  'SupportQuery.user': [{ route: 'orders.searchOrders' }],

  // A reference to a person becomes a record when a field of it is asked for.
  'User.displayName': user,
  'User.email': user,
  'User.emailVerified': user,
  'User.phone': user,
  'User.avatar': user,
  'User.locale': user,
  'User.timeZone': user,
  'User.status': user,
  'User.createdAt': user,
  'User.addresses': user,
  'User.defaultAddress': user,
  'User.version': user,
  'User.orders': [{ route: 'orders.listOrders' }],
  'User.paymentMethods': [{ route: 'payments.listPaymentMethods' }],
  'User.accountSummary': [{ route: 'orders.getOrderSummary' }],

  // Of an order that came without them: the last one of the account's figures, or one behind a mutation.
  'Order.lineItems': [loaderUses.order],
  'Order.shipments': [loaderUses.order],
  'Order.payments': payments,
  'Order.amountPaid': payments,
  'Order.amountRefunded': payments,
  'Order.refundableAmount': payments,
  'Order.timeline': [{ route: 'orders.listOrderEvents' }, loaderUses.payments],
  'Payment.dispute': [loaderUses.dispute],
  'Payment.refunds': payments,

  // One write, what is read before it, and what shows what became of it.
  'Mutation.updateProfile': [{ route: 'users.updateUser' }],
  'Mutation.cancelOrder': [{ route: 'orders.getOrder' }, { route: 'orders.cancelOrder' }],
  'CancelOrderSuccess.order': [{ route: 'orders.getOrder' }],
  // Payments only of an order that is paid in part, or is paid already.
  'Mutation.payOrder': [
    { route: 'orders.getOrder' },
    { route: 'payments.listPayments' },
    { route: 'payments.createPayment' },
  ],
  'PayOrderSuccess.order': [{ route: 'orders.getOrder' }],
  'Mutation.refundPayment': [{ route: 'payments.createRefund' }],
  'RefundPaymentSuccess.payment': [{ route: 'payments.getPayment' }],
  'RefundPaymentSuccess.order': [{ route: 'orders.getOrder' }],
};
