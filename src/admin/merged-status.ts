import type { TrafficStep } from '../telemetry/traffic-history.ts';
import { mergedBreakers, type MergedBreaker } from './merged-breakers.ts';
import { grouped, summed, sumOf } from './merging.ts';
import type { ProcessStatus } from './status.ts';
import type { WorkerView } from './worker-call.ts';

/** What the primary knows without asking anybody. */
export type PrimaryStatus = Pick<
  ProcessStatus,
  'process' | 'mode' | 'configHash' | 'waitForRestart' | 'startedAt' | 'now' | 'ready' | 'reason' | 'alerts'
> & { readonly workerEnds: number };

export interface WorkerState extends Omit<WorkerView, 'adminUrl'> {
  /** False: it said nothing in time, and what it knows is missing from the rest. */
  readonly answered: boolean;
  /** Attempts at services that are under way. */
  readonly inFlight: number;
  readonly openBreakers: number;
}

export interface MergedStatus extends Omit<ProcessStatus, 'redis' | 'breakers'> {
  /** Of the workers; `lost` when it is for one of them. */
  readonly redis: ProcessStatus['redis'] | 'unknown';
  readonly breakers: readonly MergedBreaker[];
  readonly workers: readonly WorkerState[];
  /** Workers that ended without being told to, since the start. */
  readonly workerEnds: number;
}

const outcomes = ['complete', 'stale', 'partial', 'failed', 'refused', 'aborted'] as const;

/** The status of all workers as if they were one process, and of each what may differ. */
export function mergedStatus(
  own: PrimaryStatus,
  asked: readonly { readonly worker: WorkerView; readonly status: ProcessStatus | undefined }[],
): MergedStatus {
  const all = asked.flatMap(({ status }) => status ?? []);
  const redis = new Set(all.map((status) => status.redis));
  const counted = new Set(all.map(({ limits }) => limits.counted));
  return {
    ...own,
    redis: (['lost', 'available', 'not configured'] as const).find((state) => redis.has(state)) ?? 'unknown',
    issuers: grouped(
      all.flatMap(({ issuers }) => issuers),
      ({ issuer }) => issuer,
    ).map((same) => ({
      issuer: same[0].issuer,
      keys: Math.min(...same.map(({ keys }) => keys)),
      ageSeconds: same.every(({ ageSeconds }) => ageSeconds !== undefined)
        ? Math.max(...same.map(({ ageSeconds = 0 }) => ageSeconds))
        : undefined,
      failing: same.some(({ failing }) => failing),
    })),
    reportOnly: firsts(
      all.flatMap(({ reportOnly }) => reportOnly),
      ({ decision }) => decision,
    ),
    limits: {
      counted: (['process', 'machine', 'everywhere'] as const).find((one) => counted.has(one)) ?? 'machine',
      instances: Math.max(0, ...all.map(({ limits }) => limits.instances)),
      overrides: firsts(
        all.flatMap(({ limits }) => limits.overrides),
        ({ consumer }) => consumer,
      ),
      refusals: summed(all.map(({ limits }) => limits.refusals)),
    },
    cache: summed(all.map(({ cache }) => cache)),
    instances: grouped(
      all.flatMap(({ instances }) => instances),
      ({ service, instance }) => `${service} ${instance}`,
    ).map((same) => ({
      service: same[0].service,
      instance: same[0].instance,
      weight: same[0].weight,
      inFlight: sumOf(same, 'inFlight'),
      queued: sumOf(same, 'queued'),
      connectionsOpened: sumOf(same, 'connectionsOpened'),
    })),
    breakers: mergedBreakers(all.flatMap(({ breakers }) => breakers)),
    traffic: mergedTraffic(all.flatMap(({ traffic }) => traffic)),
    workers: asked.map(({ worker, status }) => ({
      pid: worker.pid,
      ready: worker.ready,
      reason: worker.reason,
      configHash: worker.configHash,
      startedAt: worker.startedAt,
      answered: status !== undefined,
      inFlight: sumOf(status?.instances ?? [], 'inFlight'),
      openBreakers: status?.breakers.filter(({ state }) => state === 'open' || state === 'forced-open').length ?? 0,
    })),
  };
}

/** Step by step: the workers' steps begin at the same instants. */
function mergedTraffic(steps: readonly TrafficStep[]): TrafficStep[] {
  return grouped(steps, ({ at }) => String(at))
    .map(mergedStep)
    .toSorted((one, other) => one.at - other.at);
}

function mergedStep(same: readonly [TrafficStep, ...TrafficStep[]]): TrafficStep {
  const requests = same.map((step) => outcomes.reduce((sum, outcome) => sum + step[outcome], 0));
  const all = requests.reduce((sum, count) => sum + count, 0) || 1;
  const mean = (key: 'meanMs' | 'meanOwnMs'): number =>
    Math.round((10 * same.reduce((sum, step, index) => sum + step[key] * (requests[index] ?? 0), 0)) / all) / 10;
  return {
    at: same[0].at,
    complete: sumOf(same, 'complete'),
    stale: sumOf(same, 'stale'),
    partial: sumOf(same, 'partial'),
    failed: sumOf(same, 'failed'),
    refused: sumOf(same, 'refused'),
    aborted: sumOf(same, 'aborted'),
    meanMs: mean('meanMs'),
    longestMs: Math.max(...same.map(({ longestMs }) => longestMs)),
    meanOwnMs: mean('meanOwnMs'),
  };
}

/** The workers know the same of these; one that does not know yet must not hide it. */
function firsts<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return grouped(all, keyOf).map(([first]) => first);
}
