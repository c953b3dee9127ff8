import { actionsOf } from '../../src/domain/display-actions.ts';
import { itemCount, orderTitle, totalText } from '../../src/domain/display-order.ts';
import { statusLabel, statusText, statusTone } from '../../src/domain/display-status.ts';
import { momentText } from '../../src/domain/display-time.ts';
import { trackingOf } from '../../src/domain/display-tracking.ts';
import { sizedImage } from '../../src/domain/sized-image.ts';
import { pageOfAll } from '../../src/resolvers/page-of.ts';
import { readSlice } from '../../src/resolvers/page-slice.ts';
import type { MobileItemResolvers, MobileOrderResolvers } from '../generated/resolvers.ts';
import { audienceOf } from './audience.ts';

/** Everything here is made of the order record alone, but for `payment`, whose fields ask for payments when they must. */
export const mobileOrder: MobileOrderResolvers = {
  title: (order, _args, { locale }) => orderTitle(order, locale),
  statusText: (order, _args, { locale }) => statusText(order, locale),
  statusTone: (order) => statusTone(order),
  statusLabel: (order, _args, { locale }) => statusLabel(order, locale),
  totalText: (order, _args, { locale }) => totalText(order, locale),
  placedAtText: (order, _args, context) => momentText(order.placedAt, audienceOf(context)),
  itemCount: (order) => itemCount(order),
  thumbnailUrl: ({ lineItems }, { px }) => sizedImage(lineItems?.[0]?.imageUrl ?? null, px ?? 160, null)?.url ?? null,
  tracking: (order, _args, context) => trackingOf(order, audienceOf(context)),
  payment: (order) => order,
  actions: (order, _args, { locale }) => actionsOf(order, locale),
  items: ({ id, lineItems }, paging) => pageOfAll(lineItems ?? [], readSlice(paging, 20), `items ${id}`),
};

export const mobileItem: MobileItemResolvers = {
  totalText: (item, _args, { locale }) => totalText(item, locale),
  imageUrl: ({ imageUrl }, { px }) => sizedImage(imageUrl, px ?? 160, null)?.url ?? null,
};
