import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { settledPairs } from '../support/access-lines.ts';
import { Asker } from '../support/ask.ts';
import { Balancer } from '../support/balancer.ts';
import { respond, startFaultUpstream } from '../support/fault-upstream.ts';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { signIn } from '../support/signed-in.ts';

const unlimited = {
  burst: { exempt: ['127.0.0.0/8'] },
  tiers: {
    free: { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 },
    anonymous: { requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 },
  },
};

describe('a process that leaves', () => {
  const cleanup = suiteCleanup(after);

  test('loses no request of a rolling restart under load', async () => {
    // Shedding has a test of its own, and a machine that runs many tests is late.
    const config = { rateLimit: unlimited, drain: { delayMs: 1_000 }, overload: { maxEventLoopDelayMs: 5_000 } };
    const start = () => startGateway(cleanup, 'web', config);
    const gateways = [await start(), await start()];
    const balancer = new Balancer(cleanup);
    const watching = balancer.watch(gateways);
    const callers = Array.from({ length: 20 }, () => balancer.call());
    for (let turn = 0; turn < 2; turn++) {
      const answered = balancer.answered;
      await waitFor(() => balancer.answered > answered + 200, { what: 'some load' });
      gateways.push(await start());
      const [oldest] = gateways;
      assert.deepEqual(await oldest?.process.kill('SIGTERM'), { code: 0, signal: null });
      gateways.shift();
    }
    const answered = balancer.answered;
    await waitFor(() => balancer.answered > answered + 200, { what: 'load after the restart' });
    balancer.stopped = true;
    await Promise.all([watching, ...callers]);
    assert.deepEqual(balancer.failed, []);
  });

  test('is unready at once, serves on while it tells every caller to go, then ends', async () => {
    const gateway = await startGateway(cleanup, 'web', { drain: { delayMs: 1_000 } });
    const asker = new Asker(cleanup, gateway.url);
    assert.equal((await asker.ask()).headers.connection, 'keep-alive');
    const ended = gateway.process.kill('SIGTERM');
    const probe = await waitFor(
      async () => {
        const answer = await fetch(new URL('/readyz', gateway.url));
        return answer.status === 503 && ((await answer.json()) as { status: string });
      },
      { what: 'readiness to fall', timeoutMs: 300 },
    );
    assert.deepEqual(probe, { status: 'draining' });
    const { status, headers } = await asker.ask();
    assert.deepEqual([status, headers.connection], [200, 'close']);
    assert.deepEqual(await ended, { code: 0, signal: null });
    await settledPairs(gateway, 2);
  });

  test('lets what is in flight finish, and cuts what takes longer than the grace', async () => {
    const slow = await startFaultUpstream(respond.after(700, respond.json({ code: 'not_found' }, { status: 404 })));
    cleanup.after(() => slow.close());
    const { auth, authorization } = await signIn(cleanup, 'web');
    const service = { instances: [{ url: slow.url }], credential: 'test-credential', readTimeoutMs: 4_000 };
    const upstreams = { users: service, orders: service, payments: service };
    const ask = async (graceMs: number) => {
      const gateway = await startGateway(cleanup, 'web', { auth, upstreams, drain: { delayMs: 0, graceMs } });
      const asked = slow.requests.length;
      const answer = new Asker(cleanup, gateway.url, { authorization }).ask('{ order(id: "ord_1") { id } }').then(
        ({ status }) => status,
        () => 'cut',
      );
      await waitFor(() => slow.requests.length > asked, { what: 'the call to the service' });
      const exit = await gateway.process.kill('SIGTERM');
      const [pair] = await settledPairs(gateway, 1);
      return { answer: await answer, exit, outcome: pair?.completed['facet.outcome'] };
    };
    const patient = await ask(5_000);
    assert.deepEqual([patient.answer, patient.exit], [200, { code: 0, signal: null }]);
    const hasty = await ask(100);
    assert.deepEqual([hasty.answer, hasty.exit, hasty.outcome], ['cut', { code: 0, signal: null }, 'aborted']);
  });

  test('ends at once at the second signal', async () => {
    const gateway = await startGateway(cleanup, 'web', { drain: { delayMs: 60_000 } });
    void gateway.process.kill('SIGTERM');
    await waitFor(async () => (await fetch(new URL('/readyz', gateway.url))).status === 503, { what: 'the drain' });
    const startMs = performance.now();
    assert.deepEqual(await gateway.process.kill('SIGTERM'), { code: 1, signal: null });
    assert.ok(performance.now() - startMs < 1_000);
  });
});
