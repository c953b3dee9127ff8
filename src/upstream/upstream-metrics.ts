import type { ErrorCode } from '../errors/codes.ts';
import type { BreakerState } from '../resilience/circuit-breaker.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { InstanceStatus } from './instances.ts';
import type { FailureReason } from './upstream-failure.ts';

const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const states: readonly BreakerState[] = ['closed', 'open', 'half-open', 'forced-open', 'forced-closed'];

/** What the way out counts. All labels come from the configuration, the contracts or our own tables. */
export function createUpstreamMetrics(metrics: Metrics) {
  const route = ['service', 'route'] as const;
  const calls = metrics.histogram(
    'facet_upstream_call_seconds',
    'Time of calls to services, as their askers saw it: cache hits and shared flights included.',
    [...route, 'outcome'],
    durations,
  );
  const attempts = metrics.histogram(
    'facet_upstream_attempt_seconds',
    'Time of single attempts at an instance.',
    [...route, 'outcome'],
    durations,
  );
  const repeats = metrics.counter('facet_upstream_repeats_total', 'Attempts beyond the first, by why.', [
    ...route,
    'kind',
  ]);
  const joins = metrics.counter('facet_upstream_joined_total', 'Reads that shared a flight of another.', route);
  const drift = metrics.counter('facet_upstream_drift_total', 'Replies or rows that do not fit the contract.', [
    ...route,
    'path',
    'kind',
  ]);
  const dropped = metrics.counter('facet_upstream_dropped_rows_total', 'Broken rows left out of replies.', route);
  const deprecated = metrics.counter(
    'facet_upstream_deprecated_total',
    'Replies whose service announces the end of the route.',
    route,
  );
  return {
    /** Labels bound once, so that counting costs no look-up by text. */
    forRoute(service: string, name: string) {
      const labels = { service, route: name };
      const callOk = calls.labels({ ...labels, outcome: 'ok' });
      const attemptOk = attempts.labels({ ...labels, outcome: 'ok' });
      const driftPath = boundedPaths();
      return {
        callDone: (ms: number) => callOk.observe(ms / 1_000),
        callFailed: (ms: number, code: ErrorCode) => calls.observe({ ...labels, outcome: code }, ms / 1_000),
        attemptDone: (ms: number) => attemptOk.observe(ms / 1_000),
        attemptFailed: (ms: number, reason: FailureReason | 'problem') =>
          attempts.observe({ ...labels, outcome: reason }, ms / 1_000),
        repeated: (kind: 'retry' | 'hedge' | 'refused_by_budget') => repeats.inc({ ...labels, kind }),
        joined: joins.labels(labels),
        drifted: (pointer: string, kind: string) => drift.inc({ ...labels, path: driftPath(pointer), kind }),
        dropped: dropped.labels(labels),
        deprecated: deprecated.labels(labels),
      };
    },
  };
}

/** Prometheus has labels `instance` and `job` of its own, for what it reads from, and would rename ours. */
const instanceLabel = 'service_instance';

/** What instances hold at the moment somebody looks. */
export function showInstances(metrics: Metrics, instances: () => readonly InstanceStatus[]): void {
  const labelNames = ['service', instanceLabel] as const;
  const shown = [
    ['facet_upstream_in_flight', 'Attempts that hold a place at an instance.', 'inFlight'],
    ['facet_upstream_queued', 'Attempts that wait for a place at an instance.', 'queued'],
    ['facet_upstream_connections_opened', 'Connections opened to an instance so far.', 'connectionsOpened'],
  ] as const;
  for (const [name, help, field] of shown) {
    const gauge = metrics.gauge(name, help, labelNames);
    const collect = (): void => {
      gauge.reset();
      for (const status of instances())
        gauge.set({ service: status.service, [instanceLabel]: status.instance }, status[field]);
    };
    Object.assign(gauge, { collect });
  }
}

/** The state of every circuit at the moment somebody looks; what is gone is not shown any more. */
export function showCircuits(metrics: Metrics, circuits: () => readonly CircuitStatus[]): void {
  const help = '1 for the state a circuit is in, 0 for the others.';
  const gauge = metrics.gauge('facet_upstream_breaker_state', help, ['service', 'route', instanceLabel, 'state']);
  const collect = (): void => {
    gauge.reset();
    for (const { service, route, instance, state: current } of circuits())
      for (const state of states)
        gauge.set({ service, route, [instanceLabel]: instance, state }, state === current ? 1 : 0);
  };
  Object.assign(gauge, { collect });
}

interface CircuitStatus {
  readonly service: string;
  readonly route: string;
  readonly instance: string;
  readonly state: BreakerState;
}

/** More places than this in one route's body are counted as one: a service that lies at random must not fill the metrics. */
const mostPaths = 20;

/** JSON pointers as labels: list indexes become `*`, and their number is bounded. */
function boundedPaths(): (pointer: string) => string {
  const known = new Set<string>();
  return (pointer) => {
    const path = pointer.replace(/\/\d+(?=\/|$)/g, '/*').slice(0, 120);
    if (!known.has(path) && known.size >= mostPaths) return 'other';
    known.add(path);
    return path;
  };
}

export type UpstreamMetrics = ReturnType<typeof createUpstreamMetrics>;
export type RouteMetrics = ReturnType<UpstreamMetrics['forRoute']>;
