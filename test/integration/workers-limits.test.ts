import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { mintApiKey } from '../../src/auth/api-key.ts';
import type { MergedStatus } from '../../src/admin/merged-status.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { signalProcess, suiteCleanup, waitFor } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const key = mintApiKey();

describe('limits of two workers', () => {
  const cleanup = suiteCleanup(after);
  let redis: TestRedis;
  let gateway: RunningGateway;
  const limit = 1_000;
  const alerts: string[] = [];

  before(async () => {
    redis = await startRedis(cleanup);
    const receiver = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        alerts.push((JSON.parse(text) as { event_action: string }).event_action);
        response.writeHead(202).end();
      });
    }).listen(0, '127.0.0.1');
    cleanup.after(() => (receiver.closeAllConnections(), receiver.close(), undefined));
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    gateway = await startGateway(cleanup, 'web', {
      mode: 'demo',
      workers: 2,
      drain: { delayMs: 0 },
      alerts: { webhookUrl: `http://127.0.0.1:${port}/v2/enqueue`, routingKey: 'R0' },
      // A busy machine must not be taken for a lost Redis.
      redis: { url: redis.url, commandTimeoutMs: 1_000 },
      auth: { apiKeys: { static: [{ id: key.id, hash: key.hash, consumer: 'tests', tier: 'pro' }] } },
      rateLimit: {
        tiers: {
          free: { requestsPerMinute: 60, costPerMinute: 10_000 },
          anonymous: { requestsPerMinute: 30, costPerMinute: 5_000 },
          pro: { requestsPerMinute: limit, costPerMinute: 1_000_000 },
        },
      },
    });
    await counted('everywhere');
  });

  async function ask(apiKey = key.text) {
    const response = await fetch(gateway.url, {
      method: 'POST',
      // A connection of its own, so that the workers take turns.
      headers: { 'content-type': 'application/json', 'x-facet-csrf': '1', 'x-api-key': apiKey, connection: 'close' },
      body: '{"query":"{ __typename }"}',
    });
    await response.text();
    const header = (name: string): number => Number(response.headers.get(name));
    return { status: response.status, limit: header('x-ratelimit-limit'), remaining: header('x-ratelimit-remaining') };
  }

  const status = async () => (await (await fetch(`${gateway.adminUrl}/status`)).json()) as MergedStatus;

  async function counted(by: MergedStatus['limits']['counted'], instances = 2): Promise<void> {
    await waitFor(
      async () => {
        const { limits } = await status();
        return limits.counted === by && limits.instances === instances;
      },
      { what: `limits to be counted ${by}` },
    );
  }

  test('are shared through Redis, where each worker is an instance', async () => {
    const first = await ask();
    for (let index = 1; index <= 10; index++)
      assert.deepEqual(await ask(), { status: 200, limit, remaining: first.remaining - index });
  });

  test('ring once for all of them when many requests are rejected, few by each', async () => {
    await Promise.all(Array.from({ length: 120 }, () => ask('fct_nobody')));
    await waitFor(() => alerts.length > 0, { what: 'the alert' });
    assert.deepEqual((await status()).alerts, { rejections: 'open' });
    const pids = gateway.lines().flatMap((line) => (line['event.action'] === 'completed' ? [line['process.pid']] : []));
    for (const pid of new Set(pids))
      assert.ok(pids.filter((each) => each === pid).length < 100, 'none of them saw enough alone');
    assert.deepEqual(alerts, ['trigger']);
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    assert.deepEqual(metrics.match(/^facet_rejection_alert_active .*$/gm), ['facet_rejection_alert_active 1']);
  });

  test('are counted in the primary while Redis is lost, whole, and none of them twice over', async () => {
    await redis.kill();
    await counted('machine');
    const first = await ask();
    assert.equal(first.limit, limit);
    for (let index = 1; index <= 10; index++)
      assert.deepEqual(await ask(), { status: 200, limit, remaining: first.remaining - index });
  });

  test('hold with a primary that does not answer, as a part for each worker', async () => {
    signalProcess(gateway.process.pid, 'SIGSTOP');
    try {
      const answers = [];
      for (let index = 0; index < 10; index++) answers.push(await ask());
      assert.deepEqual(
        answers.map((answer) => [answer.status, answer.limit]),
        answers.map(() => [200, limit / 2]),
      );
    } finally {
      signalProcess(gateway.process.pid, 'SIGCONT');
    }
    await waitFor(async () => (await ask()).limit === limit, { what: 'the primary to count again' });
  });
});
