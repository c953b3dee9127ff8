import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { callContext, getThing, makeThing, testUpstream, type TestUpstream } from '../support/test-upstream.ts';
import { respond, startFaultUpstream, type FaultUpstream } from '../support/fault-upstream.ts';
import { until } from '../support/until.ts';
import { within } from '../support/within.ts';

const good = respond.json({ id: 'good' });
const fails = respond.json({}, { status: 500 });
const calm = { breaker: { minimumCalls: 10_000 } };
const quick = { ...calm, retry: { baseDelayMs: 1, maxDelayMs: 2 }, retryBudget: { ratio: 1, perSecond: 100 } };

describe('time and repetition', () => {
  let service: FaultUpstream;
  let other: FaultUpstream;
  let upstream: TestUpstream | undefined;

  beforeEach(async () => {
    service = await startFaultUpstream(good);
    other = await startFaultUpstream(good);
  });
  afterEach(async () => {
    await Promise.all([service.close(), other.close()]);
    await upstream?.close();
  });

  const wayTo = async (config: object, urls: string | string[] = service.url) => {
    upstream = await testUpstream(urls, { ...config });
    return { read: upstream.bind(getThing), write: upstream.bind(makeThing) };
  };

  describe('deadline', () => {
    test('an attempt gets what remains less 50 ms, and the service is told', async () => {
      const { read } = await wayTo(calm);
      await read('a', callContext({ deadlineMs: 500 }));
      const told = Number(service.requests[0]?.headers['x-request-deadline-ms']);
      assert.ok(told > 400 && told <= 450, `told ${told}`);
    });

    test('a first wave leaves 250 ms to each later wave; the second wave gets them', async () => {
      const { read } = await wayTo({ ...calm, readTimeoutMs: 5_000, singleFlight: false });
      const context = callContext({ deadlineMs: 1_000 });
      context.report.plannedWaves = 2;
      await read('a', context);
      await read('b', context);
      const [first, second] = service.requests.map(({ headers }) => Number(headers['x-request-deadline-ms']));
      assert.ok(first! > 650 && first! <= 700, `first ${first}`);
      assert.ok(second! > 850 && second! <= 950, `second ${second}`);
    });

    test('nothing is sent when no useful time is left', async () => {
      const { read, write } = await wayTo(calm);
      await assert.rejects(read('a', callContext({ deadlineMs: 55 })), { code: 'DEADLINE_EXCEEDED', effect: 'none' });
      await assert.rejects(write({}, callContext({ deadlineMs: -1 })), { code: 'DEADLINE_EXCEEDED', effect: 'none' });
      assert.equal(service.requests.length, 0);
    });

    test('small time-outs are exact', async () => {
      service.behave(respond.hang());
      const { read } = await wayTo({ ...calm, readTimeoutMs: 40, retry: { maxRetries: 0 } });
      for (let i = 0; i < 5; i++) {
        const startedAt = performance.now();
        await assert.rejects(read('a', callContext()), { code: 'UPSTREAM_TIMEOUT' });
        const took = performance.now() - startedAt;
        assert.ok(took >= 38 && took < within(90), `took ${took}`);
      }
    });

    test('a hurried client cannot open the circuit of a service that is merely not that quick', async () => {
      service.behave(respond.after(150, good));
      const { read } = await wayTo({ readTimeoutMs: 1_000, singleFlight: false, breaker: { minimumCalls: 2 } });
      for (let i = 0; i < 5; i++)
        await assert.rejects(read('a', callContext({ deadlineMs: 80 })), { code: 'DEADLINE_EXCEEDED' });
      assert.equal(upstream?.breakers()[0]?.state, 'closed');
      assert.deepEqual((await read('a', callContext())).value, { id: 'good' });
    });
  });

  describe('the client goes away', () => {
    for (const singleFlight of [true, false]) {
      test(`its reads' sockets close within 100 ms (single flight ${singleFlight ? 'on' : 'off'})`, async () => {
        service.behave(respond.hang());
        const { read } = await wayTo({ ...calm, singleFlight, readTimeoutMs: 5_000 });
        const client = new AbortController();
        const asked = Promise.all(
          ['a', 'b', 'c'].map((id) => assert.rejects(read(id, callContext({ signal: client.signal })))),
        );
        await until(() => service.requests.length === 3);
        const leftAt = performance.now();
        client.abort();
        await asked;
        await until(() => service.open === 0);
        assert.ok(performance.now() - leftAt < within(100));
      });
    }

    test('a write that was sent is left to finish', async () => {
      service.behave(respond.after(60, good));
      const { write } = await wayTo(calm);
      const client = new AbortController();
      const asked = write({ a: 1 }, callContext({ signal: client.signal }));
      await until(() => service.requests.length === 1);
      client.abort();
      assert.deepEqual((await asked).value, { id: 'good' });
    });

    test('a write that was not sent yet is not sent any more', async () => {
      const { write } = await wayTo(calm);
      await assert.rejects(write({}, callContext({ signal: AbortSignal.abort() })), { effect: 'none' });
      assert.equal(service.requests.length, 0);
    });
  });

  describe('retry', () => {
    test('a read is tried again after a failure, at most twice', async () => {
      const { read } = await wayTo(quick);
      service.behave(respond.inTurn(fails, respond.reset(), good));
      assert.deepEqual((await read('a', callContext())).value, { id: 'good' });
      service.behave(fails);
      await assert.rejects(read('a', callContext()), { code: 'UPSTREAM_UNAVAILABLE' });
      assert.equal(service.requests.length, 6);
    });

    test('a write with a key is tried again with that same key, one without is not', async () => {
      const { write } = await wayTo(quick);
      service.behave(respond.inTurn(respond.reset(), good));
      await write({ a: 1 }, callContext(), { idempotencyKey: 'key-1' });
      assert.deepEqual(
        service.requests.map(({ headers }) => headers['idempotency-key']),
        ['key-1', 'key-1'],
      );
      service.behave(fails);
      await assert.rejects(write({ a: 1 }, callContext()));
      assert.equal(service.requests.length, 3);
    });

    test('an attempt that may have worked stays in doubt when the next one is refused', async () => {
      const { write } = await wayTo(quick);
      service.behave(({ socket }) => {
        void service.refuse();
        socket.resetAndDestroy();
      });
      await assert.rejects(write({}, callContext(), { idempotencyKey: 'k' }), {
        code: 'UPSTREAM_UNAVAILABLE',
        effect: 'unknown',
      });
    });

    test('a refusal and a broken contract are not tried again', async () => {
      const { read } = await wayTo(quick);
      for (const final of [
        respond.json({}, { status: 400 }),
        respond.text('not json'),
        respond.json({}, { status: 401 }),
      ]) {
        service.requests.length = 0;
        service.behave(final);
        await assert.rejects(read('a', callContext()));
        assert.equal(service.requests.length, 1);
      }
    });

    test('Retry-After is waited for, and passed on at once when it is too long', async () => {
      const { read } = await wayTo(quick);
      const busy = (seconds: string) => respond.json({}, { status: 503, headers: { 'retry-after': seconds } });
      service.behave(respond.inTurn(busy('1'), good));
      const startedAt = performance.now();
      await read('a', callContext());
      assert.ok(performance.now() - startedAt >= 990);
      service.behave(busy('2'));
      const askedAt = performance.now();
      await assert.rejects(read('a', callContext()), { code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: 2_000 });
      await assert.rejects(read('a', callContext({ deadlineMs: 900 })), { code: 'UPSTREAM_UNAVAILABLE' });
      assert.ok(performance.now() - askedAt < within(100));
    });

    test('what timed out is tried again at another instance, not at the same one', async () => {
      service.behave(respond.hang());
      const one = await wayTo({ ...quick, readTimeoutMs: 60 });
      await assert.rejects(one.read('a', callContext()), { code: 'UPSTREAM_TIMEOUT' });
      assert.equal(service.requests.length, 1);
      await upstream?.close();
      const two = await wayTo({ ...quick, readTimeoutMs: 60 }, [service.url, other.url]);
      for (let i = 0; i < 10; i++) assert.deepEqual((await two.read(`${i}`, callContext())).value, { id: 'good' });
    });

    test('no retry starts past the deadline', async () => {
      service.behave(respond.after(120, fails));
      const { read } = await wayTo(quick);
      const startedAt = performance.now();
      await assert.rejects(read('a', callContext({ deadlineMs: 250 })), { code: 'DEADLINE_EXCEEDED' });
      assert.ok(performance.now() - startedAt < within(250));
      assert.ok(service.requests.length <= 2);
    });

    test('the next attempt goes to another instance when there is one', async () => {
      const { read } = await wayTo(quick, [service.url, other.url]);
      service.behave(fails);
      for (let i = 0; i < 20; i++) assert.deepEqual((await read(`${i}`, callContext())).value, { id: 'good' });
      assert.ok(service.requests.length > 0);
      assert.equal(other.requests.length, 20);
    });

    test('an instance that speaks another contract is worth a try elsewhere', async () => {
      const { read } = await wayTo(quick, [service.url, other.url]);
      service.behave(respond.text('<html>', { type: 'text/html' }));
      for (let i = 0; i < 10; i++) assert.deepEqual((await read(`${i}`, callContext())).value, { id: 'good' });
    });

    test('a storm is bounded: 20 % of the calls and 3 a second', async () => {
      const { read } = await wayTo({ ...calm, retry: quick.retry, singleFlight: false });
      service.behave(fails);
      const startedAt = performance.now();
      const calls = 300;
      for (let i = 0; i < calls; i += 10)
        await Promise.all(Array.from({ length: 10 }, () => read('a', callContext()).catch(() => undefined)));
      const seconds = (performance.now() - startedAt) / 1_000;
      const retries = service.requests.length - calls;
      assert.ok(retries <= 0.2 * calls + 3 * (seconds + 1), `${retries} retries in ${seconds} s`);
      assert.ok(retries >= 0.15 * calls, `${retries} retries`);
    });
  });
});
