import type { Upstream } from '../create-upstream.ts';
import { createOrdersService, type OrdersService } from './orders.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { type ComparePaymentState, createPaymentStateDrift } from './payment-state-drift.ts';
import { createPaymentsService, type PaymentsService } from './payments.ts';
import type { WriteOnce } from '../write-once.ts';
import { createUsersService, type UsersService } from './users.ts';

export interface Services {
  readonly users: UsersService;
  readonly orders: OrdersService;
  readonly payments: PaymentsService;
  /** For mutations with an idempotency key: the write, once. */
  readonly once: WriteOnce;
  /** To be told of every order whose payments were loaded. */
  readonly comparePaymentState: ComparePaymentState;
}

/** Every service behind the gateway. A new one adds its file and a line here. */
export function createServices(upstream: Upstream, once: WriteOnce, metrics: Metrics): Services {
  return {
    users: createUsersService(upstream),
    orders: createOrdersService(upstream),
    payments: createPaymentsService(upstream),
    once,
    comparePaymentState: createPaymentStateDrift(metrics),
  };
}
