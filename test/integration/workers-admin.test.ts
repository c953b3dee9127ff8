import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { signAdminToken } from '../../src/auth/admin-token.ts';
import type { MergedBreaker } from '../../src/admin/merged-breakers.ts';
import type { MergedStatus } from '../../src/admin/merged-status.ts';
import type { JourneyRecord } from '../../src/telemetry/journey-record.ts';
import { startBrowser } from '../support/browser.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { signalProcess, suiteCleanup, waitFor } from '../support/processes.ts';
import { signIn } from '../support/signed-in.ts';

const secret = 'an-admin-secret-of-more-than-32-characters';
const token = await signAdminToken(secret, { actor: 'ada', scope: 'write' }, 900, Date.now());
const asAda = { authorization: `Bearer ${token}` };

describe('the admin port of two workers, without Redis', () => {
  const cleanup = suiteCleanup(after);
  let gateway: RunningGateway;
  let authorization: string;

  before(async () => {
    const caller = await signIn(cleanup, 'web');
    authorization = caller.authorization;
    const config = { workers: 2, admin: { secret }, auth: caller.auth, drain: { delayMs: 0 } };
    gateway = await startGateway(cleanup, 'web', config);
  });

  /** Asks for what only a dead service knows, on a connection of its own; resolves to who answered. */
  async function fail(): Promise<{ readonly id: string; readonly pid: number }> {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'graphql-preflight': '1', connection: 'close' },
      body: '{"query":"{ viewer { displayName } }"}',
    });
    await response.text();
    const id = String(response.headers.get('x-correlation-id'));
    const line = await waitFor(
      () => gateway.lines().find((each) => each['event.action'] === 'completed' && each['http.request.id'] === id),
      { what: `the completed line of ${id}` },
    );
    return { id, pid: Number(line['process.pid']) };
  }

  /** Fails until each of these has answered so often; resolves to the ids by process. */
  async function failOn(pids: readonly number[], times = 1): Promise<Map<number, string[]>> {
    const ids = new Map<number, string[]>(pids.map((pid) => [pid, []]));
    await waitFor(
      async () => {
        const { id, pid } = await fail();
        ids.get(pid)?.push(id);
        return [...ids.values()].every(({ length }) => length >= times);
      },
      { what: `answers of ${pids.join(', ')}`, timeoutMs: 30_000 },
    );
    return ids;
  }

  const admin = (path: string, init: RequestInit = {}) =>
    fetch(`${gateway.adminUrl}${path}`, { ...init, headers: { ...asAda, ...init.headers } });
  const read = async <T>(path: string): Promise<T> => (await (await admin(path)).json()) as T;
  const status = () => read<MergedStatus>('/status');
  const pids = async () => (await status()).workers.map(({ pid }) => pid);
  const total = ({ traffic }: MergedStatus) =>
    traffic.reduce((sum, { partial, failed, complete }) => sum + partial + failed + complete, 0);
  async function metric(pattern: RegExp): Promise<number> {
    const text = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    return [...text.matchAll(pattern)].reduce((sum, [, value]) => sum + Number(value), 0);
  }
  const requests = () => metric(/^facet_requests_total\{.*\} (\d+)/gm);
  const force = (state: 'open' | 'closed') =>
    admin('/breakers', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        service: 'orders',
        state,
        reason: 'maintenance',
        endsAt: new Date(Date.now() + 600_000).toISOString(),
      }),
    });

  test('status adds up what the workers saw, and shows each of them', async () => {
    const two = await pids();
    assert.equal(two.length, 2);
    const ids = await failOn(two, 3);
    const asked = [...ids.values()].flat().length;
    const whole = await status();
    assert.ok(total(whole) >= asked, `${total(whole)} of ${asked} in the traffic`);
    assert.equal(await requests(), total(whole));
    const hash = gateway.lines().find((line) => line['event.action'] === 'started')?.['facet.config.hash'];
    for (const worker of whole.workers) {
      assert.deepEqual([worker.ready, worker.reason, worker.answered], [true, 'ready', true]);
      assert.equal(worker.configHash, hash);
    }
    assert.deepEqual([whole.configHash, whole.ready, whole.limits.counted], [hash, true, 'machine']);
  });

  test('a circuit is open on as many workers as have it open', async () => {
    const [first = 0, second = 0] = await pids();
    const breaker = async () => (await read<{ breakers: MergedBreaker[] }>('/breakers')).breakers[0];
    await waitFor(
      async () => {
        await failOn([first]);
        return (await breaker())?.workers.open;
      },
      { what: 'one of the circuits to open', timeoutMs: 30_000 },
    );
    await waitFor(
      async () => {
        await failOn([second]);
        return (await breaker())?.workers.open === 2;
      },
      { what: 'both circuits to open', timeoutMs: 30_000 },
    );
    const { workers, breakers } = await status();
    assert.deepEqual(
      workers.map(({ openBreakers }) => openBreakers),
      [1, 1],
    );
    assert.equal(breakers[0]?.state, 'open');
  });

  test('journeys of all workers are listed, newest first, and each is found by its id', async () => {
    const ids = await failOn(await pids(), 2);
    const all = [...ids.values()].flat();
    const { journeys } = await read<{ journeys: JourneyRecord[] }>('/journeys?limit=100');
    for (const id of all) {
      assert.ok(journeys.some(({ correlationId }) => correlationId === id));
      assert.equal((await read<JourneyRecord>(`/journeys/${id}`)).correlationId, id);
    }
    const times = journeys.map(({ startedAt }) => startedAt);
    assert.deepEqual(times, times.toSorted().reverse());
    assert.equal((await read<{ journeys: object[] }>('/journeys?limit=3')).journeys.length, 3);
    assert.equal((await admin('/journeys?limit=0')).status, 400);
    assert.equal((await admin('/journeys/0b9f8b8e-3b1f-4b6e-8f58-1f0f7a6f0001')).status, 404);
  });

  test('nothing is told or decided without a token', async () => {
    for (const path of ['/status', '/breakers', '/journeys', '/journeys/0b9f8b8e-3b1f-4b6e-8f58-1f0f7a6f0001'])
      assert.equal((await fetch(`${gateway.adminUrl}${path}`)).status, 401, path);
    const reader = await signAdminToken(secret, { actor: 'bob', scope: 'read' }, 60, Date.now());
    const denied = await admin('/breakers', { method: 'PUT', headers: { authorization: `Bearer ${reader}` } });
    assert.equal(denied.status, 403);
  });

  test('a path is never taken for the address of another host', async () => {
    const asked: string[] = [];
    const other = createServer((request, response) => {
      asked.push(String(request.url));
      response.end('secret');
    }).listen(0, '127.0.0.1');
    cleanup.after(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    for (const path of [`//127.0.0.1:${port}/`, `http://127.0.0.1:${port}/`, `/\\127.0.0.1:${port}/`]) {
      const { hostname, port: adminPort } = new URL(gateway.adminUrl);
      const [response] = (await once(get({ hostname, port: adminPort, path, agent: false }), 'response')) as [
        IncomingMessage,
      ];
      response.resume();
    }
    assert.deepEqual(asked, []);
  });

  test('the console shows the sums and each worker', async () => {
    const browser = await startBrowser(cleanup);
    const page = await browser.newPage();
    await page.goto(gateway.adminUrl);
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Use' }).click();
    await page.locator('#workers .card').first().waitFor();
    assert.equal(await page.locator('#workers .card').count(), 2);
    for (const pid of await pids()) await page.locator('#workers').getByText(String(pid)).waitFor();
    await page.getByText('listUsers: open in 2 of 2 workers').waitFor();
    await browser.close();
  });

  test('a worker that hangs costs its own part of an answer, which names it', async () => {
    const [hung = 0, other = 0] = await pids();
    const [kept = ''] = (await failOn([other])).get(other) ?? [];
    const counted = await requests();
    signalProcess(hung, 'SIGSTOP');
    try {
      const startMs = performance.now();
      const [whole, listed, known, unknown, forced, countedThen] = await Promise.all([
        status(),
        read<{ silentWorkers: number[] }>('/journeys'),
        admin(`/journeys/${kept}`),
        admin('/journeys/0b9f8b8e-3b1f-4b6e-8f58-1f0f7a6f0001'),
        force('open'),
        requests(),
      ]);
      assert.ok(performance.now() - startMs < 10_000);
      assert.deepEqual(
        whole.workers.map(({ pid, answered }) => [pid, answered]),
        [
          [hung, false],
          [other, true],
        ],
      );
      assert.equal(whole.ready, true);
      assert.deepEqual(listed.silentWorkers, [hung]);
      assert.deepEqual([known.status, unknown.status, forced.status], [200, 503, 503]);
      assert.match(await unknown.text(), new RegExp(`Worker ${hung} did not answer`));
      assert.match(await forced.text(), new RegExp(`Worker ${hung} did not answer; the others did it`));
      assert.equal(countedThen, counted, 'what it had counted stays in the sum');
      assert.equal(await metric(/^facet_workers_silent (\d+)/gm), 1);
    } finally {
      signalProcess(hung, 'SIGCONT');
    }
    await waitFor(async () => (await status()).workers.every(({ answered }) => answered), { what: 'both to answer' });
  });

  test('what is decided holds on every worker, and on one that starts later', async () => {
    assert.equal((await force('open')).status, 204);
    const [victim = 0] = await pids();
    const counted = await requests();
    signalProcess(victim, 'SIGKILL');
    const later = await waitFor(
      async () => {
        const { workers, workerEnds } = await status();
        const serving = workers.filter(({ answered }) => answered);
        return (
          workerEnds === 1 &&
          serving.length === 2 &&
          serving.find(({ pid }) => pid !== victim && pid !== workers[0]?.pid)
        );
      },
      { what: 'another worker', timeoutMs: 20_000 },
    );
    assert.ok((await requests()) >= counted, 'a counter never falls');
    const asked = async (): Promise<unknown> => {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'graphql-preflight': '1', connection: 'close' },
        body: '{"query":"{ viewer { orders(first: 1) { nodes { id } } } }"}',
      });
      await response.text();
      return response.headers.get('x-correlation-id');
    };
    const breakers = await waitFor(
      async () => {
        await asked();
        const listed = (await read<{ breakers: MergedBreaker[] }>('/breakers')).breakers;
        return listed.find(({ service, workers }) => service === 'orders' && workers['forced-open'] === 2);
      },
      { what: () => `the circuit forced on both, also ${later.pid}` },
    );
    assert.equal(breakers.forced?.actor, 'ada');
    assert.equal((await admin('/breakers?service=orders', { method: 'DELETE' })).status, 204);
    const released = (await read<{ breakers: MergedBreaker[] }>('/breakers')).breakers;
    assert.ok(released.every(({ forced }) => !forced));
  });
});
