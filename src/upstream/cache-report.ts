import type { Answer, Cache } from '../cache/cache.ts';
import type { RouteCounters } from '../cache/cache-metrics.ts';
import { ageMs, freshLeftMs } from '../cache/entry.ts';
import type { CachePolicy } from '../cache/freshness.ts';
import { type CallContext, newAnswerReport } from '../context/call-context.ts';
import { Deadline } from '../context/deadline.ts';
import { DerivedContext } from '../context/derived-context.ts';
import type { Clock } from '../lib/clock.ts';
import { Journey } from '../telemetry/journey.ts';
import type { Route } from './call.ts';

/** What layer 2 works with on one route that has a cache policy. */
export interface CachedRoute {
  readonly records: Cache;
  readonly policy: CachePolicy;
  readonly counters: RouteCounters;
  readonly clock: Clock;
  /** Time for a refresh behind a stale answer; it doesn't end with the request that caused it. */
  readonly refreshTimeoutMs: number;
}

type RouteFacts = Pick<Route, 'service' | 'name' | 'scope'>;

/** Counts an answer, and lowers what the whole answer it is a part of may promise. */
export function noteAnswer(
  { counters }: CachedRoute,
  { scope }: RouteFacts,
  { report: { reuse } }: CallContext,
  { entry, source }: Answer<unknown>,
  now: number,
): void {
  counters[source].inc();
  reuse.maxAgeSeconds = Math.min(reuse.maxAgeSeconds, Math.max(0, Math.floor(freshLeftMs(entry, now) / 1000)));
  if (scope === 'caller') reuse.scope = 'private';
  for (const tag of entry.tags) reuse.tags.add(tag);
}

/** Writes down how many records were fresh in memory or Redis, and how long the look took. */
export function tellHits(
  { service, name }: RouteFacts,
  { journey }: CallContext,
  records: number,
  startedAt: number,
  endedAt: number,
): void {
  journey.add({ kind: 'cache', name: `${service}.${name}`, startedAt, endedAt, outcome: 'hit', detail: { records } });
}

/** Writes down for `extensions.freshness` and the journey that a part is old, and why. */
export function tellStale(
  { service, name }: RouteFacts,
  { report, journey }: CallContext,
  { entry, reason = 'upstream_error' }: Answer<unknown>,
  now: number,
): void {
  const ageSeconds = Math.floor(ageMs(entry, now) / 1000);
  report.stale.push({ service, ageSeconds, reason });
  const detail = { ageSeconds, reason };
  journey.add({ kind: 'cache', name: `${service}.${name}`, startedAt: now, endedAt: now, outcome: 'stale', detail });
}

/** A context for work that outlives the request: same caller and correlation id, own time, part of nobody's answer. */
export function contextBehind(context: CallContext, { clock, refreshTimeoutMs }: CachedRoute): CallContext {
  return new DerivedContext(context, {
    deadline: new Deadline(clock, refreshTimeoutMs),
    signal: new AbortController().signal,
    journey: new Journey(clock),
    report: newAnswerReport(),
  });
}
