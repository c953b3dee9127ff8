import type { Amount } from '../../src/domain/amount.ts';
import {
  amountDueAfter,
  amountDueOf,
  amountText,
  hasPaymentStory,
  methodText,
  paymentText,
  refundedText,
} from '../../src/domain/display-payment.ts';
import type { OrderRecord } from '../../src/domain/records.ts';
import type { ResolverContext } from '../../src/resolvers/resolver-context.ts';
import type { MobilePaymentSummaryResolvers } from '../generated/resolvers.ts';

/** What the order record can tell is never asked of the payment service: a list of orders that are all paid costs no call. */
export const mobilePaymentSummary: MobilePaymentSummaryResolvers = {
  statusText: (order, _args, { locale }) => paymentText(order, locale),

  async methodText(order, _args, { loaders, locale }) {
    return hasPaymentStory(order) ? methodText(await loaders.everyPayment(order.id), locale) : null;
  },

  async refundedText(order, _args, { loaders, locale }) {
    return hasPaymentStory(order) ? refundedText(order, await loaders.everyPayment(order.id), locale) : null;
  },

  async amountDueText(order, _args, context) {
    const due = await amountDue(order, context);
    return due && amountText(due, context.locale);
  },

  canPayNow: async (order, _args, context) => (await amountDue(order, context)) !== null,

  async walletAmount(order, _args, context) {
    const due = await amountDue(order, context);
    return due && { minor: String(due.amountMinor), currency: due.currency };
  },
};

async function amountDue(order: OrderRecord, { loaders }: ResolverContext): Promise<Amount | null> {
  const due = amountDueOf(order);
  return due === 'ask' ? amountDueAfter(order, await loaders.everyPayment(order.id)) : due;
}
