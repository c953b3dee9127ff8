import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { CallContext } from '../../src/context/call-context.ts';
import { GatewayError } from '../../src/errors/gateway-error.ts';
import type { Route } from '../../src/upstream/call.ts';
import { principalOf } from '../support/call-context.ts';
import { respond, startFaultUpstream, type FaultUpstream } from '../support/fault-upstream.ts';
import { callContext, getThing, testUpstream, type TestUpstream } from '../support/test-upstream.ts';
import { until } from '../support/until.ts';
import { within } from '../support/within.ts';

const calm = { retry: { maxRetries: 0 }, breaker: { minimumCalls: 10_000 } };

type Things = ReadonlyMap<string, unknown>;

/** A batched read whose reply is the keys that it was asked for. */
const batchThings: Route<readonly string[], Things> = {
  service: 'things',
  name: 'batchThings',
  kind: 'read',
  method: 'GET',
  scope: 'caller',
  contract: 'Things',
  request: (ids) => ({ path: `/things?ids=${ids.join(',')}` }),
  map: (_, ids) => new Map(ids.map((id) => [id, `thing ${id}`])),
  batch: {
    keysOf: (ids) => ids,
    narrow: (_, ids) => ids,
    pick: (things, id) => things.get(id) ?? null,
    join: (parts) => parts,
  },
};

describe('reads that are shared', () => {
  let service: FaultUpstream;
  let upstream: TestUpstream;
  let release: (() => void)[];

  beforeEach(async () => {
    release = [];
    // Replies are held until the test lets them go, so that who joins is no matter of time.
    service = await startFaultUpstream((exchange) => release.push(() => respond.json({ id: 'good' })(exchange)));
    upstream = await testUpstream(service.url, { ...calm, readTimeoutMs: 2_000 });
  });
  afterEach(async () => {
    await service.close();
    await upstream.close();
  });

  const paths = () => service.requests.map(({ path }) => path);
  const asked = (count: number) => until(() => service.requests.length === count);

  test('equal reads of one caller make one call, and each request counts as one that started none', async () => {
    const get = upstream.bind(getThing);
    const contexts = Array.from({ length: 50 }, () => callContext());
    const answers = contexts.map((context) => get('a', context));
    await asked(1);
    for (const go of release) go();
    for (const { value } of await Promise.all(answers)) assert.deepEqual(value, { id: 'good' });
    assert.equal(service.requests.length, 1);
    assert.equal(
      contexts.reduce((sum, { report }) => sum + report.calls, 0),
      1,
    );
  });

  test('two callers never share, unless the route is declared public', async () => {
    const get = upstream.bind(getThing);
    const open = upstream.bind({ ...getThing, name: 'getPublic', scope: 'public' });
    const by = (subject: string): CallContext => callContext({ principal: principalOf(subject) });
    const answers = [get('a', by('usr_1')), get('a', by('usr_2')), open('a', by('usr_1')), open('a', by('usr_2'))];
    await asked(3);
    for (const go of release) go();
    await Promise.all(answers);
    assert.deepEqual(
      service.requests.map(({ headers }) => headers['x-user-id']),
      ['usr_1', 'usr_2', 'usr_1'],
    );
  });

  test('a joiner that leaves takes nobody along; the last one that leaves ends the call within 100 ms', async () => {
    const get = upstream.bind(getThing);
    const clients = [new AbortController(), new AbortController()];
    const answers = clients.map(({ signal }) => get('a', callContext({ signal })));
    const left = answers.map((answer) => assert.rejects(answer, { code: 'DEADLINE_EXCEEDED' }));
    await asked(1);
    clients[0]?.abort();
    await left[0];
    assert.equal(service.open, 1);
    const leftAt = performance.now();
    clients[1]?.abort();
    await left[1];
    await until(() => service.open === 0);
    assert.ok(performance.now() - leftAt < within(100));
  });

  test('a client that has gone already starts nothing, and keeps nothing going', async () => {
    const get = upstream.bind(getThing);
    const gone = () => callContext({ signal: AbortSignal.abort() });
    await assert.rejects(get('a', gone()), { code: 'DEADLINE_EXCEEDED' });
    const client = new AbortController();
    const left = assert.rejects(get('b', callContext({ signal: client.signal })));
    await asked(1);
    await assert.rejects(get('b', gone()), { code: 'DEADLINE_EXCEEDED' });
    assert.equal(service.open, 1);
    client.abort();
    await left;
    await until(() => service.open === 0);
    assert.deepEqual(paths(), ['/things/b']);
  });

  test('who comes after the last one left starts anew', async () => {
    const get = upstream.bind(getThing);
    const client = new AbortController();
    const left = assert.rejects(get('a', callContext({ signal: client.signal })));
    await asked(1);
    client.abort();
    await left;
    const again = get('a', callContext());
    await asked(2);
    release[1]?.();
    assert.deepEqual((await again).value, { id: 'good' });
  });

  test('each joiner waits for its own time, and a hurried one does not end the call for the others', async () => {
    const get = upstream.bind(getThing);
    const patient = get('a', callContext());
    await asked(1);
    await assert.rejects(get('a', callContext({ deadlineMs: 100 })), { code: 'DEADLINE_EXCEEDED' });
    release[0]?.();
    assert.deepEqual((await patient).value, { id: 'good' });
    assert.equal(service.requests.length, 1);
  });

  test('a hurried caller tells the service its own time, and nobody has to hurry with it', async () => {
    const get = upstream.bind(getThing);
    const hurried = assert.rejects(get('a', callContext({ deadlineMs: 150 })), { code: 'DEADLINE_EXCEEDED' });
    await asked(1);
    const patient = get('a', callContext());
    await asked(2);
    assert.ok(Number(service.requests[0]?.headers['x-request-deadline-ms']) <= 100);
    await hurried;
    release[1]?.();
    assert.deepEqual((await patient).value, { id: 'good' });
  });

  test('of a batch each record is shared on its own, and only the missing ones are asked for', async () => {
    const batch = upstream.bind(batchThings);
    const first = batch(['a', 'b'], callContext());
    await asked(1);
    const second = batch(['b', 'c'], callContext());
    await asked(2);
    const third = batch(['a', 'c'], callContext());
    for (const go of release) go();
    assert.deepEqual(
      [...(await first).value],
      [
        ['a', 'thing a'],
        ['b', 'thing b'],
      ],
    );
    assert.deepEqual(
      (await second).value,
      new Map([
        ['b', 'thing b'],
        ['c', 'thing c'],
      ]),
    );
    assert.deepEqual(
      (await third).value,
      new Map([
        ['a', 'thing a'],
        ['c', 'thing c'],
      ]),
    );
    assert.deepEqual(paths(), ['/things?ids=a,b', '/things?ids=c']);
  });

  test('a call that failed takes its own records only; with every one failed the batch fails', async () => {
    const batch = upstream.bind(batchThings);
    service.behave((exchange) =>
      release.push(() => (exchange.number === 1 ? respond.reset() : respond.json({}))(exchange)),
    );
    const first = assert.rejects(batch(['a'], callContext()), { code: 'UPSTREAM_UNAVAILABLE' });
    await asked(1);
    const second = batch(['a', 'b'], callContext());
    await asked(2);
    for (const go of release) go();
    await first;
    const { value } = await second;
    assert.ok(value.get('a') instanceof GatewayError);
    assert.equal(value.get('b'), 'thing b');
  });

  test('an anonymous caller shares nothing that may depend on who asks', async () => {
    const get = upstream.bind(getThing);
    const nobody = () => callContext({ principal: { ...principalOf(''), role: 'anonymous' } });
    const answers = [get('a', nobody()), get('a', nobody())];
    await asked(2);
    for (const go of release) go();
    await Promise.all(answers);
    assert.equal(service.requests[0]?.headers['x-user-role'], undefined);
    assert.equal(service.requests[0]?.headers['x-user-id'], undefined);
  });
});
