import { always, hasRole, isAuthenticated, type PermissionMap } from '../src/gateway.ts';

/** Who may ask for what. Every root field is named; what is not named elsewhere is as free as the field that leads to it. */
export const permissions: PermissionMap = {
  Query: {
    viewer: always,
    node: isAuthenticated,
    order: isAuthenticated,
    support: hasRole('support', 'admin'),
  },
  Mutation: {
    updateProfile: isAuthenticated,
    cancelOrder: isAuthenticated,
    payOrder: isAuthenticated,
    refundPayment: hasRole('support', 'admin'),
  },
};
