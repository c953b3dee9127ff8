import type { UpstreamUse } from '../context/upstream-use.ts';

const batchSize = 100;

/** What a field that asks one of the request's loaders calls: one call for up to 100 objects together. */
export const loaderUses = {
  user: { route: 'users.listUsers', batchSize },
  order: { route: 'orders.batchGetOrders', batchSize },
  payments: { route: 'payments.listPayments', batchSize },
  dispute: { route: 'payments.listDisputes', batchSize },
} as const satisfies Record<string, UpstreamUse>;
