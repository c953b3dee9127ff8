import { maskedEmail, maskedPhone } from '../../src/domain/contact-mask.ts';
import { sizedImage } from '../../src/domain/sized-image.ts';
import { selects } from '../../src/resolvers/look-ahead.ts';
import { loadOrderPage } from '../../src/resolvers/order-page.ts';
import { readSlice } from '../../src/resolvers/page-slice.ts';
import { withParts } from '../../src/resolvers/order-parts.ts';
import type { AccountSummaryResolvers, UserResolvers } from '../generated/resolvers.ts';
import { imageEdge } from './image-edge.ts';
import { orderPageOptions, orderQuestion } from './order-arguments.ts';
import { loadPaymentMethods } from './payment-method.ts';
import { addressesOf, recordOf, recordOrClaim } from './person.ts';

const defaultOrders = 20;

export const user: UserResolvers = {
  displayName: (person, _args, context) => recordOrClaim(person, context, ({ displayName }) => displayName, 'name'),
  email: (person, _args, context) =>
    recordOrClaim(person, context, ({ email }) => (person.contact === 'masked' ? maskedEmail(email) : email), 'email'),
  emailVerified: async (person, _args, context) => (await recordOf(person, context))?.emailVerified ?? null,
  phone: async (person, _args, context) => {
    const phone = (await recordOf(person, context))?.phone ?? null;
    return phone !== null && person.contact === 'masked' ? maskedPhone(phone) : phone;
  },
  avatar: async (person, { size }, context) => {
    const edge = imageEdge(size, 96);
    const record = await recordOf(person, context);
    return record && sizedImage(record.avatarUrl, edge, record.displayName);
  },
  locale: (person, _args, context) => recordOrClaim(person, context, ({ locale }) => locale, 'locale'),
  timeZone: async (person, _args, context) => (await recordOf(person, context))?.timeZone ?? null,
  status: async (person, _args, context) => (await recordOf(person, context))?.status ?? null,
  createdAt: async (person, _args, context) => (await recordOf(person, context))?.createdAt ?? null,
  addresses: async (person, _args, context) => (await addressesOf(person, context))?.addresses ?? null,
  defaultAddress: async (person, _args, context) => {
    const record = await addressesOf(person, context);
    return record?.addresses?.find(({ id }) => id === record.defaultShippingAddressId) ?? null;
  },
  orders: (person, args, context, info) =>
    loadOrderPage(
      orderQuestion({ ...args, customerId: person.id }),
      readSlice(args, defaultOrders),
      orderPageOptions(info),
      context,
    ),
  paymentMethods: (person, args, context) =>
    person.id === context.principal.subject ? loadPaymentMethods(person.id, readSlice(args, 10), context) : null,
  accountSummary: (person, _args, context) => context.services.orders.summary(context, person.id),
  version: async (person, _args, context) => (await recordOf(person, context))?.version ?? null,
};

export const accountSummary: AccountSummaryResolvers = {
  /** The figures bring the order without its parts. */
  lastOrder: ({ lastOrder }, _args, context, info) =>
    lastOrder && selects(info, 'lineItems', 'shipments', 'timeline') ? withParts(lastOrder, context) : lastOrder,
};
