import type { Route, Send } from './call.ts';
import { attempt } from './layers/attempt.ts';
import { balance } from './layers/balance.ts';
import { bulkhead } from './layers/bulkhead.ts';
import { cache } from './layers/cache.ts';
import { circuitBreaker } from './layers/circuit-breaker.ts';
import { deadline } from './layers/deadline.ts';
import { decode } from './layers/decode.ts';
import { fanOut } from './layers/fan-out.ts';
import { followPages } from './layers/follow-pages.ts';
import { hedge } from './layers/hedge.ts';
import { invalidate } from './layers/invalidate.ts';
import { observe } from './layers/observe.ts';
import { pool } from './layers/pool.ts';
import { retry } from './layers/retry.ts';
import { singleFlight } from './layers/single-flight.ts';
import type { LayerFactory, RouteContext } from './route-context.ts';
import type { RoutePolicy } from './route-policy.ts';

export interface StackEntry {
  readonly name: string;
  /** Why it stands where it stands. */
  readonly why: string;
  /** A layer that does not apply to a route is not in that route's stack at all. */
  readonly applies: (route: Route, policy: RoutePolicy) => boolean;
  readonly layer: LayerFactory;
}

const always = (): boolean => true;

/** The way out, outermost first: the one place that knows the order. `docs/resilience.md` shows the same table. */
export const layers: readonly StackEntry[] = [
  { name: 'observe', why: 'outermost, so that hits, joins and refusals count too', applies: always, layer: observe },
  {
    name: 'cache',
    why: 'a fresh hit costs nothing below it; a dead service’s old record is still within reach',
    applies: ({ kind }) => kind === 'read',
    layer: cache,
  },
  {
    name: 'invalidate',
    why: 'beside the cache: a write makes old what reads have kept, also when nobody knows how it ended',
    applies: ({ kind, invalidates }) => kind === 'write' && invalidates !== undefined,
    layer: invalidate,
  },
  {
    name: 'single-flight',
    why: 'above the deadline: a flight belongs to all who wait for it, each of whom has a deadline of its own',
    applies: (route, policy) => route.kind === 'read' && policy.singleFlight,
    layer: singleFlight,
  },
  {
    name: 'follow-pages',
    why: 'below single flight, so that whoever shares a flight gets the whole list; above fan-out, which counts each page',
    applies: ({ follow }) => follow !== undefined,
    layer: followPages,
  },
  {
    name: 'fan-out',
    why: 'counts calls that really start: below the cache and single flight',
    applies: always,
    layer: fanOut,
  },
  {
    name: 'deadline',
    why: 'below the cache, so that an old answer is still possible when time is up',
    applies: always,
    layer: deadline,
  },
  {
    name: 'retry',
    why: 'above the balancer, so that the next attempt may go elsewhere; outside the breaker, so that one failed attempt is one failure',
    applies: (_, policy) => policy.retry.maxRetries > 0,
    layer: retry,
  },
  {
    name: 'hedge',
    why: 'below retry, since two legs are one try; above the balancer, which gives the second leg another instance',
    applies: (route, policy) => route.kind === 'read' && policy.hedge.enabled,
    layer: hedge,
  },
  { name: 'balance', why: 'below retry, so that each attempt gets its own instance', applies: always, layer: balance },
  {
    name: 'circuit-breaker',
    why: 'per route and instance, sees every attempt',
    applies: always,
    layer: circuitBreaker,
  },
  { name: 'attempt', why: 'inside the breaker, which counts its timeouts', applies: always, layer: attempt },
  {
    name: 'bulkhead',
    why: "bounds attempts in flight just above the sockets; waiting for a place uses the attempt's time",
    applies: always,
    layer: bulkhead,
  },
  {
    name: 'decode',
    why: 'inside breaker, timeout and bulkhead: a lying body is a failed attempt',
    applies: always,
    layer: decode,
  },
  { name: 'pool', why: 'the wire', applies: always, layer: pool },
];

/** Builds one route's way out, once, at start-up. */
export function composeStack(route: RouteContext, order: readonly StackEntry[] = layers): Send {
  const end: Send = () => Promise.reject(new TypeError('the stack has no last layer'));
  return order
    .filter(({ applies }) => applies(route.route, route.policy))
    .reduceRight<Send>((next, { layer }) => layer(route)(next), end);
}
