import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { mintApiKey } from '../../src/auth/api-key.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { signalProcess, suiteCleanup, waitFor } from '../support/processes.ts';

const cleanup = suiteCleanup(after);
const key = mintApiKey();

describe('several workers of one client', () => {
  let gateway: RunningGateway;
  const config = (pro = 100_000) => ({
    mode: 'development',
    workers: 2,
    drain: { delayMs: 500 },
    reload: { watchSeconds: 0.1 },
    admin: { secret: 's'.repeat(32) },
    auth: { apiKeys: { static: [{ id: key.id, hash: key.hash, consumer: 'tests', tier: 'pro' }] } },
    rateLimit: {
      tiers: {
        free: { requestsPerMinute: 60, costPerMinute: 10_000 },
        anonymous: { requestsPerMinute: 30, costPerMinute: 5_000 },
        pro: { requestsPerMinute: pro, costPerMinute: 100_000_000 },
      },
      burst: { requests: 1_000_000 },
    },
  });

  before(async () => {
    gateway = await startGateway(cleanup, 'web', config());
  });

  async function ask(): Promise<Response> {
    const response = await fetch(gateway.url, {
      method: 'POST',
      // A connection of its own, so that the workers take turns.
      headers: { 'content-type': 'application/json', 'x-facet-csrf': '1', 'x-api-key': key.text, connection: 'close' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    await response.text();
    return response;
  }

  const workers = () => gateway.lines().filter((line) => line['event.action'] === 'worker.started');
  const metric = async (pattern: RegExp): Promise<number> => {
    const text = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    return [...text.matchAll(pattern)].reduce((sum, [, value]) => sum + Number(value), 0);
  };

  test('share one port, and the primary adds up what they count', async () => {
    for (let index = 0; index < 20; index++) assert.equal((await ask()).status, 200);
    const pids = new Set(
      gateway.lines().flatMap((line) => (line['event.action'] === 'completed' ? [line['process.pid']] : [])),
    );
    assert.equal(workers().length, 2);
    assert.equal(pids.size, 2, 'both of them answer');
    await waitFor(async () => (await metric(/^facet_requests_total\{.*\} (\d+)/gm)) === 20, {
      what: 'twenty requests in the sum',
    });
    assert.equal(await metric(/^facet_workers (\d+)/gm), 2);
    assert.equal((await fetch(`${gateway.adminUrl}/readyz`)).status, 200);
  });

  test('count limits together, also without Redis', async () => {
    const remaining = async () => Number((await ask()).headers.get('x-ratelimit-remaining'));
    const first = await remaining();
    for (let index = 1; index <= 10; index++) assert.equal(await remaining(), first - index);
    assert.equal((await ask()).headers.get('x-ratelimit-limit'), '100000');
  });

  test('judge operators themselves, through the primary', async () => {
    assert.equal((await fetch(`${gateway.adminUrl}/breakers`)).status, 401);
    assert.equal((await fetch(`${gateway.adminUrl}/nowhere`)).status, 404);
  });

  test('follow a changed configuration, all of them', async () => {
    writeFileSync(gateway.configFile, gateway.configured(config(500)));
    await waitFor(() => gateway.lines().filter((line) => line['event.action'] === 'config.changed').length === 2, {
      what: 'both workers to change',
    });
    assert.equal((await ask()).headers.get('x-ratelimit-limit'), '500');
  });

  test('one that is killed is started anew, and who connects meanwhile finds the others', async () => {
    const [victim] = workers();
    const pid = Number(victim?.['process.pid']);
    signalProcess(pid, 'SIGKILL');
    // Its parent knows only when the last thread is gone, and the listening socket with it.
    await waitFor(() => gateway.lines().some((line) => line['event.action'] === 'worker.ended'), {
      what: 'the worker to end',
    });
    for (let index = 0; index < 10; index++) assert.equal((await ask()).status, 200);
    await waitFor(() => workers().length === 3, { what: 'another worker' });
    await waitFor(async () => (await metric(/^facet_workers (\d+)/gm)) === 2, { what: 'two workers' });
    assert.equal(await metric(/^facet_worker_ends_total (\d+)/gm), 1);
  });

  test('leave together without losing a request of a balancer that asks who is ready', async () => {
    const leaving = new AbortController();
    const gone = leaving.signal;
    let answered = 0;
    const caller = async (): Promise<void> => {
      while (!gone.aborted) {
        assert.equal((await ask()).status, 200);
        answered++;
      }
    };
    const balancer = async (): Promise<void> => {
      while (!gone.aborted) if (!(await fetch(`${gateway.adminUrl}/readyz`)).ok) leaving.abort();
    };
    const everybody = Promise.all([balancer(), ...Array.from({ length: 4 }, caller)]);
    await waitFor(() => answered > 20, { what: 'load' });
    const exit = await gateway.process.kill('SIGTERM');
    await everybody;
    assert.deepEqual(exit, { code: 0, signal: null });
  });
});

test('a configuration that cannot be used ends the primary before any worker', async () => {
  await assert.rejects(startGateway(cleanup, 'web', { workers: 0 }), /workers:/);
});
