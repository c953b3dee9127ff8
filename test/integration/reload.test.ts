import assert from 'node:assert/strict';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { mintApiKey } from '../../src/auth/api-key.ts';
import { signAdminToken } from '../../src/auth/admin-token.ts';
import { rawSend } from '../support/raw-http.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { signalProcess, suiteCleanup, waitFor } from '../support/processes.ts';

const cleanup = suiteCleanup(after);
const adminSecret = 'a-secret-for-tests-of-at-least-32-characters';
const [first, second] = [mintApiKey(), mintApiKey()];

/** A service that has nothing and counts who asks. */
async function emptyService(): Promise<{ readonly url: string; readonly asked: () => number }> {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    const problem = { type: 'about:blank', title: 'Not Found', status: 404, code: 'ORDER_NOT_FOUND' };
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

describe('a configuration that changes under a running process', () => {
  let gateway: RunningGateway;
  let one: Awaited<ReturnType<typeof emptyService>>;
  let other: Awaited<ReturnType<typeof emptyService>>;

  const staticKey = ({ id, hash }: { id: string; hash: string }) => ({
    id,
    hash,
    consumer: 'tests',
    role: 'support',
    tier: 'pro',
  });
  const base = {
    mode: 'development',
    drain: { delayMs: 0 },
    auth: { apiKeys: { static: [staticKey(first)] } },
    reload: { watchSeconds: 0.05 },
    admin: { secret: adminSecret },
  };
  const limits = (pro: number) => ({
    rateLimit: {
      tiers: {
        free: { requestsPerMinute: 60, costPerMinute: 10_000 },
        anonymous: { requestsPerMinute: 30, costPerMinute: 5_000 },
        pro: { requestsPerMinute: pro, costPerMinute: 100_000_000 },
      },
      burst: { requests: 1_000_000 },
    },
  });
  const orders = (...instances: object[]) => ({
    upstreams: Object.fromEntries(
      ['users', 'orders', 'payments'].map((name) => [
        name,
        { instances: name === 'orders' ? instances : [{ url: 'http://127.0.0.1:1' }], credential: 'test-credential' },
      ]),
    ),
  });

  before(async () => {
    [one, other] = [await emptyService(), await emptyService()];
    gateway = await startGateway(cleanup, 'web', { ...base, ...limits(100_000), ...orders({ url: one.url }) });
  });

  async function ask(key = first.text, query = '{ __typename }') {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-facet-csrf': '1', 'x-api-key': key },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  const events = (name: string) => gateway.lines().filter((line) => line['event.action'] === name);

  /** Writes the file and waits until the process has said what it makes of it. */
  async function write(text: string, outcome = 'config.changed'): Promise<void> {
    const told = events(outcome).length;
    // Whole at once: a signal may have it read at any moment.
    writeFileSync(`${gateway.configFile}.new`, text);
    renameSync(`${gateway.configFile}.new`, gateway.configFile);
    await waitFor(() => events(outcome).length > told, { what: () => `${outcome}:\n${gateway.process.output()}` });
  }

  test('limits follow, and what was counted stays counted', async () => {
    const { headers } = await ask();
    assert.equal(headers.get('x-ratelimit-limit'), '100000');
    const used = 100_000 - Number(headers.get('x-ratelimit-remaining'));
    await write(gateway.configured({ ...base, ...limits(500), ...orders({ url: one.url }) }));
    const changed = (await ask()).headers;
    assert.equal(changed.get('x-ratelimit-limit'), '500');
    assert.equal(changed.get('x-ratelimit-remaining'), String(500 - used - 1));
  });

  test('the line says which version came after which, and the metrics which is in use', async () => {
    const line = events('config.changed').at(-1);
    const hash = String(line?.['facet.config.hash']);
    assert.match(hash, /^[0-9a-f]{12}$/);
    assert.notEqual(hash, line?.['facet.config.previous_hash']);
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    assert.deepEqual(metrics.match(/facet_build_info\{.*?config="(\w+)"/g)?.length, 1);
    assert.ok(metrics.includes(`config="${hash}"`));
  });

  test('keys follow', async () => {
    assert.equal((await ask(second.text)).status, 401);
    const auth = { apiKeys: { static: [staticKey(second)] } };
    await write(gateway.configured({ ...base, auth, ...limits(100_000), ...orders({ url: one.url }) }));
    assert.equal((await ask(second.text)).status, 200);
    assert.equal((await ask(first.text)).status, 401);
    await write(gateway.configured({ ...base, ...limits(100_000), ...orders({ url: one.url }) }));
    assert.equal((await ask(first.text)).status, 200);
  });

  test('instances and weights follow', async () => {
    const query = (index: number): string => `{ order(id: "ord_${String(index).padStart(26, '0')}") { id } }`;
    await ask(first.text, query(1));
    await waitFor(async () => (await ask(first.text, query(2))) && one.asked() > 0, { what: 'the first instance' });
    const instances = [
      { url: one.url, weight: 1 },
      { url: other.url, weight: 3 },
    ];
    await write(gateway.configured({ ...base, ...limits(100_000), ...orders(...instances) }));
    const [oneBefore, otherBefore] = [one.asked(), other.asked()];
    for (let index = 0; index < 100; index++) await ask(first.text, query(index));
    const [toOne, toOther] = [one.asked() - oneBefore, other.asked() - otherBefore];
    assert.equal(toOne + toOther, 100);
    // Drawn at random: 25 on average, and outside of this once in fifty thousand runs.
    assert.ok(toOne >= 8 && toOne <= 44, `${toOne} of 100 by weight 1 of 4`);
  });

  test('a broken file changes nothing and is told once, with what is wrong with it', async () => {
    await write('version: 1\nlisteners: {', 'config.refused');
    await write(gateway.configured({ ...base, nonsense: true, listeners: {} }), 'config.refused');
    const problems = events('config.refused').at(-1)?.['facet.config.problems'] as { path: string }[];
    assert.ok(problems.some(({ path }) => path === 'nonsense'));
    assert.equal((await ask()).status, 200);
    const told = events('config.refused').length;
    signalProcess(gateway.process.pid, 'SIGHUP');
    signalProcess(gateway.process.pid, 'SIGHUP');
    await write(gateway.configured({ ...base, ...limits(777), ...orders({ url: one.url }) }));
    assert.equal(events('config.refused').length, told);
    assert.equal((await ask()).headers.get('x-ratelimit-limit'), '777');
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    assert.match(metrics, /facet_config_reloads_total\{outcome="refused"\} 2\n/);
  });

  async function waitForRestart(): Promise<unknown> {
    const token = await signAdminToken(adminSecret, { actor: 'ada', scope: 'read' }, 60, Date.now());
    const status = await fetch(`${gateway.adminUrl}/status`, { headers: { authorization: `Bearer ${token}` } });
    return ((await status.json()) as Record<string, unknown>)['waitForRestart'];
  }

  test('what is only read at start is named, in the log and in /status, and stays as it was', async () => {
    const listeners = { web: { port: 1, adminPort: 0 } };
    const asked = { ...base, ...orders({ url: one.url }), mode: 'production' };
    await write(gateway.configured({ ...asked, ...limits(778), listeners }));
    await waitFor(() => events('config.restart_needed').length === 1, { what: 'a warning' });
    const keys = ['mode', 'listeners.web.port'];
    assert.deepEqual(events('config.restart_needed').at(-1)?.['facet.config.keys'], keys);
    assert.deepEqual(await waitForRestart(), keys);
    assert.equal(
      (await ask(first.text, '{ __schema { queryType { name } } }')).status,
      200,
      'mode is still development',
    );
    await write(gateway.configured({ ...asked, ...limits(779), listeners }));
    assert.equal(events('config.restart_needed').length, 1, 'told once');
    await write(gateway.configured({ ...base, ...limits(778), ...orders({ url: one.url }) }));
    assert.deepEqual(await waitForRestart(), []);
  });

  test('the limits of the listener follow', async () => {
    const slow = ['GET /graphql HTTP/1.1\r\nHost: a\r\nX-Slow: '];
    const patient = await rawSend(gateway.url, slow, 2_500);
    assert.equal(patient.text, '', 'ten seconds is the default');
    const listeners = { web: { port: 0, adminPort: 0, headersTimeoutMs: 1_000, keepAliveTimeoutMs: 7_000 } };
    await write(gateway.configured({ ...base, ...limits(778), ...orders({ url: one.url }), listeners }));
    assert.equal((await ask()).headers.get('keep-alive'), 'timeout=7');
    assert.equal((await rawSend(gateway.url, slow, 4_000)).status, 408);
  });

  test('the time between looks at the file follows, and a signal waits for none', async () => {
    const reload = { watchSeconds: 3_600 };
    await write(gateway.configured({ ...base, ...limits(780), ...orders({ url: one.url }), reload }));
    writeFileSync(gateway.configFile, gateway.configured({ ...base, ...limits(781), ...orders({ url: one.url }) }));
    signalProcess(gateway.process.pid, 'SIGHUP');
    await waitFor(async () => (await ask()).headers.get('x-ratelimit-limit') === '781', { what: 'what the file says' });
    await write(gateway.configured({ ...base, ...limits(782), ...orders({ url: one.url }) }));
  });

  test('twenty changes under load fail no request', async () => {
    await write(gateway.configured({ ...base, ...limits(200_000), ...orders({ url: one.url }) }));
    const over = new AbortController();
    const statuses = new Map<number, number>();
    const caller = async (): Promise<void> => {
      for (let index = 0; !over.signal.aborted; index++) {
        const { status } = await ask(first.text, index % 2 ? '{ __typename }' : '{ order(id: "ord_1") { id } }');
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const callers = Array.from({ length: 4 }, caller);
    for (let change = 1; change <= 20; change++)
      await write(
        gateway.configured({
          ...base,
          ...limits(200_000 + change),
          ...orders({ url: change % 2 ? other.url : one.url }),
        }),
      );
    over.abort();
    await Promise.all(callers);
    assert.deepEqual([...statuses.keys()], [200]);
    assert.ok((statuses.get(200) ?? 0) > 50, `${statuses.get(200)} requests`);
    assert.deepEqual(
      gateway.lines().filter((line) => line['log.level'] === 'error' && !line['facet.config.problems']),
      [],
    );
    assert.deepEqual(await gateway.process.kill('SIGTERM'), { code: 0, signal: null });
  });
});
