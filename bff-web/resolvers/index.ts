import { currency, dateTime, minor, url } from '../../src/resolvers/scalars.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { money } from './money.ts';
import { mutation } from './mutation.ts';
import { cancelOrderSuccess, payOrderSuccess, refundPaymentSuccess, updateProfileSuccess } from './mutation-success.ts';
import { node } from './node.ts';
import { lineItem, order } from './order.ts';
import { orderEvent, paymentEvent, refundEvent } from './order-event.ts';
import { payment, paymentFailure, paymentMethodSnapshot } from './payment.ts';
import { cardPaymentMethod, paymentMethod, walletPaymentMethod } from './payment-method.ts';
import { query } from './query.ts';
import { supportQuery } from './support-query.ts';
import { accountSummary, user } from './user.ts';

/** Every field that is not simply a field of its record. */
export const resolvers: Resolvers = {
  CurrencyCode: currency,
  DateTime: dateTime,
  MinorUnits: minor,
  URL: url,
  Query: query,
  Mutation: mutation,
  UpdateProfileSuccess: updateProfileSuccess,
  CancelOrderSuccess: cancelOrderSuccess,
  PayOrderSuccess: payOrderSuccess,
  RefundPaymentSuccess: refundPaymentSuccess,
  SupportQuery: supportQuery,
  Node: node,
  User: user,
  AccountSummary: accountSummary,
  Order: order,
  LineItem: lineItem,
  OrderEvent: orderEvent,
  PaymentEvent: paymentEvent,
  RefundEvent: refundEvent,
  Payment: payment,
  PaymentFailure: paymentFailure,
  PaymentMethodSnapshot: paymentMethodSnapshot,
  PaymentMethod: paymentMethod,
  CardPaymentMethod: cardPaymentMethod,
  WalletPaymentMethod: walletPaymentMethod,
  Money: money,
};
