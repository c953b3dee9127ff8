import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Route } from '../../src/upstream/call.ts';
import { callContext, getThing, testUpstream, type TestUpstream } from '../support/test-upstream.ts';
import { respond, startFaultUpstream, type FaultUpstream } from '../support/fault-upstream.ts';
import { until } from '../support/until.ts';
import { within } from '../support/within.ts';

const good = respond.json({ id: 'good' });
const fails = respond.json({}, { status: 500 });
const once = { retry: { maxRetries: 0 }, singleFlight: false };
const other: Route<string, unknown> = { ...getThing, name: 'listThings' };

describe('breakers and instances', () => {
  let a: FaultUpstream;
  let b: FaultUpstream;
  let upstream: TestUpstream | undefined;

  beforeEach(async () => {
    a = await startFaultUpstream(good);
    b = await startFaultUpstream(good);
  });
  afterEach(async () => {
    await Promise.all([a.close(), b.close()]);
    await upstream?.close();
  });

  const wayTo = async (
    config: object,
    urls: string | string[] = a.url,
    options: Parameters<typeof testUpstream>[2] = {},
  ) => {
    upstream = await testUpstream(urls, { ...once, ...config }, options);
    const [one, two] = [upstream.bind(getThing), upstream.bind(other)];
    return { upstream, get: () => one('a', callContext()), list: () => two('a', callContext()) };
  };
  const times = async (count: number, ask: () => Promise<unknown>): Promise<void> => {
    for (let i = 0; i < count; i++) await ask().catch(() => undefined);
  };
  const state = () => upstream?.breakers().map((breaker) => breaker.state);

  describe('breaker', () => {
    const breaker = { openMs: 300 };

    test('it opens at half of at least 20 attempts, refuses in under 5 ms without a call, and heals by one probe', async () => {
      const { get } = await wayTo({ breaker });
      a.behave(({ number, ...exchange }) => (number % 2 === 0 ? fails : good)({ number, ...exchange }));
      await times(19, get);
      assert.deepEqual(state(), ['closed']);
      await get().catch(() => undefined);
      assert.deepEqual(state(), ['open']);

      const sent = a.requests.length;
      const startedAt = performance.now();
      await assert.rejects(get(), ({ code, retryAfterMs, service, effect }) => {
        assert.deepEqual(
          { code, service, effect },
          { code: 'UPSTREAM_UNAVAILABLE', service: 'things', effect: 'none' },
        );
        return retryAfterMs > 0 && retryAfterMs <= 300;
      });
      assert.ok(performance.now() - startedAt < within(5));
      assert.equal(a.requests.length, sent);

      await until(() => state()?.[0] === 'half-open');
      a.behave(respond.after(50, good));
      const answers = await Promise.allSettled(Array.from({ length: 20 }, get));
      assert.equal(a.requests.length - sent, 1);
      assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.deepEqual(state(), ['closed']);
    });

    test('a dead service is left alone after 20 failures', async () => {
      const { get } = await wayTo({ breaker: { openMs: 10_000 } });
      a.behave(fails);
      await times(100, get);
      assert.ok(a.requests.length <= 20, `${a.requests.length} requests`);
    });

    test('a failed probe opens it again; several probes can be asked for', async () => {
      const { get } = await wayTo({ breaker: { openMs: 60, minimumCalls: 2, probes: 2 } });
      a.behave(fails);
      await times(2, get);
      await until(() => state()?.[0] === 'half-open');
      await times(1, get);
      assert.deepEqual(state(), ['open']);
      a.behave(good);
      await until(() => state()?.[0] === 'half-open');
      await get();
      assert.notDeepEqual(state(), ['closed']);
      await until(() => state()?.[0] === 'half-open');
      await get();
      assert.deepEqual(state(), ['closed']);
    });

    test('one failure after healing is one failure', async () => {
      const { get } = await wayTo({ breaker: { openMs: 50, minimumCalls: 4 } });
      a.behave(fails);
      await times(4, get);
      await until(() => state()?.[0] === 'half-open');
      a.behave(respond.inTurn(good, fails, good));
      await times(3, get);
      assert.deepEqual(state(), ['closed']);
    });

    test("a caller's mistakes are signs of life, also for a probe", async () => {
      const { get } = await wayTo({ breaker: { openMs: 50, minimumCalls: 4 } });
      a.behave(respond.json({ code: 'no' }, { status: 422, type: 'application/problem+json' }));
      await times(20, get);
      assert.deepEqual(state(), ['closed']);
    });

    test('an attempt that we cut short counts neither way, and as a probe asks for another one soon', async () => {
      const { upstream: way } = await wayTo({ breaker: { openMs: 60, minimumCalls: 4 }, readTimeoutMs: 2_000 });
      const ask = way.bind(getThing);
      const cut = async (): Promise<void> => {
        const client = new AbortController();
        const sent = a.requests.length;
        const asked = assert.rejects(ask('a', callContext({ signal: client.signal })));
        await until(() => a.requests.length > sent);
        client.abort();
        await asked;
      };
      a.behave(respond.hang());
      for (let i = 0; i < 8; i++) await cut();
      assert.deepEqual(
        upstream?.breakers().map(({ calls, failures }) => ({ calls, failures })),
        [{ calls: 0, failures: 0 }],
      );

      a.behave(fails);
      await times(4, () => ask('a', callContext()));
      await until(() => upstream?.breakers()[0]?.state === 'half-open');
      a.behave(respond.hang());
      await cut();
      await until(() => upstream?.breakers()[0]?.state === 'half-open');
      a.behave(good);
      await ask('a', callContext());
      assert.equal(upstream?.breakers()[0]?.state, 'closed');
    });

    test('a broken route leaves the other routes of its service alone', async () => {
      const { get, list } = await wayTo({ breaker: { minimumCalls: 4 } });
      a.behave(fails);
      await times(4, get);
      a.behave(good);
      await assert.rejects(get(), { code: 'UPSTREAM_UNAVAILABLE' });
      await list();
    });

    test('two routes that ask one operation in different ways have stacks of their own and one circuit', async () => {
      const { get, upstream: way } = await wayTo({ breaker: { minimumCalls: 4 } });
      const names = way.bind<string, unknown>({ ...getThing, map: (body) => Object.keys(body as object) });
      assert.deepEqual((await get()).value, { id: 'good' });
      assert.deepEqual((await names('a', callContext())).value, ['id']);
      a.behave(fails);
      await times(6, get);
      await assert.rejects(names('a', callContext()), { reason: 'breaker_open' });
      assert.equal(way.breakers().length, 1);
    });

    test('an operator can force it open and closed, for a day at most', async () => {
      const { get, list, upstream: way } = await wayTo({ breaker: { minimumCalls: 2 } });
      await get();
      const forced = { actor: 'ada', reason: 'maintenance', endsAt: Date.now() + 60_000 };
      assert.equal(way.forceBreakers({ service: 'things', route: 'getThing' }, { state: 'open', ...forced }), true);
      assert.equal(way.forceBreakers({ service: 'nobody' }, { state: 'open', ...forced }), false);
      assert.deepEqual(state(), ['forced-open']);
      await assert.rejects(get(), { code: 'UPSTREAM_UNAVAILABLE' });
      assert.equal(a.requests.length, 1);

      way.forceBreakers({ service: 'things', route: 'listThings' }, { state: 'open', ...forced });
      await assert.rejects(list(), { code: 'UPSTREAM_UNAVAILABLE' }, 'a circuit that was not made yet');

      way.forceBreakers({ service: 'things' }, { state: 'closed', ...forced });
      a.behave(fails);
      await times(10, get);
      assert.equal(a.requests.length, 11);
      way.forceBreakers({ service: 'things' });
      assert.deepEqual(state(), ['closed', 'closed']);
      const far = { state: 'open', ...forced, endsAt: Date.now() + 25 * 3_600_000 } as const;
      assert.throws(() => way.forceBreakers({ service: 'things' }, far), RangeError);
    });

    test('the state is in the metrics', async () => {
      const { get, upstream: way } = await wayTo({ breaker: { minimumCalls: 2 } });
      a.behave(fails);
      await times(3, get);
      const exposed = await way.metrics.expose();
      assert.match(
        exposed,
        /facet_upstream_breaker_state\{service="things",route="getThing",service_instance="[^"]+",state="open"\} 1/,
      );
      assert.match(exposed, /facet_upstream_breaker_state\{[^}]*state="closed"\} 0/);
    });
  });

  describe('balance', () => {
    test('a failing instance is left out by its breaker and comes back by its probe', async () => {
      const { get } = await wayTo({ breaker: { minimumCalls: 5, openMs: 200 } }, [a.url, b.url]);
      a.behave(fails);
      await until(async () => {
        await times(5, get);
        return state()?.includes('open') ?? false;
      });
      const left = a.requests.length;
      for (let i = 0; i < 30; i++) await get();
      assert.equal(a.requests.length, left);
      a.behave(good);
      await until(async () => {
        await get();
        return a.requests.length > left + 5;
      });
    });

    test('with every instance open the answer says when the first may be asked again', async () => {
      const { get } = await wayTo({ breaker: { minimumCalls: 2, openMs: 400 } }, [a.url, b.url]);
      a.behave(fails);
      b.behave(fails);
      await times(20, get);
      await assert.rejects(get(), ({ code, retryAfterMs }) => code === 'UPSTREAM_UNAVAILABLE' && retryAfterMs <= 400);
    });

    test('a slow instance gets what it can bear', async () => {
      const { get } = await wayTo({ readTimeoutMs: 5_000 }, [a.url, b.url]);
      a.behave(respond.after(200, good));
      await Promise.all(
        Array.from({ length: 5 }, async () => {
          for (let i = 0; i < 20; i++) await get();
        }),
      );
      assert.ok(a.requests.length < 30, `${a.requests.length} to the slow one`);
    });

    test('weights are kept whatever the load', async () => {
      const instances = [
        { url: a.url, weight: 90 },
        { url: b.url, weight: 10 },
      ];
      const { get } = await wayTo({ instances });
      for (let i = 0; i < 40; i++) await Promise.all(Array.from({ length: 10 }, get));
      assert.ok(b.requests.length > 15 && b.requests.length < 80, `${b.requests.length} of 400`);
    });
  });

  describe('names', () => {
    const byName = (service: FaultUpstream) => `http://things.test:${service.port}`;
    const local = { address: '127.0.0.1', family: 4 };

    test('a name is looked up once, not for each request, and the service sees the name', async () => {
      let lookups = 0;
      const resolve = () => Promise.resolve(lookups++ < 100 ? [local] : []);
      const { get } = await wayTo({}, byName(a), { resolve });
      await times(20, get);
      assert.equal(lookups, 1);
      assert.equal(a.requests[0]?.headers['host'], `things.test:${a.port}`);
      assert.deepEqual(
        upstream?.instances().map(({ instance }) => instance),
        [`things.test:${a.port}/127.0.0.1`],
      );
    });

    test('the last good addresses stay when a look-up fails or comes back empty, and change when it says so', async () => {
      const answers = [
        () => [local],
        () => [],
        () => assert.fail('no such host'),
        () => [{ address: '127.0.0.2', family: 4 }],
      ];
      let turn = 0;
      const resolve = async () => answers[Math.min(turn++, 3)]!();
      const { get } = await wayTo({ dns: { refreshSeconds: 1 } }, byName(a), { resolve });
      for (const seen of [1, 2, 3]) {
        await until(() => turn >= seen);
        await get();
        assert.deepEqual(
          upstream?.instances().map(({ instance }) => instance.split('/')[1]),
          ['127.0.0.1'],
        );
      }
      await until(() => upstream?.instances()[0]?.instance.endsWith('127.0.0.2') ?? false);
    });

    test('a name without an address fails at once, and heals by itself', async () => {
      let known = false;
      const resolve = async () => (known ? [local] : assert.fail('no such host'));
      const { get } = await wayTo({}, byName(a), { resolve });
      await assert.rejects(get(), { code: 'UPSTREAM_UNAVAILABLE', effect: 'none' });
      known = true;
      await until(() => upstream?.instances().length === 1);
      await get();
    });

    test('a look-up that hangs does not keep the gateway from starting', async () => {
      const resolve = () => new Promise<never>(() => undefined);
      const startedAt = performance.now();
      await wayTo({ dns: { timeoutMs: 100 } }, byName(a), { resolve });
      assert.ok(performance.now() - startedAt < within(500));
    });
  });

  describe('bulkhead', () => {
    const bulkhead = { maxInFlight: 2, maxQueued: 2, queueTimeoutMs: 60 };

    test('what hangs takes its places and its queue, no more; the rest is refused at once', async () => {
      a.behave(respond.hang());
      const { get } = await wayTo({ bulkhead, readTimeoutMs: 400, breaker: { minimumCalls: 100 } });
      const codes = Promise.allSettled(Array.from({ length: 10 }, get));
      await until(() => a.requests.length === 2);
      const startedAt = performance.now();
      await assert.rejects(get(), { code: 'UPSTREAM_UNAVAILABLE', effect: 'none' });
      assert.ok(performance.now() - startedAt < within(50));
      assert.deepEqual(
        upstream?.instances().map(({ inFlight }) => inFlight),
        [2],
      );
      const outcomes = (await codes).map((result) => (result as PromiseRejectedResult).reason.reason);
      assert.equal(outcomes.filter((reason) => reason === 'bulkhead_full').length, 8);
      assert.equal(outcomes.filter((reason) => reason === 'timeout').length, 2);
      await until(() => upstream?.instances()[0]?.inFlight === 0);
    });

    test('what is held is in the metrics when somebody looks', async () => {
      a.behave(respond.hang());
      const { get } = await wayTo({ bulkhead, readTimeoutMs: 400 });
      const stuck = Promise.allSettled(Array.from({ length: 4 }, get));
      await until(() => a.requests.length === 2);
      const exposed = (await upstream?.metrics.expose()) ?? '';
      assert.match(exposed, /facet_upstream_in_flight\{service="things",service_instance="[^"]+"\} 2/);
      assert.match(exposed, /facet_upstream_connections_opened\{[^}]+\} 2/);
      await stuck;
    });

    test('who waits gets the next place', async () => {
      a.behave(respond.after(20, good));
      const { get } = await wayTo({ bulkhead });
      const answers = await Promise.all(Array.from({ length: 4 }, get));
      assert.equal(answers.length, 4);
      assert.ok(a.connections <= 2);
    });

    test('a hanging service leaves the others as fast as they were', async () => {
      const hung = await startFaultUpstream(respond.hang());
      upstream = await testUpstream(a.url, once, {});
      const dead = await testUpstream(hung.url, { ...once, bulkhead, readTimeoutMs: 300 });
      const [get, hang] = [upstream.bind(getThing), dead.bind(getThing)];
      const stuck = Promise.allSettled(Array.from({ length: 200 }, () => hang('a', callContext())));
      const took: number[] = [];
      for (let i = 0; i < 100; i++) {
        const startedAt = performance.now();
        await get('a', callContext());
        took.push(performance.now() - startedAt);
      }
      took.sort((x, y) => x - y);
      assert.ok(took[98]! < within(30), `p99 ${took[98]}`);
      await stuck;
      await Promise.all([dead.close(), hung.close()]);
    });
  });
});
