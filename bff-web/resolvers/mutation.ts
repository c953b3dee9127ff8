import { cancelOrder } from '../../src/resolvers/cancel-order.ts';
import { payOrder } from '../../src/resolvers/pay-order.ts';
import { refundPayment } from '../../src/resolvers/refund-payment.ts';
import { updateProfile } from '../../src/resolvers/update-profile.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { problemOf } from './problem.ts';

/** Each mutation's flow is the core's; here it gets the names that this client's schema has for how it can end. */
export const mutation: MutationResolvers = {
  async updateProfile(_root, { input }, context) {
    const result = await updateProfile(input, context);
    if (result.kind !== 'done') return problemOf(result);
    const { value: record } = result;
    return { __typename: 'UpdateProfileSuccess', viewer: { id: record.id, record, contact: 'clear' } };
  },
  async cancelOrder(_root, { input }, context) {
    const result = await cancelOrder(input, context);
    return result.kind === 'done' ? { __typename: 'CancelOrderSuccess', cancelled: result.value } : problemOf(result);
  },
  async payOrder(_root, { input }, context) {
    const result = await payOrder(input, context);
    return result.kind === 'done'
      ? { __typename: 'PayOrderSuccess', payment: result.value.payment }
      : problemOf(result);
  },
  async refundPayment(_root, { input }, context) {
    const result = await refundPayment(input, context);
    return result.kind === 'done' ? { __typename: 'RefundPaymentSuccess', refund: result.value } : problemOf(result);
  },
};
