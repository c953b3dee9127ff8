import type { Caching } from '../cache/create-caching.ts';
import type { UpstreamServiceConfig, UpstreamsConfig } from '../config/sections/upstreams.ts';
import type { CallContext } from '../context/call-context.ts';
import type { Principal } from '../context/principal.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { PartSet } from '../lib/part-set.ts';
import type { ForcedState, BreakerState } from '../resilience/circuit-breaker.ts';
import { RetryBudget } from '../resilience/retry-budget.ts';
import type { CertificateExpiry } from '../telemetry/certificate-expiry.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { type BreakerMatch, BreakerOverrides } from './breaker-overrides.ts';
import type { Call, CallOptions, Reply, Route, Send } from './call.ts';
import { fixedHeaders } from './headers.ts';
import { InstanceSet, type InstanceStatus, type Resolve } from './instances.ts';
import type { ContractCheck, ServiceContext } from './route-context.ts';
import { routePolicy } from './route-policy.ts';
import { composeStack, layers, type StackEntry } from './stack.ts';
import { createUpstreamMetrics, showCircuits, showInstances } from './upstream-metrics.ts';

export interface UpstreamOptions {
  readonly services: UpstreamsConfig;
  /** `validatorFor` and `errorsOf` of `src/generated`. */
  readonly contracts: ContractCheck;
  /** What this process keeps of replies; without it every read is a call. */
  readonly caching?: Caching;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Signs who calls, sent as `X-Identity-Assertion`; absent when the configuration wants none. */
  readonly assertionOf?: ((principal: Principal) => string | undefined) | undefined;
  /** Host name to addresses; the system's resolver unless a test says otherwise. */
  readonly resolve?: Resolve;
  /** Milliseconds between looks at TLS files; 5 000 when absent. */
  readonly watchMs?: () => number;
  /** Told when certificates end that the gateway shows to services. */
  readonly expiry?: CertificateExpiry;
  /** Where services are kept whose configuration does not change: with their connections, circuits and budgets. */
  readonly parts?: PartSet;
  /** The order of layers; another one only in tests of single layers. */
  readonly order?: readonly StackEntry[];
}

/** A route that was joined with its policy: what services are written with. */
export type Ask<Input, Output> = (input: Input, context: CallContext, options?: CallOptions) => Promise<Reply<Output>>;

export interface BreakerStatus {
  readonly service: string;
  readonly route: string;
  readonly instance: string;
  readonly state: BreakerState;
  readonly retryAfterMs: number;
  readonly calls: number;
  readonly failures: number;
  readonly forced: ForcedState | undefined;
}

/** What an operator said of the circuits of a service, of one route or all, at one instance or all. */
export interface ForcedBreakers {
  readonly match: BreakerMatch & { readonly service: string };
  readonly forced: ForcedState;
}

export interface Upstream {
  /** Joins a route with its policy and builds its stack. Once a route, at start-up; an unknown service is a `TypeError`. */
  readonly bind: <Input, Output>(route: Route<Input, Output>) => Ask<Input, Output>;
  /** Every circuit that has seen an attempt. */
  readonly breakers: () => BreakerStatus[];
  /**
   * Forces the matching circuits, also those that are not made yet, or lets them decide again when `forced` is absent. False when there is
   * no such service; a `RangeError` when the end is not within 24 hours.
   */
  readonly forceBreakers: (match: BreakerMatch & { readonly service: string }, forced?: ForcedState) => boolean;
  /** What operators forced and is not over: said again to another process, it holds there too. */
  readonly forced: () => ForcedBreakers[];
  readonly instances: () => InstanceStatus[];
  /** Ends look-ups and circuits and closes connections once their requests have ended. */
  readonly close: () => Promise<void>;
}

/** The way out to all services of the configuration. Resolves when host names were looked up for the first time. */
export async function createUpstream(options: UpstreamOptions): Promise<Upstream> {
  const { services, contracts, caching, log, clock = systemClock, order = layers } = options;
  const metrics = createUpstreamMetrics(options.metrics);
  const { resolve, watchMs = () => 5_000, expiry } = options;
  const instanceParts = { log, resolve, watchMs, expiry };
  const { assertionOf } = options;
  const parts = options.parts ?? new PartSet();
  const open = (name: string, config: UpstreamServiceConfig): KeptService =>
    parts.keep<KeptService>(
      `upstream ${name}`,
      [config, caching, assertionOf],
      (previous) => {
        const instances = new InstanceSet(name, config, instanceParts);
        return {
          instances,
          // What operators decided holds on, whatever else changes.
          overrides: previous?.overrides ?? new BreakerOverrides(clock),
          retryBudget: new RetryBudget(config.retryBudget, clock),
          fixedHeaders: fixedHeaders(config.credential),
          assertionOf,
          stacks: new Map(),
          started: instances.start(),
        };
      },
      ({ instances }) => instances.close(),
    );
  const contexts = new Map(Object.entries(services).map(([name, config]) => [name, open(name, config)]));
  await Promise.all([...contexts.values()].map(({ started }) => started));

  const allInstances = () => [...contexts.values()].flatMap(({ instances }) => instances.all);

  const statuses = () => allInstances().map(({ status }) => status);
  showInstances(options.metrics, statuses);
  const breakers = (): BreakerStatus[] =>
    allInstances().flatMap(({ service, name, breakers: circuits }) =>
      [...circuits].map(([route, { state, retryAfterMs, window, forced }]) => ({
        service,
        route,
        instance: name,
        state,
        retryAfterMs,
        calls: window.calls,
        failures: window.failures,
        forced,
      })),
    );
  showCircuits(options.metrics, breakers);
  options.metrics.readings(
    'facet_upstream_retry_budget',
    'Repetitions that a service may be asked for now.',
    'service',
    () => [...contexts].map(([name, { retryBudget }]) => [name, retryBudget.left] as const),
  );

  return {
    bind: <Input, Output>(route: Route<Input, Output>): Ask<Input, Output> => {
      const service = contexts.get(route.service);
      const config = services[route.service];
      if (!service || !config) throw new TypeError(`upstreams.${route.service} is not configured`);
      const send = stackOf(service, route, () =>
        composeStack(
          {
            route: route as unknown as Route,
            policy: routePolicy(route, config),
            service,
            contracts,
            ...(caching && { caching }),
            metrics: metrics.forRoute(route.service, route.name),
            clock,
            log,
          },
          order,
        ),
      );
      return (input, context, asked) =>
        send<Input, Output>({ route, input, ...asked } satisfies Call<Input, Output>, context);
    },

    breakers,

    forceBreakers: (match, forced) => {
      const service = contexts.get(match.service);
      if (!service) return false;
      const { overrides, instances } = service;
      if (forced) overrides.force(match, forced, instances.all);
      else overrides.release(match, instances.all);
      return true;
    },

    forced: () =>
      [...contexts].flatMap(([service, { overrides }]) =>
        overrides.standing.map(({ match, forced }) => ({ match: { service, ...match }, forced })),
      ),

    instances: statuses,

    // Given from outside, they are ended from outside.
    close: async () => (options.parts ? undefined : parts.release()),
  };
}

/** A service as it is taken over from one configuration to the next when nothing of its own changes. */
interface KeptService extends ServiceContext {
  /** By the route itself: two routes may ask the same operation in different ways. */
  readonly stacks: Map<object, Send>;
  readonly started: Promise<void>;
}

function stackOf({ stacks }: KeptService, route: object, compose: () => Send): Send {
  const stack = stacks.get(route) ?? compose();
  stacks.set(route, stack);
  return stack;
}
