import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShownBreaker } from '../../../src/admin/breakers.ts';
import { mergedBreakers } from '../../../src/admin/merged-breakers.ts';
import { mergedStatus, type PrimaryStatus } from '../../../src/admin/merged-status.ts';
import type { ProcessStatus } from '../../../src/admin/status.ts';
import type { WorkerView } from '../../../src/admin/worker-call.ts';

const own: PrimaryStatus = {
  process: 'web',
  mode: 'production',
  configHash: 'abc',
  waitForRestart: [],
  startedAt: '2026-11-21T10:00:00.000Z',
  now: '2026-11-21T10:01:00.000Z',
  ready: true,
  reason: 'ready',
  alerts: { rejections: 'closed' },
  workerEnds: 1,
};

function breaker(said: Partial<ShownBreaker>): ShownBreaker {
  const named = { service: 'orders', route: 'listOrders', instance: '127.0.0.1:1' };
  return { ...named, state: 'closed', retryAfterMs: 0, calls: 0, failures: 0, forced: undefined, ...said };
}

function worker(pid: number, hash = 'abc'): WorkerView {
  const startedAt = '2026-11-21T10:00:01.000Z';
  return { pid, ready: true, reason: 'ready', configHash: hash, startedAt, adminUrl: 'http://127.0.0.1:1' };
}

function status(said: Partial<ProcessStatus>): ProcessStatus {
  const { workerEnds: _ends, ...process } = own;
  return {
    ...process,
    redis: 'available',
    issuers: [],
    reportOnly: [],
    limits: { counted: 'everywhere', instances: 2, overrides: [], refusals: {} },
    cache: {},
    instances: [],
    breakers: [],
    traffic: [],
    ...said,
  };
}

const step = { complete: 0, stale: 0, partial: 0, failed: 0, refused: 0, aborted: 0 };

test('a circuit that only one worker has open is shown open, with how many have it so', () => {
  const [merged, ...others] = mergedBreakers([
    breaker({ calls: 10, failures: 1 }),
    breaker({ state: 'open', calls: 20, failures: 20, retryAfterMs: 900 }),
    breaker({ calls: 5 }),
  ]);
  assert.deepEqual(others, []);
  assert.deepEqual(merged, {
    ...breaker({ state: 'open', calls: 35, failures: 21, retryAfterMs: 900 }),
    workers: { open: 1, closed: 2 },
  });
});

test('what operators forced is told first, and other circuits are kept apart', () => {
  const forced = { state: 'closed', actor: 'ada', reason: 'flaps', endsAt: '2026-11-21T11:00:00.000Z' } as const;
  const merged = mergedBreakers([
    breaker({ state: 'forced-closed', forced }),
    breaker({ state: 'forced-closed', forced }),
    breaker({ instance: '127.0.0.1:2' }),
  ]);
  assert.deepEqual(
    merged.map(({ instance, state, workers }) => [instance, state, workers]),
    [
      ['127.0.0.1:1', 'forced-closed', { 'forced-closed': 2 }],
      ['127.0.0.1:2', 'closed', { closed: 1 }],
    ],
  );
  assert.deepEqual(merged[0]?.forced, forced);
});

test('counts are added up, steps of time by their instant, means by how many they are of', () => {
  const instance = { service: 'orders', instance: '127.0.0.1:1', weight: 100, queued: 1, connectionsOpened: 2 };
  const merged = mergedStatus(own, [
    {
      worker: worker(1),
      status: status({
        cache: { fresh: 2, asked: 1 },
        instances: [{ ...instance, inFlight: 3 }],
        traffic: [{ ...step, at: 5_000, complete: 3, meanMs: 10, longestMs: 30, meanOwnMs: 2 }],
      }),
    },
    {
      worker: worker(2),
      status: status({
        cache: { fresh: 5 },
        instances: [{ ...instance, inFlight: 4 }],
        traffic: [
          { ...step, at: 0, failed: 1, meanMs: 7, longestMs: 7, meanOwnMs: 1 },
          { ...step, at: 5_000, complete: 1, meanMs: 50, longestMs: 50, meanOwnMs: 6 },
        ],
      }),
    },
  ]);
  assert.deepEqual(merged.cache, { fresh: 7, asked: 1 });
  assert.deepEqual(merged.instances, [{ ...instance, inFlight: 7, queued: 2, connectionsOpened: 4 }]);
  assert.deepEqual(merged.traffic, [
    { ...step, at: 0, failed: 1, meanMs: 7, longestMs: 7, meanOwnMs: 1 },
    { ...step, at: 5_000, complete: 4, meanMs: 20, longestMs: 50, meanOwnMs: 3 },
  ]);
});

test('a worker that says nothing is named, and the worst of what the others say counts', () => {
  const key = { issuer: 'https://id.example', keys: 2, ageSeconds: 5, failing: false };
  const merged = mergedStatus(own, [
    { worker: worker(1), status: status({ issuers: [key] }) },
    {
      worker: worker(2, 'old'),
      status: status({ redis: 'lost', issuers: [{ ...key, keys: 1, ageSeconds: 90, failing: true }] }),
    },
    { worker: worker(3), status: undefined },
  ]);
  assert.equal(merged.redis, 'lost');
  assert.deepEqual(merged.issuers, [{ ...key, keys: 1, ageSeconds: 90, failing: true }]);
  assert.deepEqual(
    merged.workers.map(({ pid, answered, configHash }) => [pid, answered, configHash]),
    [
      [1, true, 'abc'],
      [2, true, 'old'],
      [3, false, 'abc'],
    ],
  );
  assert.equal(mergedStatus(own, [{ worker: worker(3), status: undefined }]).redis, 'unknown');
});
