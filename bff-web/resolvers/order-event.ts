import type { OrderEventResolvers, PaymentEventResolvers, RefundEventResolvers } from '../generated/resolvers.ts';

const typeNames = {
  placed: 'OrderPlacedEvent',
  confirmed: 'OrderConfirmedEvent',
  cancelled: 'OrderCancelledEvent',
  payment: 'PaymentEvent',
  refund: 'RefundEvent',
  shipment: 'ShipmentEvent',
} as const;

export const orderEvent: OrderEventResolvers = {
  __resolveType: ({ type }) => typeNames[type],
};

export const paymentEvent: PaymentEventResolvers = {
  payment({ payment, failure }) {
    if (failure) throw failure;
    return payment;
  },
};

export const refundEvent: RefundEventResolvers = {
  refund({ refund, failure }) {
    if (failure) throw failure;
    return refund;
  },
};
