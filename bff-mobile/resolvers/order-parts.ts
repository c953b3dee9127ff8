import type { PartFields } from '../../src/resolvers/order-parts.ts';

/** Which fields of an order are made of its lines, and which of its parcels. */
export const partFields: PartFields = {
  lineItems: ['title', 'itemCount', 'thumbnailUrl', 'items'],
  shipments: ['tracking'],
  events: [],
};
