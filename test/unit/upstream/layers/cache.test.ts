import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { createCaching } from '../../../../src/cache/create-caching.ts';
import { cache as cacheSection, type RouteCacheConfig } from '../../../../src/config/sections/cache.ts';
import type { CallContext } from '../../../../src/context/call-context.ts';
import type { Principal } from '../../../../src/context/principal.ts';
import { GatewayError } from '../../../../src/errors/gateway-error.ts';
import { Metrics } from '../../../../src/telemetry/metrics.ts';
import type { Call, Reply, Route, Send } from '../../../../src/upstream/call.ts';
import { cache } from '../../../../src/upstream/layers/cache.ts';
import type { RouteContext } from '../../../../src/upstream/route-context.ts';
import { callContextOf, principalOf } from '../../../support/call-context.ts';
import { silentLog } from '../../../support/test-upstream.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

interface User {
  readonly id: string;
  readonly name: string;
}

const getUser: Route<{ id: string }, User | null> = {
  service: 'users',
  name: 'getUser',
  kind: 'read',
  method: 'GET',
  scope: 'caller',
  request: ({ id }) => ({ path: `/v1/users/${id}` }),
  map: (body) => body as User,
  tags: (_, { id }) => [`user:${id}`],
};

type Users = ReadonlyMap<string, User | null>;

const getUsers: Route<{ ids: readonly string[]; include?: string }, Users> = {
  service: 'users',
  name: 'getUsers',
  kind: 'read',
  method: 'GET',
  scope: 'caller',
  request: ({ ids, include }) => ({ path: `/v1/users?ids=${ids.join(',')}&include=${include ?? ''}` }),
  map: (body) => body as Users,
  tags: (users) => [...users.keys()].map((id) => `user:${id}`),
  batch: {
    keysOf: ({ ids }) => ids,
    narrow: (input, ids) => ({ ...input, ids }),
    pick: (users, id) => users.get(id) ?? null,
    join: (parts) => parts as Users,
  },
};

const policy: RouteCacheConfig = {
  freshSeconds: 30,
  staleWhileRevalidateSeconds: 10,
  staleIfErrorSeconds: 300,
  missingSeconds: 5,
};

const ann = principalOf('usr_ann');
const bob = principalOf('usr_bob');
const dead = new GatewayError('UPSTREAM_UNAVAILABLE', { service: 'users' });

/** The service behind the layer: answers by `respond`, notes every call. */
function setUp() {
  const clock = new ManualClock();
  const metrics = new Metrics();
  const caching = createCaching({ config: cacheSection.parse({}), version: 'test', clock, logger: silentLog, metrics });
  const calls: { call: Call; context: CallContext }[] = [];
  const service = {
    headers: {} as Record<string, string>,
    respond: (call: Call, context: CallContext): Partial<Reply> | Promise<Partial<Reply>> => {
      const input = call.input as { id?: string; ids?: string[] };
      const record = (id: string): User => ({ id, name: `${context.principal.subject}'s view ${calls.length}` });
      if (input.ids) return { value: new Map(input.ids.map((id) => [id, record(id)])) };
      return { value: record(input.id ?? '') };
    },
  };
  const next = (async (call: Call, context: CallContext) => {
    calls.push({ call, context });
    return { status: 200, bytes: 100, headers: service.headers, ...(await service.respond(call, context)) };
  }) as unknown as Send;
  const routePolicy = { cache: policy, timeoutMs: 1_500, retry: { maxRetries: 0 } };
  const layer = cache({ route: getUser, policy: routePolicy, caching, clock } as unknown as RouteContext);
  const send = layer(next);
  const makeOld = (...tags: string[]) => caching.invalidation.invalidate(tags);
  const ask = async (id: string, principal: Principal = ann) => {
    const context = callContextOf(principal, {}, clock);
    const reply = await send({ route: getUser, input: { id } }, context);
    return { value: reply.value, reply, report: context.report };
  };
  const askMany = async (ids: readonly string[], principal: Principal = ann, include?: string) => {
    const context = callContextOf(principal, {}, clock);
    const reply = await send({ route: getUsers, input: { ids, ...(include && { include }) } }, context);
    return { value: reply.value, reply, report: context.report };
  };
  return { clock, makeOld, layer: send, calls, service, send, ask, askMany };
}

const fail = () => {
  throw dead;
};

test('a fresh record is answered without a call, from memory, as the same object', async () => {
  const { ask, calls, clock } = setUp();
  const first = await ask('usr_1');
  clock.advance(29_999);
  const second = await ask('usr_1');
  assert.equal(calls.length, 1);
  assert.equal(second.value, first.value);
  assert.equal(first.reply.bytes, 100);
  assert.equal(second.reply.bytes, 0);
  assert.deepEqual(second.report.stale, []);
});

test('another caller, role, scope, tier, issuer or credential never shares a record', async () => {
  const { ask, calls } = setUp();
  const others = [
    ann,
    bob,
    principalOf('usr_ann', { issuer: 'https://other.test' }),
    principalOf('usr_ann', { role: 'support' }),
    principalOf('usr_ann', { scopes: new Set(['orders:read']) }),
    principalOf('usr_ann', { tier: 'pro' }),
    principalOf('usr_ann', { credential: 'api-key' }),
  ];
  for (const principal of others) await ask('usr_1', principal);
  for (const principal of others) await ask('usr_1', principal);
  assert.equal(calls.length, others.length);
});

test('nothing is kept for a caller without a name', async () => {
  const { ask, calls } = setUp();
  const nobody = principalOf('', { role: 'anonymous' });
  const { report } = await ask('usr_1', nobody);
  await ask('usr_1', nobody);
  assert.equal(calls.length, 2);
  assert.equal(report.reuse.maxAgeSeconds, 0);
});

test('just past its freshness a record is answered at once, marked stale, while one call fetches the next', async () => {
  const { ask, calls, clock, service } = setUp();
  await ask('usr_1');
  clock.advance(31_000);
  const answers = await Promise.all([ask('usr_1'), ask('usr_1'), ask('usr_1')]);
  await turn();
  assert.equal(calls.length, 2);
  for (const { value, report } of answers) {
    assert.equal(value?.name, "usr_ann's view 1");
    assert.deepEqual(report.stale, [{ service: 'users', ageSeconds: 31, reason: 'revalidating' }]);
    assert.equal(report.reuse.maxAgeSeconds, 0);
  }
  service.respond = fail;
  const { value, report } = await ask('usr_1');
  assert.equal(value?.name, "usr_ann's view 2");
  assert.deepEqual(report.stale, []);
});

test('a refresh outlives the request that caused it, on its own time and in nobody else’s report', async () => {
  const { ask, calls, clock } = setUp();
  await ask('usr_1');
  clock.advance(31_000);
  const { report } = await ask('usr_1');
  await turn();
  const context = calls[1]?.context;
  assert.equal(context?.principal, ann);
  assert.equal(context?.deadline.remainingMs(), 1_500);
  assert.equal(context?.signal.aborted, false);
  assert.notEqual(context?.report, report);
});

test('a failed refresh is unseen until the record is too old, and is tried again', async () => {
  const { ask, calls, clock, service } = setUp();
  await ask('usr_1');
  clock.advance(31_000);
  service.respond = fail;
  for (let index = 0; index < 3; index++) {
    assert.equal((await ask('usr_1')).value?.name, "usr_ann's view 1");
    await turn();
  }
  assert.equal(calls.length, 4);
});

test('a dead service still shows the old record for its policy’s time, to its own caller only', async () => {
  const { ask, clock, service } = setUp();
  await ask('usr_1', ann);
  service.respond = fail;
  clock.advance(300_000);
  const { value, report } = await ask('usr_1', ann);
  assert.equal(value?.name, "usr_ann's view 1");
  assert.deepEqual(report.stale, [{ service: 'users', ageSeconds: 300, reason: 'upstream_error' }]);
  await assert.rejects(ask('usr_1', bob), dead);
  clock.advance(30_000);
  await assert.rejects(ask('usr_1', ann), dead);
});

test('the reason for a stale answer names the open breaker and the used-up time', async () => {
  const { ask, clock, service } = setUp();
  await ask('usr_1');
  clock.advance(100_000);
  service.respond = () => {
    throw new GatewayError('UPSTREAM_UNAVAILABLE', { context: { reason: 'breaker_open' } });
  };
  assert.equal((await ask('usr_1')).report.stale[0]?.reason, 'breaker_open');
  service.respond = () => {
    throw new GatewayError('DEADLINE_EXCEEDED');
  };
  assert.equal((await ask('usr_1')).report.stale[0]?.reason, 'deadline');
});

test('a refusal and our own bugs are never covered by an old record; a refusal ends it', async () => {
  const { ask, clock, service } = setUp();
  await ask('usr_1');
  clock.advance(100_000);
  const answer = service.respond;
  service.respond = () => {
    throw new TypeError('a bug');
  };
  await assert.rejects(ask('usr_1'), TypeError);
  service.respond = () => {
    throw new GatewayError('UPSTREAM_BAD_RESPONSE', { retryable: false, context: { status: 409 } });
  };
  await assert.rejects(ask('usr_1'), { code: 'UPSTREAM_BAD_RESPONSE' });
  service.respond = () => {
    throw new GatewayError('FORBIDDEN');
  };
  await assert.rejects(ask('usr_1'), { code: 'FORBIDDEN' });
  service.respond = fail;
  await assert.rejects(ask('usr_1'), dead);
  service.respond = answer;
  assert.ok((await ask('usr_1')).value);
});

test('errors are never kept', async () => {
  const { ask, calls, service } = setUp();
  const answer = service.respond;
  service.respond = fail;
  await assert.rejects(ask('usr_1'), dead);
  service.respond = answer;
  assert.ok((await ask('usr_1')).value);
  assert.equal(calls.length, 2);
});

test('a 404 is remembered briefly, ends the old record, and is never shown stale', async () => {
  const { ask, calls, clock, service } = setUp();
  await ask('usr_1');
  clock.advance(100_000);
  service.respond = () => ({ status: 404, value: null });
  assert.equal((await ask('usr_1')).value, null);
  clock.advance(4_999);
  assert.equal((await ask('usr_1')).value, null);
  assert.equal(calls.length, 2);
  clock.advance(1);
  service.respond = fail;
  await assert.rejects(ask('usr_1'), dead);
});

test('no-store is kept for nobody, and forgets what was kept before', async () => {
  const { ask, calls, clock, service } = setUp();
  await ask('usr_1');
  clock.advance(100_000);
  service.headers = { 'cache-control': 'no-store' };
  const { report } = await ask('usr_1');
  await ask('usr_1');
  assert.equal(calls.length, 3);
  assert.equal(report.reuse.maxAgeSeconds, 0);
  service.respond = fail;
  await assert.rejects(ask('usr_1'), dead);
});

test('an old record with an ETag is asked for conditionally; a 304 makes it fresh again', async () => {
  const { ask, calls, clock, service } = setUp();
  service.headers = { etag: '"7"', 'cache-control': 'private, max-age=30' };
  const { value: first, reply } = await ask('usr_1');
  assert.equal(reply.headers['etag'], '"7"');
  clock.advance(50_000);
  service.respond = ({ known }) => ({ status: 304, value: known?.value, bytes: 0 });
  const { value, reply: confirmed, report } = await ask('usr_1');
  assert.deepEqual(calls[1]?.call.known, { etag: '"7"', value: first });
  assert.equal(value, first);
  assert.equal(confirmed.status, 200);
  assert.deepEqual(report.stale, []);
  clock.advance(29_000);
  assert.equal((await ask('usr_1')).value, first);
  assert.equal(calls.length, 2);
});

test('a 304 without Cache-Control means what was said before', async () => {
  const { ask, calls, clock, service } = setUp();
  service.headers = { etag: '"7"', 'cache-control': 'private, max-age=2' };
  await ask('usr_1');
  clock.advance(50_000);
  service.headers = {};
  service.respond = ({ known }) => ({ status: 304, value: known?.value });
  await ask('usr_1');
  clock.advance(1_999);
  await ask('usr_1');
  assert.equal(calls.length, 2);
  clock.advance(11_000);
  await ask('usr_1');
  assert.equal(calls.length, 3);
});

test('an invalidated record is asked for again, also by a dead service’s callers', async () => {
  const { ask, makeOld, calls, service } = setUp();
  await ask('usr_1');
  await ask('usr_2');
  void makeOld('user:usr_1');
  await ask('usr_1');
  await ask('usr_2');
  assert.equal(calls.length, 3);
  void makeOld('user:usr_1');
  service.respond = fail;
  await assert.rejects(ask('usr_1'), dead);
});

test('a reply that was under way when its tag was invalidated is not kept', async () => {
  const { ask, makeOld, calls, service } = setUp();
  const answer = service.respond;
  service.respond = (call, context) => {
    void makeOld('user:usr_1');
    return answer(call, context);
  };
  await ask('usr_1');
  service.respond = answer;
  await ask('usr_1');
  await ask('usr_1');
  assert.equal(calls.length, 2);
});

test('who asks after an invalidation is not given the reply of a call that began before it', async () => {
  const { ask, makeOld, calls, service } = setUp();
  const answer = service.respond;
  const flight = Promise.withResolvers<Partial<Reply>>();
  // Both calls end with one reply, as single flight below the cache has it.
  service.respond = () => flight.promise;
  const before = ask('usr_1');
  await turn();
  await makeOld('user:usr_1');
  const after = ask('usr_1');
  await turn();
  service.respond = answer;
  flight.resolve({ value: { id: 'usr_1', name: 'from before' } });
  assert.equal((await before).value?.name, 'from before');
  assert.equal((await after).value?.name, "usr_ann's view 3");
  assert.equal((await ask('usr_1')).value?.name, "usr_ann's view 3");
  assert.equal(calls.length, 3);
});

test('a batch is one record a key: what is held is answered, the rest is one call', async () => {
  const { askMany, calls } = setUp();
  await askMany(['a', 'b']);
  const { value } = await askMany(['c', 'a', 'b', 'd']);
  assert.deepEqual(
    calls.map(({ call }) => (call.input as { ids: string[] }).ids),
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  );
  assert.deepEqual([...value.keys()], ['c', 'a', 'b', 'd']);
  await askMany(['d', 'b']);
  assert.equal(calls.length, 2);
});

test('the rest of a batch’s input is part of every key', async () => {
  const { askMany, calls } = setUp();
  await askMany(['a'], ann);
  await askMany(['a'], ann, 'addresses');
  await askMany(['a'], bob);
  assert.equal(calls.length, 3);
});

test('a key that the batch does not know is remembered as missing; a dropped row is not', async () => {
  const { askMany, calls, service } = setUp();
  service.respond = () => ({ value: new Map() });
  assert.equal((await askMany(['a'])).value.get('a'), null);
  await askMany(['a']);
  assert.equal(calls.length, 1);
  service.respond = () => ({ value: new Map(), dropped: 1 });
  await askMany(['b']);
  await askMany(['b']);
  assert.equal(calls.length, 3);
});

test('where a batch fails, records that are held stand in and only the others carry the error', async () => {
  const { askMany, clock, service } = setUp();
  await askMany(['a']);
  clock.advance(100_000);
  service.respond = fail;
  const { value, report } = await askMany(['a', 'b']);
  assert.equal(value.get('a')?.name, "usr_ann's view 1");
  assert.equal(value.get('b'), dead);
  assert.deepEqual(report.stale, [{ service: 'users', ageSeconds: 100, reason: 'upstream_error' }]);
  assert.equal(report.reuse.maxAgeSeconds, 0);
  await assert.rejects(askMany(['b', 'c']), dead);
});

test('a key that failed below, beside others that did not, has its own error', async () => {
  const { askMany, calls, service } = setUp();
  service.respond = () => ({
    value: new Map<string, unknown>([
      ['a', { id: 'a', name: 'A' }],
      ['b', dead],
    ]),
  });
  const { value } = await askMany(['a', 'b']);
  assert.equal(value.get('b'), dead);
  await askMany(['a']);
  assert.equal(calls.length, 1);
});

test('of a reply with dropped rows, a whole record of a batch is kept, a list by key is not', async () => {
  const { askMany, calls, service } = setUp();
  service.respond = () => ({ value: new Map([['a', { id: 'a', name: 'A' }]]), dropped: 1 });
  await askMany(['a']);
  await askMany(['a']);
  assert.equal(calls.length, 1);
  service.respond = () => ({ value: new Map([['b', [{ id: '1' }]]]), dropped: 1 });
  await askMany(['b']);
  await askMany(['b']);
  assert.equal(calls.length, 3);
});

test('a route whose tags come from its records is asked for none where there is no record', async () => {
  const { clock, service, layer } = setUp();
  const route: typeof getUsers = {
    ...getUsers,
    tags: (users) => [...users.values()].map((user) => `user:${user!.id}`),
  };
  service.respond = () => ({ value: new Map() });
  const reply = await layer({ route, input: { ids: ['nobody'] } }, callContextOf(ann, {}, clock));
  assert.equal(reply.value.get('nobody'), null);
});

test('a list with dropped rows is not kept', async () => {
  const { ask, calls, service } = setUp();
  const answer = service.respond;
  service.respond = async (call, context) => ({ ...(await answer(call, context)), dropped: 2 });
  await ask('usr_1');
  await ask('usr_1');
  assert.equal(calls.length, 2);
});

test('the answer may be kept as long as its shortest-lived part, for its caller', async () => {
  const { send, clock, service } = setUp();
  service.headers = { 'cache-control': 'private, max-age=20' };
  const context = callContextOf(ann, {}, clock);
  await send({ route: getUser, input: { id: 'usr_1' } }, context);
  clock.advance(12_500);
  service.headers = {};
  const second = callContextOf(ann, {}, clock);
  await send({ route: getUser, input: { id: 'usr_2' } }, second);
  await send({ route: getUser, input: { id: 'usr_1' } }, second);
  assert.equal(second.report.reuse.maxAgeSeconds, 7);
  assert.equal(second.report.reuse.scope, 'private');
  assert.deepEqual([...second.report.reuse.tags], ['user:usr_2', 'user:usr_1']);
});

test('a record that a caller tries to change throws where the mistake is made', async () => {
  const { ask } = setUp();
  const { value } = await ask('usr_1');
  assert.throws(() => Object.assign(value as object, { name: 'other' }), TypeError);
});
