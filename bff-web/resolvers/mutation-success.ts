import { loadOrder, partsFor } from '../../src/resolvers/order-parts.ts';
import type {
  CancelOrderSuccessResolvers,
  PayOrderSuccessResolvers,
  RefundPaymentSuccessResolvers,
  UpdateProfileSuccessResolvers,
} from '../generated/resolvers.ts';
import { orderPartFields } from './order.ts';

/** A root without values: its fields resolve as they do in a query. */
const query = () => ({});

export const cancelOrderSuccess: CancelOrderSuccessResolvers = {
  order: ({ cancelled }, _args, context, info) => loadOrder(cancelled.id, partsFor(info, orderPartFields), context),
  query,
};

export const payOrderSuccess: PayOrderSuccessResolvers = {
  order: ({ payment }, _args, context, info) => loadOrder(payment.orderId, partsFor(info, orderPartFields), context),
  nextAction: ({ payment }) => payment.nextAction,
  query,
};

export const refundPaymentSuccess: RefundPaymentSuccessResolvers = {
  payment: ({ refund }, _args, context) => context.services.payments.byId(context, refund.paymentId),
  order: ({ refund }, _args, context, info) => loadOrder(refund.orderId, partsFor(info, orderPartFields), context),
  query,
};

export const updateProfileSuccess: UpdateProfileSuccessResolvers = { query };
