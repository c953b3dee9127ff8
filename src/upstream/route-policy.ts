import type { RouteCacheConfig } from '../config/sections/cache.ts';
import type { UpstreamServiceConfig } from '../config/sections/upstreams.ts';
import type { Route } from './call.ts';

/** What the configuration says of one route, its own words over its service's. Fixed at start-up. */
export type RoutePolicy = Readonly<
  Pick<UpstreamServiceConfig, 'maxBodyBytes' | 'maxJsonDepth' | 'singleFlight' | 'retry' | 'hedge' | 'breaker'>
> & {
  /** Longest time for one attempt. */
  readonly timeoutMs: number;
  /** Absent: nothing is kept. */
  readonly cache: RouteCacheConfig | undefined;
};

export function routePolicy(route: Pick<Route, 'name' | 'kind'>, service: UpstreamServiceConfig): RoutePolicy {
  const own = service.routes[route.name] ?? {};
  return {
    timeoutMs: own.timeoutMs ?? (route.kind === 'read' ? service.readTimeoutMs : service.writeTimeoutMs),
    maxBodyBytes: own.maxBodyBytes ?? service.maxBodyBytes,
    maxJsonDepth: own.maxJsonDepth ?? service.maxJsonDepth,
    singleFlight: own.singleFlight ?? service.singleFlight,
    retry: over(service.retry, own.retry),
    hedge: over(service.hedge, own.hedge),
    breaker: over(service.breaker, own.breaker),
    cache: route.kind === 'read' ? (own.cache ?? service.cache) : undefined,
  };
}

function over<T extends object>(base: T, own: { readonly [Key in keyof T]?: T[Key] | undefined } | undefined): T {
  const said = Object.entries(own ?? {}).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(said) };
}
