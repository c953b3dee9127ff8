import { dateTime, url } from '../../src/resolvers/scalars.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { home } from './home.ts';
import { mobileItem, mobileOrder } from './mobile-order.ts';
import { mobilePaymentSummary } from './mobile-payment-summary.ts';
import { mutation } from './mutation.ts';
import { mobileCancelOrderSuccess, quickPaySuccess } from './mutation-success.ts';
import { query } from './query.ts';

/** The resolvers of what only this client's schema has. */
export const resolvers: Resolvers = {
  DateTime: dateTime,
  URL: url,
  Query: query,
  Node: { __resolveType: () => 'MobileOrder' },
  Home: home,
  MobileItem: mobileItem,
  MobileOrder: mobileOrder,
  MobilePaymentSummary: mobilePaymentSummary,
  Mutation: mutation,
  QuickPaySuccess: quickPaySuccess,
  MobileCancelOrderSuccess: mobileCancelOrderSuccess,
};
