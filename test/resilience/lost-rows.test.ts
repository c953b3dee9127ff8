import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createCaching } from '../../src/cache/create-caching.ts';
import { cache as cacheSection } from '../../src/config/sections/cache.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import type { Route } from '../../src/upstream/call.ts';
import { UpstreamFailure } from '../../src/upstream/upstream-failure.ts';
import { respond, startFaultUpstream, type FaultUpstream } from '../support/fault-upstream.ts';
import { callContext, silentLog, testUpstream, type TestUpstream } from '../support/test-upstream.ts';

interface Thing {
  readonly id: string;
  readonly name: string;
}
type Things = ReadonlyMap<string, Thing>;

const isThing = (value: unknown): boolean => typeof value === 'object' && value !== null && 'name' in value;
const contracts = {
  validatorFor: (_: string, schema: string) =>
    schema === 'Thing' ? isThing : (body: unknown) => (body as { items: unknown[] }).items.every(isThing),
  errorsOf: () => [{ pointer: '/name', kind: 'missing' }],
};

const byIds: Route<readonly string[], Things> = {
  service: 'things',
  name: 'byIds',
  kind: 'read',
  method: 'GET',
  scope: 'caller',
  contract: 'Page',
  rows: { field: 'items', schema: 'Thing' },
  request: (ids) => ({ path: `/things?ids=${ids.join(',')}` }),
  map: (body) => new Map((body as { items: Thing[] }).items.map((thing) => [thing.id, thing])),
  key: (ids) => ids.join(','),
  batch: {
    keysOf: (ids) => ids,
    narrow: (_, ids) => ids,
    pick: (things, id) => things.get(id) ?? null,
    join: (parts) => parts as Things,
  },
};

describe('a batch that lost a row', () => {
  let service: FaultUpstream;
  let upstream: TestUpstream;
  let ask: (ids: readonly string[], context?: ReturnType<typeof callContext>) => Promise<Things>;
  const good = { id: 'a', name: 'A' };

  before(async () => {
    service = await startFaultUpstream();
    upstream = await testUpstream(service.url, { breaker: { minimumCalls: 2 } }, { contracts });
    const bound = upstream.bind(byIds);
    ask = async (ids, context = callContext()) => (await bound(ids, context)).value;
  });
  after(() => Promise.all([service.close(), upstream.close()]));

  test('says of the keys that it cannot answer that they failed, not that they do not exist', async () => {
    service.behave(respond.json({ items: [good, { id: 'b' }] }));
    const context = callContext();
    const things = await ask(['a', 'b'], context);
    assert.deepEqual(things.get('a'), good);
    const failure: unknown = things.get('b');
    assert.ok(failure instanceof UpstreamFailure);
    assert.deepEqual([failure.code, failure.reason], ['UPSTREAM_BAD_RESPONSE', 'record']);
    assert.deepEqual(context.report.dropped, [{ service: 'things', route: 'byIds', count: 1 }]);
  });

  test('fails when nothing is left of it, without a mark against the service', async () => {
    service.behave(respond.json({ items: [{ id: 'b' }] }));
    for (let i = 0; i < 5; i++) await assert.rejects(ask(['b']), { code: 'UPSTREAM_BAD_RESPONSE', reason: 'record' });
    assert.deepEqual(
      upstream.breakers().map(({ state, failures }) => [state, failures]),
      [['closed', 0]],
    );
  });

  test('is said only to whom a row of it may be missing, of those who share the call', async () => {
    const clock = systemClock;
    const parts = { version: 'v', clock, logger: silentLog, metrics: new Metrics() };
    const caching = createCaching({ config: cacheSection.parse({}), ...parts });
    const kept = await testUpstream(service.url, { cache: { freshSeconds: 5 } }, { contracts, caching });
    const bound = kept.bind(byIds);
    service.behave(respond.after(100, respond.json({ items: [good, { id: 'b' }] })));
    const [first, joined] = [callContext(), callContext()];
    const asked = service.requests.length;
    const [both, one] = await Promise.all([bound(['a', 'b'], first), bound(['a'], joined)]);
    assert.equal(service.requests.length, asked + 1, 'one call for both');
    assert.ok(both.value.get('b') instanceof UpstreamFailure);
    assert.deepEqual(one.value.get('a'), good);
    assert.deepEqual([first.report.dropped.length, joined.report.dropped], [1, []]);
    await kept.close();
    caching.close();
  });

  test('and without a lost row a missing key does not exist', async () => {
    service.behave(respond.json({ items: [good] }));
    const things = await ask(['a', 'b']);
    assert.equal(things.get('b') ?? null, null);
  });
});
