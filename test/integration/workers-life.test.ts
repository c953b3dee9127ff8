import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import type { MergedStatus } from '../../src/admin/merged-status.ts';
import { Asker } from '../support/ask.ts';
import { Balancer } from '../support/balancer.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { freePorts, isAlive, signalProcess, suiteCleanup, waitFor } from '../support/processes.ts';

const unlimited = {
  rateLimit: {
    burst: { exempt: ['127.0.0.0/8'] },
    tiers: {
      free: { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 },
      anonymous: { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 },
    },
  },
  // Shedding has a test of its own, and a machine that runs many tests is late.
  overload: { maxEventLoopDelayMs: 5_000 },
};

/** In demo mode this machine needs no token. */
const base = { mode: 'demo', workers: 2, reload: { watchSeconds: 0.05 }, ...unlimited };

const events = (gateway: RunningGateway, action: string) =>
  gateway.lines().filter((line) => line['event.action'] === action);
/** Of the workers that have started, so many at least: the primary is ready before their own lines have arrived. */
const pidsOf = (gateway: RunningGateway, count = base.workers) =>
  waitFor(
    () => {
      const started = events(gateway, 'worker.started');
      return started.length >= count && started.map((line) => Number(line['process.pid']));
    },
    { what: `${count} workers` },
  );
const statusOf = async (gateway: RunningGateway) =>
  (await (await fetch(`${gateway.adminUrl}/status`)).json()) as MergedStatus;

async function write(gateway: RunningGateway, text: string): Promise<void> {
  writeFileSync(`${gateway.configFile}.new`, text);
  renameSync(`${gateway.configFile}.new`, gateway.configFile);
}

describe('workers that leave', () => {
  const cleanup = suiteCleanup(after);

  test('lose no request of a rolling restart under load', async () => {
    const start = () => startGateway(cleanup, 'web', { ...base, drain: { delayMs: 1_000 } });
    const gateways = [await start(), await start()];
    const balancer = new Balancer(cleanup);
    const watching = balancer.watch(gateways, ({ adminUrl }) => new URL('/readyz', adminUrl));
    const callers = Array.from({ length: 4 }, () => balancer.call());
    for (let turn = 0; turn < 2; turn++) {
      const answered = balancer.answered;
      await waitFor(() => balancer.answered > answered + 100, { what: 'some load' });
      gateways.push(await start());
      const [oldest] = gateways;
      assert.deepEqual(await oldest?.process.kill('SIGTERM'), { code: 0, signal: null });
      gateways.shift();
    }
    const answered = balancer.answered;
    await waitFor(() => balancer.answered > answered + 100, { what: 'load after the restart' });
    balancer.stopped = true;
    await Promise.all([watching, ...callers]);
    assert.deepEqual(balancer.failed, []);
    for (const gateway of gateways) await gateway.process.kill('SIGTERM');
  });

  test('are unready at once, serve on while they tell every caller to go, then end', async () => {
    const gateway = await startGateway(cleanup, 'web', { ...base, drain: { delayMs: 1_000 } });
    const asker = new Asker(cleanup, gateway.url);
    assert.equal((await asker.ask()).headers.connection, 'keep-alive');
    const ended = gateway.process.kill('SIGTERM');
    const readiness = (url: string) => fetch(new URL('/readyz', url));
    await waitFor(async () => (await readiness(gateway.adminUrl)).status === 503, {
      what: 'the admin port',
      timeoutMs: 300,
    });
    await waitFor(async () => (await readiness(gateway.url)).status === 503, { what: 'the workers', timeoutMs: 300 });
    assert.deepEqual(await (await readiness(gateway.adminUrl)).json(), { status: 'draining' });
    const { status, headers } = await asker.ask();
    assert.deepEqual([status, headers.connection], [200, 'close']);
    assert.equal((await statusOf(gateway)).reason, 'draining');
    assert.deepEqual(await ended, { code: 0, signal: null });
  });

  test('end at once at the second signal, and with a primary that is killed', async () => {
    const patient = await startGateway(cleanup, 'web', { ...base, drain: { delayMs: 60_000 } });
    void patient.process.kill('SIGTERM');
    await waitFor(async () => !(await fetch(`${patient.adminUrl}/readyz`)).ok, { what: 'the drain' });
    const startMs = performance.now();
    assert.deepEqual(await patient.process.kill('SIGTERM'), { code: 1, signal: null });
    assert.ok(performance.now() - startMs < 1_000);
    const orphaned = await startGateway(cleanup, 'web', base);
    const pids = [...(await pidsOf(patient)), ...(await pidsOf(orphaned))];
    await orphaned.process.kill('SIGKILL');
    for (const pid of pids) await waitFor(async () => !(await isAlive(pid)), { what: `${pid} to end` });
  });

  test('are killed when they hang, and the exit code says so', async () => {
    const gateway = await startGateway(cleanup, 'web', { ...base, drain: { delayMs: 0, graceMs: 100 } });
    const [hung = 0] = await pidsOf(gateway);
    signalProcess(hung, 'SIGSTOP');
    assert.deepEqual(await gateway.process.kill('SIGTERM'), { code: 1, signal: null });
    assert.equal(await isAlive(hung), false);
    const [line] = events(gateway, 'worker.killed');
    assert.deepEqual(line?.['facet.worker_pids'], [hung]);
  });

  test('one that is told to leave drains and is replaced', async () => {
    const gateway = await startGateway(cleanup, 'web', { ...base, drain: { delayMs: 50 } });
    const [one = 0] = await pidsOf(gateway);
    signalProcess(one, 'SIGTERM');
    await pidsOf(gateway, 3);
    const [ended] = events(gateway, 'worker.ended');
    assert.deepEqual([ended?.['facet.worker_pid'], ended?.['process.exit_code']], [one, 0]);
    assert.deepEqual(await gateway.process.kill('SIGTERM'), { code: 0, signal: null });
  });

  test('do not share a port that somebody has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await assert.rejects(
      startGateway(cleanup, 'web', base, { host: '127.0.0.1', port }),
      new RegExp(`Port ${port} is taken`),
    );
    other.close();
    // Nor that of workers, which would let others of the same user in.
    const [shared = 0] = await freePorts(1);
    const gateway = await startGateway(cleanup, 'web', base, { port: shared });
    await assert.rejects(startGateway(cleanup, 'web', base, { port: shared }), new RegExp(`Port ${shared} is taken`));
    await gateway.process.kill('SIGKILL');
  });
});

describe('a configuration that changes under workers', () => {
  const cleanup = suiteCleanup(after);
  let gateway: RunningGateway;
  const config = { ...base, drain: { delayMs: 0 } };

  before(async () => {
    gateway = await startGateway(cleanup, 'web', config);
  });

  test('is followed by all of them, with its hash in the log and the status', async () => {
    const { configHash: first } = await statusOf(gateway);
    await write(gateway, gateway.configured({ ...config, journeys: { slowMs: 700 } }));
    await waitFor(() => events(gateway, 'config.changed').length === 2, { what: 'both workers' });
    const { configHash, workers, waitForRestart } = await waitFor(
      async () => {
        const status = await statusOf(gateway);
        return status.configHash !== first && status;
      },
      { what: 'the primary' },
    );
    const changes = events(gateway, 'config.changed');
    assert.deepEqual(new Set(changes.map((line) => line['process.pid'])), new Set(await pidsOf(gateway)));
    for (const line of changes)
      assert.deepEqual([line['facet.config.hash'], line['facet.config.previous_hash']], [configHash, first]);
    assert.deepEqual(
      workers.map((worker) => worker.configHash),
      [configHash, configHash],
    );
    assert.deepEqual(waitForRestart, []);
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    assert.match(metrics, /facet_config_reloads_total\{outcome="taken"\} 1\n/);
    assert.equal(metrics.match(/^facet_build_info\{/gm)?.length, 1);
  });

  test('says once which keys wait for a restart, and goes on without them', async () => {
    const { url } = gateway;
    const text = gateway.configured({ ...config, workers: 3, mode: 'production', journeys: { slowMs: 800 } });
    const said = JSON.parse(text) as { listeners: { web: object } };
    said.listeners.web = { ...said.listeners.web, port: 1, host: '127.0.0.9', adminPort: 2 };
    await write(gateway, JSON.stringify(said));
    const [line] = await waitFor(
      () => events(gateway, 'config.restart_needed').length > 0 && events(gateway, 'config.restart_needed'),
      { what: 'the warning' },
    );
    const keys = ['mode', 'workers', 'listeners.web.host', 'listeners.web.port', 'listeners.web.adminPort'];
    assert.deepEqual(line?.['facet.config.keys'], keys);
    const { waitForRestart, workers, configHash } = await statusOf(gateway);
    assert.deepEqual(waitForRestart, keys);
    assert.deepEqual(
      workers.map((worker) => worker.configHash),
      [configHash, configHash],
    );
    assert.equal((await new Asker(cleanup, url).ask()).status, 200);
    assert.equal(events(gateway, 'config.restart_needed').length, 1);
  });

  test('which cannot be used changes nothing, also for a worker that starts meanwhile', async () => {
    const { configHash } = await statusOf(gateway);
    const refused = () => events(gateway, 'config.refused').length;
    await write(gateway, '{ nonsense');
    await waitFor(() => refused() === 1, { what: 'the refusal of text' });
    // Well said, but a worker finds that its parts cannot be built.
    const upstreams = { users: { instances: [{ url: 'https://127.0.0.1:1' }], tls: { caFile: '/nowhere/ca.pem' } } };
    const broken = JSON.parse(gateway.configured({ ...config, journeys: { slowMs: 900 } })) as { upstreams: object };
    const users = { ...upstreams.users, credential: 'test-credential' };
    await write(gateway, JSON.stringify({ ...broken, upstreams: { ...broken.upstreams, users } }));
    await waitFor(() => refused() === 2, { what: () => `the refusal of parts:\n${gateway.process.output()}` });
    assert.equal(events(gateway, 'config.not_taken').length, 1, 'one worker tried it');

    const [victim = 0] = (await statusOf(gateway)).workers.map(({ pid }) => pid);
    signalProcess(victim, 'SIGKILL');
    const { workers } = await waitFor(
      async () => {
        const status = await statusOf(gateway);
        return (
          status.workers.length === 2 &&
          status.workers.every(({ pid, answered }) => answered && pid !== victim) &&
          status
        );
      },
      { what: 'another worker' },
    );
    assert.deepEqual(
      workers.map((worker) => worker.configHash),
      [configHash, configHash],
    );
    assert.equal((await new Asker(cleanup, gateway.url).ask()).status, 200);
  });

  test('is read again on SIGHUP to the primary, which alone hears it', async () => {
    const text = gateway.configured({ ...config, reload: { watchSeconds: 3_600 }, journeys: { slowMs: 950 } });
    const other = await startGateway(cleanup, 'web', { ...config, reload: { watchSeconds: 3_600 } });
    for (const pid of await pidsOf(other)) signalProcess(pid, 'SIGHUP');
    await write(other, text);
    signalProcess(other.process.pid, 'SIGHUP');
    await waitFor(() => events(other, 'config.changed').length === 2, { what: 'both workers' });
    assert.equal((await statusOf(other)).workers.length, 2);
    await other.process.kill('SIGTERM');
  });
});
