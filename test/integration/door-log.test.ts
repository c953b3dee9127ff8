import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, describe, test } from 'node:test';
import { post } from '../conformance/http-attack.ts';
import { accessPairs, settledPairs } from '../support/access-lines.ts';
import { respond, startFaultUpstream } from '../support/fault-upstream.ts';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { rawSend } from '../support/raw-http.ts';
import { signIn } from '../support/signed-in.ts';

const order = '{"query":"{ order(id: \\"ord_1\\") { id number } }"}';

describe('the two lines of a request', async () => {
  const cleanup = suiteCleanup(after);
  const slow = await startFaultUpstream(respond.hang());
  cleanup.after(() => slow.close());
  const { auth, authorization } = await signIn(cleanup, 'web');
  const service = { instances: [{ url: slow.url }], credential: 'test-credential', readTimeoutMs: 4_000 };
  const gateway = await startGateway(
    cleanup,
    'web',
    { auth, upstreams: { users: service, orders: service, payments: service } },
    { headersTimeoutMs: 1_000, requestTimeoutMs: 1_000 },
  );
  const { hostname, port } = new URL(gateway.url);
  let before = 0;
  afterEach(() => void (before = accessPairs(gateway).length));
  /** The one pair that came since the last test. */
  const last = async () => {
    const pairs = await settledPairs(gateway, before + 1);
    const { received, completed } = pairs.at(-1) ?? assert.fail();
    return { received, completed, status: completed['http.response.status_code'], outcome: completed['facet.outcome'] };
  };

  test('tell who came before anything is decided, and what became of it', async () => {
    const agent = '"Shop"\\1.0 card=4111 1111 1111 1111 Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln';
    await rawSend(gateway.url, post('{"query":"{ __typename }"}', { 'User-Agent': agent, Authorization: 'Bearer x' }));
    const { received, completed, status } = await last();
    assert.equal(received['source.ip'], '127.0.0.1');
    assert.equal(received['http.request.method'], 'POST');
    assert.equal(received['url.path'], '/graphql');
    assert.equal(received['user_agent.original'], '"Shop"\\1.0 card=[redacted] [redacted]');
    assert.match(String(received['http.request.id']), /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    assert.ok(String(received['@timestamp']) <= String(completed['@timestamp']));
    assert.deepEqual([status, completed['error.code']], [401, ['UNAUTHENTICATED']]);
  });

  test('come also when the caller goes away while a service is asked, and the service is let go', async () => {
    const socket = connect(Number(port), hostname);
    const asked = slow.requests.length;
    for (const part of post(order, { Authorization: authorization })) socket.write(part);
    await waitFor(() => slow.requests.length > asked, { what: 'the call to the service' });
    socket.destroy();
    assert.equal((await last()).outcome, 'aborted');
    await waitFor(() => slow.open === 0, { what: 'the socket to the service to be closed', timeoutMs: 500 });
  });

  test('come also when the caller goes away in the middle of its body', async () => {
    const socket = connect(Number(port), hostname);
    const [head = '', body = ''] = post(order);
    socket.write(head);
    socket.write(body.slice(0, 10));
    await waitFor(() => gateway.lines().filter((line) => line['event.action'] === 'received').length > before, {
      what: 'the received line',
    });
    socket.destroy();
    assert.equal((await last()).outcome, 'aborted');
  });

  test('come also for a body that drips: 408 in time', async () => {
    const [head = '', body = ''] = post(order);
    const answer = await rawSend(gateway.url, [head, body.slice(0, 10)], 4_000);
    assert.equal(answer.status, 408);
    assert.match(answer.body, /"code":"REQUEST_TIMEOUT"/);
    const { received, status } = await last();
    assert.deepEqual([received['url.path'], status], ['/graphql', 408]);
  });

  test('come also for headers that never end: 408 in time', async () => {
    const answer = await rawSend(gateway.url, ['GET /graphql HTTP/1.1\r\nHost: a\r\nX-Slow: '], 4_000);
    assert.equal(answer.status, 408);
    assert.match(answer.body, /"code":"REQUEST_TIMEOUT"/);
    assert.equal((await last()).status, 408);
  });

  test('do not come for a connection that says nothing, nor for probes', async () => {
    const answer = await rawSend(gateway.url, [], 4_000);
    assert.deepEqual([answer.text, answer.ending], ['', 'end']);
    assert.equal((await fetch(new URL('/livez', gateway.url))).status, 200);
    assert.equal((await fetch(new URL('/readyz', gateway.url))).status, 200);
    await rawSend(gateway.url, post('{"query":"{ __typename }"}'));
    assert.equal((await last()).status, 200);
  });
});
