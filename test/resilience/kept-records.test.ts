import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type Caching, createCaching } from '../../src/cache/create-caching.ts';
import { cache as section } from '../../src/config/sections/cache.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import type { Route } from '../../src/upstream/call.ts';
import type { Ask } from '../../src/upstream/create-upstream.ts';
import { principalOf } from '../support/call-context.ts';
import { type Behaviour, type FaultUpstream, respond, startFaultUpstream } from '../support/fault-upstream.ts';
import { LeapingClock } from '../support/leaping-clock.ts';
import {
  callContext,
  getThing as oneThing,
  makeThing as newThing,
  silentLog,
  testUpstream,
  type TestUpstream,
} from '../support/test-upstream.ts';
import { until } from '../support/until.ts';
import { within } from '../support/within.ts';

const thing: Route<string, unknown> = { ...oneThing, tags: (_, id) => [`thing:${id}`] };
const make: Route<unknown, unknown> = { ...newThing, invalidates: () => ['thing:a'] };

type Things = ReadonlyMap<string, unknown>;

const batch: Route<readonly string[], Things> = {
  service: 'things',
  name: 'batchThings',
  kind: 'read',
  method: 'GET',
  scope: 'caller',
  contract: 'Things',
  request: (ids) => ({ path: `/things?ids=${ids.join(',')}` }),
  map: (body) => new Map(Object.entries(body as object)),
  batch: {
    keysOf: (ids) => ids,
    narrow: (_, ids) => ids,
    pick: (things, id) => things.get(id) ?? null,
    join: (parts) => parts,
  },
};

/** Answers a batch with a record for each id that was asked for. */
const eachId: Behaviour = (exchange) => {
  const ids = new URL(exchange.request.path, 'http://things').searchParams.get('ids')?.split(',') ?? [];
  respond.json(Object.fromEntries(ids.map((id) => [id, { id }])))(exchange);
};

describe('what is kept, over the whole way out and real sockets', () => {
  let service: FaultUpstream;
  let upstream: TestUpstream;
  let caching: Caching;
  let clock: LeapingClock;
  let getThing: Ask<string, unknown>;
  let makeThing: Ask<unknown, unknown>;
  let getThings: Ask<readonly string[], Things>;

  beforeEach(async () => {
    clock = new LeapingClock();
    service = await startFaultUpstream(respond.json({ id: 'a' }));
    const metrics = new Metrics();
    caching = createCaching({ config: section.parse({}), version: 'v', clock, logger: silentLog, metrics });
    upstream = await testUpstream(
      service.url,
      {
        cache: { freshSeconds: 10, staleWhileRevalidateSeconds: 20, staleIfErrorSeconds: 300 },
        retry: { maxRetries: 0 },
        breaker: { minimumCalls: 5, openMs: 60_000 },
        readTimeoutMs: 1_000,
      },
      { caching, clock },
    );
    getThing = upstream.bind(thing);
    makeThing = upstream.bind(make);
    getThings = upstream.bind(batch);
  });
  afterEach(async () => {
    caching.close();
    await upstream.close();
    await service.close();
  });

  const contextOf = (subject = 'usr_1') => callContext({ principal: principalOf(subject), clock });
  const ask = async (subject?: string) => {
    const context = contextOf(subject);
    const { value } = await getThing('a', context);
    return { value, stale: context.report.stale, calls: context.report.calls };
  };

  test('a fresh record costs no call and no part of the fan-out bound', async () => {
    assert.equal((await ask()).calls, 1);
    assert.deepEqual(await ask(), { value: { id: 'a' }, stale: [], calls: 0 });
    assert.equal(service.requests.length, 1);
  });

  test('200 requests for a hot record that has just expired get it at once, and one call fetches the next', async () => {
    await ask();
    clock.advance(11_000);
    let release = (): void => undefined;
    service.behave((exchange) => {
      release = () => respond.json({ id: 'next' })(exchange);
    });
    // All of them are answered while the service still thinks.
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask()));
    for (const { value, stale } of answers) {
      assert.deepEqual(value, { id: 'a' });
      assert.equal(stale[0]?.reason, 'revalidating');
    }
    await until(() => service.requests.length === 2);
    release();
    await until(async () => (await ask()).stale.length === 0);
    assert.deepEqual((await ask()).value, { id: 'next' });
    assert.equal(service.requests.length, 2);
  });

  test('200 requests for a record that nobody holds are one call', async () => {
    service.behave(respond.after(30, respond.json({ id: 'a' })));
    await Promise.all(Array.from({ length: 200 }, () => ask()));
    assert.equal(service.requests.length, 1);
  });

  test('a dead service shows the old record to its owner, at once when the circuit is open, and to nobody else', async () => {
    await ask('usr_1');
    clock.advance(200_000);
    service.behave(respond.hang());
    const first = await ask('usr_1');
    assert.deepEqual(first.value, { id: 'a' });
    assert.equal(first.stale[0]?.reason, 'upstream_error');
    await service.refuse();
    for (let attempt = 0; attempt < 6; attempt++) await assert.rejects(ask('usr_2'), { code: 'UPSTREAM_UNAVAILABLE' });
    const open = await ask('usr_1');
    const tookMs = [];
    for (let attempt = 0; attempt < 5; attempt++) {
      const startedAt = performance.now();
      await ask('usr_1');
      tookMs.push(performance.now() - startedAt);
    }
    assert.ok(Math.min(...tookMs) < within(5));
    assert.deepEqual(open.value, { id: 'a' });
    assert.equal(open.stale[0]?.reason, 'breaker_open');
    assert.ok((open.stale[0]?.ageSeconds ?? 0) >= 200);
    await assert.rejects(ask('usr_2'), { code: 'UPSTREAM_UNAVAILABLE' });
    clock.advance(120_000);
    await assert.rejects(ask('usr_1'), { code: 'UPSTREAM_UNAVAILABLE' });
  });

  test('an ETag is asked with, a 304 keeps the record, and a 304 that nobody asked for is a broken answer', async () => {
    service.behave(respond.json({ id: 'a' }, { headers: { etag: '"1"', 'cache-control': 'private, max-age=10' } }));
    const { value } = await ask();
    clock.advance(40_000);
    service.behave(respond.raw('HTTP/1.1 304 Not Modified\r\netag: "1"\r\ncache-control: private, max-age=10\r\n\r\n'));
    assert.equal((await ask()).value, value);
    assert.equal(service.requests[1]?.headers['if-none-match'], '"1"');
    assert.deepEqual((await ask()).stale, []);
    assert.equal(service.requests.length, 2);
    await assert.rejects(ask('usr_2'), { code: 'UPSTREAM_BAD_RESPONSE' });
  });

  test('a write makes old what it touches, also when nobody knows how it ended', async () => {
    const write = () => makeThing({}, contextOf());
    await ask();
    await write();
    await ask();
    assert.equal(service.requests.length, 3);
    service.behave(respond.reset());
    await assert.rejects(write());
    service.behave(respond.json({ id: 'a' }));
    await ask();
    assert.equal(service.requests.length, 5);
  });

  test('batches share their records: held ones are answered, flying ones joined, the rest is one call', async () => {
    service.behave(respond.after(30, eachId));
    const load = async (...ids: string[]) => [...(await getThings(ids, contextOf())).value.keys()];
    assert.deepEqual(await load('a', 'b'), ['a', 'b']);
    const both = [load('b', 'c'), load('c', 'a', 'd')];
    assert.deepEqual(await Promise.all(both), [
      ['b', 'c'],
      ['c', 'a', 'd'],
    ]);
    assert.deepEqual(
      service.requests.map(({ path }) => path),
      ['/things?ids=a,b', '/things?ids=c', '/things?ids=d'],
    );
  });

  test('where a batch’s service dies, old records stand in and only the others fail', async () => {
    service.behave(eachId);
    await getThings(['a', 'b'], contextOf());
    clock.advance(100_000);
    await service.refuse();
    const context = contextOf();
    const { value } = await getThings(['a', 'x', 'b'], context);
    assert.deepEqual([value.get('a'), value.get('b')], [{ id: 'a' }, { id: 'b' }]);
    assert.ok(value.get('x') instanceof Error);
    assert.equal(context.report.stale.length, 1);
  });

  test('who leaves does not end the refresh behind its answer', async () => {
    await ask();
    clock.advance(11_000);
    service.behave(respond.after(20, respond.json({ id: 'next' })));
    const leaving = new AbortController();
    await getThing('a', { ...contextOf(), signal: leaving.signal });
    leaving.abort();
    await until(async () => (await ask()).stale.length === 0);
    assert.equal(service.requests.length, 2);
  });
});
