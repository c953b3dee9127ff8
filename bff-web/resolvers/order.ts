import type { LineItemPage } from '../../src/domain/page.ts';
import type { OrderRecord } from '../../src/domain/records.ts';
import { availableActions } from '../../src/domain/available-actions.ts';
import { paidOf, refundableOf, refundedOf } from '../../src/domain/order-balance.ts';
import { sizedImage } from '../../src/domain/sized-image.ts';
import { actorOf } from '../../src/resolvers/allowed-instead.ts';
import { selects } from '../../src/resolvers/look-ahead.ts';
import { type PartFields, withParts } from '../../src/resolvers/order-parts.ts';
import { pageOfAll } from '../../src/resolvers/page-of.ts';
import { type PageSlice, readSlice } from '../../src/resolvers/page-slice.ts';
import { paymentsOf, sumOfPayments } from '../../src/resolvers/payments-of.ts';
import { loadTimeline } from '../../src/resolvers/timeline-page.ts';
import type { LineItemResolvers, OrderResolvers } from '../generated/resolvers.ts';
import { imageEdge } from './image-edge.ts';
import { loadPerson } from './person.ts';

/** Which fields of `Order` need which part of the record. */
export const orderPartFields: PartFields = {
  lineItems: ['lineItems'],
  shipments: ['shipments', 'timeline'],
  events: ['timeline'],
};

export const order: OrderResolvers = {
  customer: ({ customerId }, _args, context, info) => loadPerson(customerId, info, context),
  lineItems: (record, args, context) => {
    const slice = readSlice(args, 50);
    return record.lineItems === null
      ? withParts(record, context).then((whole) => lineItemsOf(whole, slice))
      : lineItemsOf(record, slice);
  },
  shipments: (record, _args, context) =>
    record.shipments ?? withParts(record, context).then(({ shipments }) => shipments),
  payments: (record, _args, context, info) => paymentsOf(record, context, { refunds: selects(info, 'refunds') }),
  amountPaid: (record, _args, context) => sumOfPayments(record, context, paidOf),
  amountRefunded: (record, _args, context) => sumOfPayments(record, context, refundedOf),
  refundableAmount: (record, _args, context) => sumOfPayments(record, context, refundableOf),
  availableActions: (record, _args, context) => availableActions(record, actorOf(record, context)),
  timeline: (record, args, context) => loadTimeline(record, readSlice(args, 50), context),
};

function lineItemsOf({ id, lineItems }: OrderRecord, slice: PageSlice): LineItemPage | null {
  return lineItems && pageOfAll(lineItems, slice, `lines of ${id}`);
}

export const lineItem: LineItemResolvers = {
  image: ({ imageUrl, title }, { size }) => sizedImage(imageUrl, imageEdge(size, 320), title),
};
