import type { GraphQLResolveInfo } from 'graphql';
import { cancelOrder } from '../../src/resolvers/cancel-order.ts';
import { partsFor } from '../../src/resolvers/order-parts.ts';
import { payOrder } from '../../src/resolvers/pay-order.ts';
import { endOf, refusalOf } from '../../src/resolvers/refusal-of.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { problemOf } from './mobile-problem.ts';
import { partFields } from './order-parts.ts';

/** As the platforms make them, and as the user service takes them. */
const pushToken = /^[A-Za-z0-9:._-]{8,512}$/;

/** Each mutation's flow is the core's; here its end gets the words of this client. */
export const mutation: MutationResolvers = {
  async quickPay(_root, { input }, context, info) {
    const words = { not_allowed: 'problemNothingToPay' } as const;
    const result = await payOrder(input, context, { mutation: 'quickPay', parts: partsOfOrder(info) });
    return result.kind === 'done'
      ? { __typename: 'QuickPaySuccess', ...result.value }
      : problemOf(result, context, words);
  },

  async cancelOrder(_root, { input }, context) {
    const result = await cancelOrder({ ...input, reason: 'CUSTOMER' }, context, { onlyOwn: true });
    return result.kind === 'done'
      ? { __typename: 'MobileCancelOrderSuccess', cancelled: result.value }
      : problemOf(result, context, { not_allowed: 'problemNotCancellable' });
  },

  async registerPushToken(_root, { input: { token, platform } }, context) {
    const malformed = { kind: 'invalid', mistakes: [{ path: ['input', 'token'], code: 'BAD_FORMAT' }] } as const;
    const words = { invalid: 'problemTokenMalformed' } as const;
    if (!pushToken.test(token)) return problemOf(malformed, context, words);
    const userId = context.principal.subject;
    try {
      await context.services.users.putPushToken(context, { userId, token, platform: platforms[platform] });
      return { __typename: 'RegisterPushTokenSuccess', ok: true };
    } catch (error) {
      return problemOf(refusalOf(endOf(error), wirePaths), context, words);
    }
  },
};

const wirePaths = new Map([
  ['/token', ['token']],
  ['/platform', ['platform']],
]);

const platforms = { APNS: 'apns', FCM: 'fcm' } as const;

function partsOfOrder(info: GraphQLResolveInfo) {
  return partsFor(info, partFields, ['order']);
}
