import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { MergedStatus } from '../../src/admin/merged-status.ts';
import { signWebhook } from '../../src/lib/standard-webhook.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { signalProcess, suiteCleanup, waitFor } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { serviceCredentials } from '../support/reference-services.ts';
import { signIn } from '../support/signed-in.ts';

const secret = serviceCredentials.webhookSecret;

describe('what services tell several workers', () => {
  const cleanup = suiteCleanup(after);
  let lastId = 0;

  async function start(config: Readonly<Record<string, unknown>> = {}) {
    const { auth, authorization } = await signIn(cleanup, 'web');
    const service = { instances: [{ url: 'http://127.0.0.1:1' }], credential: 'test-credential' };
    const upstreams = { users: { ...service, webhookSecret: secret }, orders: service, payments: service };
    const base = { mode: 'demo', workers: 2, drain: { delayMs: 0 }, auth, upstreams };
    const gateway = await startGateway(cleanup, 'web', { ...base, ...config });
    /** The statuses of so many requests, each on a connection of its own. */
    const statuses = async (times = 12): Promise<number[]> => {
      const headers = { authorization, 'content-type': 'application/json', 'x-facet-csrf': '1', connection: 'close' };
      const body = '{"query":"{ __typename }"}';
      const answers = Array.from({ length: times }, () => fetch(gateway.url, { method: 'POST', headers, body }));
      const read = await Promise.all(
        answers.map(async (one) => (await one).text().then(async () => (await one).status)),
      );
      return [...new Set(read)];
    };
    return { gateway, statuses };
  }

  async function tell({ adminUrl }: RunningGateway, status: string, version: number): Promise<number> {
    const id = `msg_${++lastId}`;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const body = JSON.stringify({
      type: 'user.updated',
      timestamp: '2026-11-21T12:00:00Z',
      data: { id: 'usr_1', status, version },
    });
    const signed = {
      'webhook-timestamp': timestamp,
      'webhook-signature': signWebhook(secret, id, timestamp, Buffer.from(body)),
    };
    const headers = { 'content-type': 'application/json', 'webhook-id': id, ...signed };
    return (await fetch(`${adminUrl}/webhooks/users`, { method: 'POST', headers, body })).status;
  }

  test('a closed account is refused by each of them without Redis, also by one that starts later', async () => {
    const { gateway, statuses } = await start();
    assert.deepEqual(await statuses(), [200]);
    assert.equal(await tell(gateway, 'suspended', 2_000), 204);
    assert.deepEqual(await statuses(), [403]);
    const workers = async () => ((await (await fetch(`${gateway.adminUrl}/status`)).json()) as MergedStatus).workers;
    const [victim] = await workers();
    signalProcess(victim?.pid, 'SIGKILL');
    await waitFor(
      async () => {
        const alive = await workers();
        return alive.length === 2 && alive.every(({ pid, answered }) => answered && pid !== victim?.pid);
      },
      { what: 'another worker', timeoutMs: 20_000 },
    );
    assert.deepEqual(await statuses(), [403]);
    assert.equal(await tell(gateway, 'active', 2_001), 204);
    assert.deepEqual(await statuses(), [200]);
    await gateway.process.kill();
  });

  test('a late event changes nothing, whichever of them takes it', async () => {
    const redis = await startRedis(cleanup);
    const { gateway, statuses } = await start({ redis: { url: redis.url, commandTimeoutMs: 1_000 } });
    await waitFor(
      async () => /facet_redis_available 1/.test(await (await fetch(`${gateway.adminUrl}/metrics`)).text()),
      {
        what: 'Redis to be in use',
      },
    );
    // With Redis one of them takes a message; which, is a race.
    for (let version = 100; version < 110; version++) {
      const [now, then] = version % 2 === 0 ? (['suspended', 'active'] as const) : (['active', 'suspended'] as const);
      const [expected, other] = now === 'suspended' ? [403, 200] : [200, 403];
      assert.equal(await tell(gateway, now, version * 10), 204);
      await waitFor(async () => (await statuses()).join() === String(expected), { what: `${now} everywhere` });
      assert.equal(await tell(gateway, then, version * 10 - 1), 204);
      assert.ok(!(await statuses()).includes(other), 'a late event was obeyed');
    }
    await gateway.process.kill();
  });
});
