import { declineText } from '../../src/domain/decline-text.ts';
import { brandName, instrumentLabel } from '../../src/domain/instrument-label.ts';
import { pageOfAll } from '../../src/resolvers/page-of.ts';
import { readSlice } from '../../src/resolvers/page-slice.ts';
import type {
  PaymentFailureResolvers,
  PaymentMethodSnapshotResolvers,
  PaymentResolvers,
} from '../generated/resolvers.ts';

export const payment: PaymentResolvers = {
  method: ({ instrument }) => instrument,
  dispute: ({ id }, _args, context) => context.loaders.dispute(id),
  refunds: async (record, args, context) => {
    const slice = readSlice(args, 20);
    const refunds = record.refunds ?? (await context.services.payments.byId(context, record.id))?.refunds;
    const newestFirst = refunds?.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
    return newestFirst ? pageOfAll(newestFirst, slice, `refunds of ${record.id}`) : null;
  },
};

/** What the processor writes is not for customers; its code says enough to find our own words. */
export const paymentFailure: PaymentFailureResolvers = {
  message: ({ declineCode }) => declineText(declineCode),
};

export const paymentMethodSnapshot: PaymentMethodSnapshotResolvers = {
  kind: ({ type }) => type,
  label: instrumentLabel,
  brand: ({ card }) => card && brandName(card.brand),
  last4: ({ card }) => card?.last4 ?? null,
};
