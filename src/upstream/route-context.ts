import type { Caching } from '../cache/create-caching.ts';
import type { Clock } from '../lib/clock.ts';
import type { RetryBudget } from '../resilience/retry-budget.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { BreakerOverrides } from './breaker-overrides.ts';
import type { Layer, Route } from './call.ts';
import type { IdentityHeaders } from './headers.ts';
import type { InstanceSet } from './instances.ts';
import type { RoutePolicy } from './route-policy.ts';
import type { RouteMetrics } from './upstream-metrics.ts';

/** The contracts' run-time checks, as `src/generated` exports them. */
export interface ContractCheck {
  readonly validatorFor: (service: string, schemaName: string) => (value: unknown) => boolean;
  readonly errorsOf: (
    service: string,
    schemaName: string,
    value: unknown,
  ) => readonly { readonly pointer: string; readonly kind: string }[];
}

/** What all routes of one service share. */
export interface ServiceContext extends IdentityHeaders {
  readonly instances: InstanceSet;
  readonly retryBudget: RetryBudget;
  readonly overrides: BreakerOverrides;
}

/** All that a layer may know of its route when it is built, at start-up. */
export interface RouteContext {
  readonly route: Route;
  readonly policy: RoutePolicy;
  readonly service: ServiceContext;
  readonly contracts: ContractCheck;
  /** Absent in tests of other layers: nothing is kept. */
  readonly caching?: Caching;
  readonly metrics: RouteMetrics;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Makes one mechanism for one route. */
export type LayerFactory = (route: RouteContext) => Layer;
