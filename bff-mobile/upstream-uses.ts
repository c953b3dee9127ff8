import type { UpstreamUses } from '../src/gateway.ts';
import { loaderUses } from '../src/resolvers/loader-uses.ts';

const user = [loaderUses.user];
const payments = [loaderUses.payments];
const orderList = [{ route: 'orders.listOrders' }];

/**
 * What each field's resolver may call, at worst: the ground for the bound on one operation's calls. A test compares it with the calls that
 * the screens really make; a resolver that calls more than it says here fails it.
 */
export const uses: UpstreamUses = {
  'Query.node': [loaderUses.order],
  'Query.order': [loaderUses.order],
  'Query.orders': orderList,
  'Query.savedMethods': [{ route: 'payments.listPaymentMethods' }],

  'Home.greeting': user,
  'Home.avatarUrl': user,
  'Home.activeOrders': orderList,
  'Home.recentOrders': orderList,
  // Reads what the sections beside it load; alone it loads the active orders itself.
  'Home.attention': [...orderList, loaderUses.payments],

  'MobileOrder.payment': payments,

  // One read and one write. Payments only of an order that is paid in part, or is paid already.
  'Mutation.quickPay': [
    { route: 'orders.getOrder' },
    { route: 'payments.listPayments' },
    { route: 'payments.createPayment' },
  ],
  'Mutation.cancelOrder': [{ route: 'orders.getOrder' }, { route: 'orders.cancelOrder' }],
  // Only for a part that the write did not bring.
  'QuickPaySuccess.order': [loaderUses.order],
  'MobileCancelOrderSuccess.order': [loaderUses.order],
  'Mutation.registerPushToken': [{ route: 'users.putPushToken' }],
};
