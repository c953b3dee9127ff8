import { always, isAuthenticated, type PermissionMap } from '../src/gateway.ts';

/** Who may ask for what. Every root field is named. */
export const permissions: PermissionMap = {
  Query: {
    appStatus: always,
    home: isAuthenticated,
    order: isAuthenticated,
    orders: isAuthenticated,
    node: isAuthenticated,
    savedMethods: isAuthenticated,
  },
  Mutation: {
    quickPay: isAuthenticated,
    cancelOrder: isAuthenticated,
    registerPushToken: isAuthenticated,
  },
};
