import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { type RunningDemo, startDemo } from '../support/demo.ts';
import { suiteCleanup } from '../support/processes.ts';

interface Rule {
  readonly id: string;
  readonly fault: string;
}

describe('the demo control', () => {
  const suite = suiteCleanup(after);
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo(suite);
  });

  async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(demo.url('CONTROL_PORT', path), {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** What the user service answers a caller without the gateway's credential: 401 unless a fault acts first. */
  const knock = async () => (await fetch(demo.url('USERS_PORT', '/v1/users/usr_customer01'))).status;
  const rulesOfUsers = async () => (await demo.state()).faults['users'] as readonly Rule[];

  test('sets the faults of one route of a service, shows them, and takes them back', async () => {
    const put = await send('PUT', '/services/users/faults', { rules: [{ fault: 'latency', operation: 'getUser' }] });
    assert.equal(put.status, 200, JSON.stringify(put.body));
    assert.deepEqual(
      (await rulesOfUsers()).map(({ fault }) => fault),
      ['latency'],
    );

    const added = await send('POST', '/services/users/faults', { fault: 'long-tail' });
    const [, second] = await rulesOfUsers();
    assert.equal((added.body as Rule).id, second?.id);
    assert.equal((await send('DELETE', `/services/users/faults/${second?.id}`)).status, 200);
    assert.equal((await rulesOfUsers()).length, 1);

    assert.equal((await send('DELETE', '/services/users/faults')).status, 200);
    assert.deepEqual(await rulesOfUsers(), []);
  });

  test('lists what can go wrong and every route of the contract to aim it at', async () => {
    const { body } = await send('GET', '/services/users/faults');
    assert.ok((body as { known: Rule[] }).known.length > 20);
    const { operations } = (await send('GET', '/catalogue')).body as { operations: Record<string, { id: string }[]> };
    assert.ok(operations['users']?.some(({ id }) => id === 'getUser'));
    assert.ok(!operations['users']?.some(({ id }) => id === 'getReadiness'));
  });

  for (const [what, method, path, body, status, code] of [
    ['an unknown process', 'POST', '/services/nothing/kill', undefined, 404, 'unknown_process'],
    ['itself', 'POST', '/services/control/stop', undefined, 409, 'not_itself'],
    ['an unknown action', 'POST', '/services/users/explode', undefined, 404, 'not_found'],
    ['a wrong method', 'GET', '/services/users/kill', undefined, 405, 'method_not_allowed'],
    ['faults of a process that has none', 'DELETE', '/services/bff-web/faults', undefined, 404, 'no_faults'],
    ['an unknown fault', 'PUT', '/services/users/faults', { rules: [{ fault: 'gremlins' }] }, 422, 'fault_refused'],
    ['a body that is a list', 'PUT', '/services/users/faults', [], 400, 'bad_json'],
    ['a token for nobody', 'POST', '/token', { identity: 'nobody' }, 404, 'unknown_identity'],
  ] as const) {
    test(`refuses ${what} with a coded error`, async () => {
      const answer = await send(method, path, body);
      assert.equal(answer.status, status);
      assert.equal((answer.body as { error: { code: string } }).error.code, code);
    });
  }

  test('says that a service which is down takes no faults, and forgets its faults when it comes back', async () => {
    await send('PUT', '/services/users/faults', { rules: [{ fault: 'latency' }] });
    await demo.control('/services/users/kill');
    assert.deepEqual(await rulesOfUsers(), []);
    const answer = await send('PUT', '/services/users/faults', { rules: [] });
    assert.equal(answer.status, 503);
    await demo.control('/services/users/start');
    assert.equal(await knock(), 401);
    assert.deepEqual(await rulesOfUsers(), []);
  });

  for (const [what, headers] of Object.entries({
    'a rebound host name': { host: 'evil.example' },
    'a page of another origin': { origin: 'https://evil.example' },
    'a sandboxed page': { origin: 'null' },
    'a page of another port': { origin: 'http://127.0.0.1:1' },
    'a cross-site form': { 'sec-fetch-site': 'cross-site' },
    'a request that a proxy forwarded': { 'x-forwarded-for': '203.0.113.9' },
  })) {
    test(`is not switched by ${what}`, async () => {
      const untouched = await demo.processNamed('users');
      assert.equal(await statusOf(demo.url('CONTROL_PORT', '/services/users/kill'), headers), 403);
      assert.deepEqual(await demo.processNamed('users'), untouched);
    });
  }

  test('is switched by its own page', async () => {
    const origin = demo.url('CONTROL_PORT');
    const headers = { origin, 'sec-fetch-site': 'same-origin' };
    assert.equal(await statusOf(`${origin}/services/users/start`, headers), 200);
  });

  test('serves a page that needs nothing from anywhere else', async () => {
    const response = await fetch(demo.url('CONTROL_PORT', '/'));
    assert.match(response.headers.get('content-security-policy') ?? '', /^default-src 'none'; script-src 'self'/);
    const text = await response.text();
    const parts = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    assert.ok(parts.length >= 2);
    for (const part of parts) {
      assert.doesNotMatch(part, /^(https?:)?\/\//);
      const loaded = await fetch(demo.url('CONTROL_PORT', `/${part}`));
      assert.equal(loaded.status, 200, part);
      assert.doesNotMatch(await loaded.text(), /@import|url\(|https:/);
    }
  });
});

/** fetch sets Host, Origin and Sec-Fetch-Site by itself or not at all; a plain request sends what it is told. */
function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once('error', reject)
      .end();
  });
}
