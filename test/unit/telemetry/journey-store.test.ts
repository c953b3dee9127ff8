import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { journeys as section, type JourneysConfig } from '../../../src/config/sections/journeys.ts';
import { JourneyStore, type SharedJourneys } from '../../../src/telemetry/journey-store.ts';
import { Journey } from '../../../src/telemetry/journey.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import type { RequestSummary } from '../../../src/telemetry/request-summary.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { requestSummary } from '../../support/request-summary.ts';

function storeWith(config: Partial<JourneysConfig> = {}, random = 1, shared?: SharedJourneys) {
  const metrics = new Metrics();
  const clock = new ManualClock();
  const store = new JourneyStore({
    config: { ...section.parse({}), ...config },
    process: 'test',
    clock,
    metrics,
    random: () => random,
    shared,
  });
  const read = async (name: string): Promise<string> =>
    (await metrics.expose())
      .split('\n')
      .filter((line) => line.startsWith(name))
      .join('\n');
  return { store, read };
}

const failed = (change: Partial<RequestSummary> = {}): RequestSummary =>
  requestSummary({ correlationId: randomUUID(), outcome: 'failed', codes: ['UPSTREAM_TIMEOUT'], ...change });

describe('which journeys are kept', () => {
  for (const [what, change, keptFor] of [
    ['a failed one', { outcome: 'failed' }, 'failed'],
    ['a partial one', { outcome: 'partial' }, 'partial'],
    ['one with stale parts', { outcome: 'stale' }, 'partial'],
    ['a slow one', { endedAt: 2_000 }, 'slow'],
  ] as const)
    test(`${what} is`, () => {
      const { store } = storeWith();
      store.offer(requestSummary(change));
      assert.equal(store.latest(10)[0]?.keptFor, keptFor);
    });

  for (const outcome of ['complete', 'refused', 'aborted'] as const)
    test(`a quick one that is ${outcome} is kept only as one of the sample`, () => {
      const [without, within] = [storeWith({ sampleRatio: 0.01 }, 0.01), storeWith({ sampleRatio: 0.01 }, 0.009)];
      for (const { store } of [without, within]) store.offer(requestSummary({ outcome }));
      assert.deepEqual(without.store.latest(10), []);
      assert.equal(within.store.latest(10)[0]?.keptFor, 'sampled');
    });
});

test('a million bytes of failures stay within the bound, the newest are there, and samples have a share of their own', async () => {
  const maxMemoryBytes = 100_000;
  const { store, read } = storeWith({ maxMemoryBytes, sampleRatio: 1, maxPerSecond: 10_000 }, 0);
  const sample = requestSummary({ correlationId: randomUUID() });
  store.offer(sample);
  const ids: string[] = [];
  for (let index = 0; index < 1_000; index++) {
    const summary = failed();
    ids.push(summary.correlationId);
    store.offer(summary);
  }
  assert.ok(Number((await read('facet_journeys_bytes ')).split(' ')[1]) <= maxMemoryBytes);
  assert.ok(await store.find(ids.at(-1) as string));
  assert.equal(await store.find(ids[0] as string), undefined);
  assert.ok(await store.find(sample.correlationId), 'a flood of failures pushes no sample out');
});

test('of a bad second only so many are kept, and the rest is counted', async () => {
  const { store, read } = storeWith({ maxPerSecond: 5 });
  for (let index = 0; index < 20; index++) store.offer(failed());
  assert.equal(store.latest(100).length, 5);
  assert.match(await read('facet_journeys_total'), /kept="dropped"\} 15/);
  store.offer(failed({ startedAt: 2_000, endedAt: 2_001 }));
  assert.equal(store.latest(100).length, 6, 'the next second has room again');
});

test('a record has times from its arrival, sizes and decisions, and nothing that a client wrote', async () => {
  const journey = new Journey(new ManualClock());
  const detail = { attempt: 1, instance: '127.0.0.1:8002', status: 200, bytes: 99 };
  journey.add({ kind: 'attempt', name: 'orders.getOrder', startedAt: 1_004, endedAt: 1_009, outcome: 'ok', detail });
  journey.add({ kind: 'stage', name: 'execute', startedAt: 1_002, endedAt: 1_010, outcome: 'ok' });
  const { store } = storeWith();
  const summary = failed({ journey });
  store.offer(summary);
  const record = await store.find(summary.correlationId);
  assert.deepEqual(record?.spans, [
    { kind: 'stage', name: 'execute', startMs: 2, ms: 8, outcome: 'ok' },
    { kind: 'attempt', name: 'orders.getOrder', startMs: 4, ms: 5, outcome: 'ok', detail },
  ]);
  assert.doesNotMatch(JSON.stringify(record), /authorization|cookie|token|principal|subject|email/i);
});

test('a shared store that is lost or slow to fail loses a journey, not a request', async () => {
  const shared: SharedJourneys = {
    available: true,
    get: () => Promise.reject(new Error('lost')),
    set: () => Promise.reject(new Error('lost')),
  };
  const { store } = storeWith({}, 1, shared);
  store.offer(failed());
  assert.equal(await store.find(randomUUID()), undefined);
});
