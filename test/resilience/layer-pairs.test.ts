import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { respond, startFaultUpstream, type FaultUpstream } from '../support/fault-upstream.ts';
import { callContext, getThing, makeThing, testUpstream, type TestUpstream } from '../support/test-upstream.ts';
import { until } from '../support/until.ts';
import { within } from '../support/within.ts';

const good = respond.json({ id: 'good' });
const fails = respond.json({}, { status: 500 });
const quick = { baseDelayMs: 1, maxDelayMs: 2 };
const generous = { ratio: 1, perSecond: 1_000 };

describe('pairs of layers', () => {
  let a: FaultUpstream;
  let b: FaultUpstream;
  let upstream: TestUpstream;

  beforeEach(async () => {
    a = await startFaultUpstream(good);
    b = await startFaultUpstream(good);
  });
  afterEach(async () => {
    await Promise.all([a.close(), b.close(), upstream.close()]);
  });

  test('retry round a breaker: each attempt is one failure, and an open circuit is not tried again', async () => {
    upstream = await testUpstream(a.url, { retry: quick, retryBudget: generous, breaker: { minimumCalls: 6 } });
    const get = upstream.bind(getThing);
    a.behave(fails);
    await assert.rejects(get('a', callContext()));
    assert.deepEqual(
      upstream.breakers().map(({ calls, failures }) => [calls, failures]),
      [[3, 3]],
    );
    await assert.rejects(get('a', callContext()));
    assert.equal(upstream.breakers()[0]?.state, 'open');
    const startedAt = performance.now();
    await assert.rejects(get('a', callContext()), { code: 'UPSTREAM_UNAVAILABLE', reason: 'breaker_open' });
    assert.ok(performance.now() - startedAt < within(5));
    assert.equal(a.requests.length, 6);
  });

  test('retry round half-open circuits: a probe that fails is not repeated on the same circuit', async () => {
    upstream = await testUpstream(a.url, {
      retry: quick,
      retryBudget: generous,
      breaker: { minimumCalls: 3, openMs: 50 },
    });
    const get = upstream.bind(getThing);
    a.behave(fails);
    await assert.rejects(get('a', callContext()));
    await until(() => upstream.breakers()[0]?.state === 'half-open');
    await assert.rejects(get('a', callContext()), { reason: 'breaker_open' });
    assert.equal(a.requests.length, 4);
  });

  test('retry and balance: an instance that refuses connections costs one attempt, not the call', async () => {
    upstream = await testUpstream([a.url, b.url], { retry: quick, retryBudget: generous });
    const get = upstream.bind(getThing);
    await a.refuse();
    for (let i = 0; i < 30; i++) await get(`${i}`, callContext());
    assert.equal(b.requests.length, 30);
  });

  test('retry and bulkhead: a full instance is left for another, and a full service is not tried again', async () => {
    const bulkhead = { maxInFlight: 1, maxQueued: 0, queueTimeoutMs: 10 };
    upstream = await testUpstream([a.url, b.url], {
      retry: quick,
      retryBudget: generous,
      bulkhead,
      readTimeoutMs: 500,
    });
    const get = upstream.bind(getThing);
    for (const service of [a, b]) service.behave(respond.hang());
    const stuck = [get('1', callContext()), get('2', callContext())].map((call) => assert.rejects(call));
    await until(() => a.requests.length + b.requests.length === 2);
    await assert.rejects(get('3', callContext()), { reason: 'bulkhead_full' });
    assert.equal(a.requests.length + b.requests.length, 2);
    await Promise.all(stuck);
  });

  test('single flight and retry: fifty who ask a failing service at once make three attempts together', async () => {
    upstream = await testUpstream(a.url, { retry: quick, retryBudget: generous });
    const get = upstream.bind(getThing);
    a.behave(fails);
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => get('a', callContext())));
    assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 50);
    assert.equal(a.requests.length, 3);
  });

  describe('hedge', () => {
    const hedge = { enabled: true, minimumDelayMs: 30 };

    const warm = async (get: (id: string) => Promise<unknown>): Promise<void> => {
      for (let i = 0; i < 40; i++) await get(`warm-${i}`);
    };

    test('a read that is slower than its kind is asked of another instance too, and the loser is dropped', async () => {
      upstream = await testUpstream([a.url, b.url], { hedge, retry: { maxRetries: 0 }, readTimeoutMs: 3_000 });
      const bound = upstream.bind(getThing);
      const get = (id: string) => bound(id, callContext());
      await warm(get);
      a.behave(respond.after(2_000, good));
      for (let i = 0; i < 4; i++) {
        const startedAt = performance.now();
        await get(`slow-${i}`);
        assert.ok(performance.now() - startedAt < within(500));
      }
      assert.ok(upstream.instances().every(({ inFlight }) => inFlight === 0));
      assert.deepEqual(
        upstream.breakers().map(({ failures }) => failures),
        [0, 0],
      );
    });

    test('without a budget there is no second attempt', async () => {
      const retryBudget = { ratio: 0, perSecond: 0 };
      upstream = await testUpstream([a.url, b.url], { hedge, retryBudget, retry: { maxRetries: 0 } });
      const bound = upstream.bind(getThing);
      await warm((id) => bound(id, callContext()));
      for (const service of [a, b]) service.behave(respond.after(120, good));
      const sent = a.requests.length + b.requests.length;
      await bound('slow', callContext());
      assert.equal(a.requests.length + b.requests.length - sent, 1);
    });

    test('both attempts failing is one failed call', async () => {
      upstream = await testUpstream([a.url, b.url], { hedge, retry: { maxRetries: 0 }, retryBudget: generous });
      const bound = upstream.bind(getThing);
      await warm((id) => bound(id, callContext()));
      for (const service of [a, b]) service.behave(respond.after(80, fails));
      await assert.rejects(bound('slow', callContext()), { code: 'UPSTREAM_UNAVAILABLE' });
    });

    test('a write is never hedged', async () => {
      upstream = await testUpstream([a.url, b.url], { hedge: { ...hedge, minimumDelayMs: 1 }, retryBudget: generous });
      const make = upstream.bind(makeThing);
      for (const service of [a, b]) service.behave(respond.after(20, good));
      for (let i = 0; i < 30; i++) await make({}, callContext(), { idempotencyKey: 'k' });
      assert.equal(a.requests.length + b.requests.length, 30);
    });
  });

  test('the fan-out bound ends what a request may start, and says so in the field', async () => {
    upstream = await testUpstream(a.url);
    const get = upstream.bind(getThing);
    const context = callContext();
    context.report.maxCalls = 2;
    await get('1', context);
    await get('2', context);
    await assert.rejects(get('3', context), { code: 'FAN_OUT_EXCEEDED', service: 'things' });
    assert.equal(a.requests.length, 2);
  });
});
