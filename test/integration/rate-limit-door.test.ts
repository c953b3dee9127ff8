import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { mintApiKey } from '../../src/auth/api-key.ts';
import { ApiKeyStore } from '../../src/auth/api-key-store.ts';
import { OverrideStore } from '../../src/rate-limit/override-store.ts';
import { Asker, type Reply } from '../support/ask.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { freePorts, suiteCleanup, waitFor } from '../support/processes.ts';
import { connectTestRedis } from '../support/redis-client.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const passed = (replies: readonly Reply[]): number => replies.filter(({ status }) => status === 200).length;

describe('limits at the door of two real processes with one Redis', () => {
  const cleanup = suiteCleanup(after);
  let redis: TestRedis;
  let one: RunningGateway;
  let two: RunningGateway;
  let reports: RunningGateway;
  let client: Awaited<ReturnType<typeof connectTestRedis>>['client'];

  before(async () => {
    redis = await startRedis(cleanup);
    ({ client } = await connectTestRedis(cleanup, redis.url, { commandTimeoutMs: 1_000 }));
    const config = {
      // A busy machine shall not make these tests local.
      redis: { url: redis.url, commandTimeoutMs: 1_000 },
      rateLimit: { addresses: { deny: ['127.0.0.66'] } },
      clients: { shop: { minimumVersion: '1.0.0' } },
    };
    [one, two, reports] = await Promise.all([
      startGateway(cleanup, 'web', config, { trustProxy: ['127.0.0.5'] }),
      startGateway(cleanup, 'web', config),
      startGateway(cleanup, 'web', { ...config, enforcement: { limits: { mode: 'report' } } }),
    ]);
  });

  async function newKey(tier: string): Promise<{ id: string; headers: Record<string, string> }> {
    const { id, text, hash } = mintApiKey();
    const times = { createdAt: Date.now(), expiresAt: Date.now() + 600_000, revokedAt: undefined };
    const record = { id, hash, consumer: 'x', role: 'service', tier, scopes: [], bffs: [], ...times } as const;
    await new ApiKeyStore(client).create(record);
    return { id, headers: { 'x-api-key': text } };
  }

  test('30 anonymous requests a minute pass for one client and address, whichever process they meet', async () => {
    const [here, there] = [one, two].map(({ url }) => new Asker(cleanup, url, {}, '127.0.1.1'));
    const replies = await Promise.all([here?.askMany(25) ?? [], there?.askMany(25) ?? []]);
    assert.equal(passed(replies.flat()), 30);
    assert.equal(passed(await new Asker(cleanup, one.url, {}, '127.0.1.2').askMany(1)), 1, 'another address is free');
    const shop = { 'apollographql-client-name': 'shop', 'apollographql-client-version': '2.0.0' };
    assert.equal(passed(await new Asker(cleanup, one.url, shop, '127.0.1.1').askMany(1)), 1, 'another client is free');
  });

  test('success says what is left; the 429 says what, how much and when', async () => {
    const { headers } = await newKey('free');
    const asker = new Asker(cleanup, one.url, headers, '127.0.2.1');
    const first = await asker.ask();
    assert.equal(first.status, 200);
    assert.equal(first.headers['x-ratelimit-limit'], '60');
    assert.equal(first.headers['x-ratelimit-remaining'], '59');
    assert.equal(first.headers['x-ratelimit-reset'], '60');
    assert.match(String(first.headers['ratelimit']), /^"consumer";r=59;t=60, "cost";r=\d+;t=\d+$/);
    assert.match(String(first.headers['ratelimit-policy']), /^"consumer";q=60;w=60, "cost";q=10000;w=60$/);
    assert.equal(first.headers['retry-after'], undefined);

    const rest = await asker.askMany(70);
    assert.equal(passed(rest), 59);
    const refused = rest.find(({ status }) => status === 429);
    const extensions = refused?.body.errors?.[0]?.extensions;
    assert.equal(extensions?.['code'], 'RATE_LIMITED');
    assert.deepEqual([extensions?.['limit'], extensions?.['remaining']], [60, 0]);
    for (const name of ['reset', 'retryAfter']) {
      const seconds = Number(extensions?.[name]);
      assert.ok(seconds > 50 && seconds <= 60, `${name} ${seconds}`);
    }
    assert.match(String(extensions?.['correlationId']), /^[0-9a-f-]{36}$/);
    assert.equal(refused?.headers['x-ratelimit-remaining'], '0');
    assert.equal(refused?.headers['retry-after'], String(extensions?.['retryAfter']));
  });

  test('an exhausted consumer is refused before its body is read', async () => {
    const { headers } = await newKey('free');
    const asker = new Asker(cleanup, one.url, headers, '127.0.2.2');
    await asker.askMany(61);
    assert.equal(await asker.announce(), 429);
  });

  test('500 requests of one address pass in ten seconds, whatever its tier', async () => {
    const { headers } = await newKey('enterprise');
    const replies = await new Asker(cleanup, one.url, headers, '127.0.3.1').askMany(520);
    assert.ok(passed(replies) >= 500 && passed(replies) < 520, `${passed(replies)}`);
    const refused = replies.find(({ status }) => status === 429);
    assert.equal(refused?.body.errors?.[0]?.extensions['quota'], 'burst');
  });

  test('a denied address gets 403 and nothing else', async () => {
    const reply = await new Asker(cleanup, one.url, {}, '127.0.0.66').ask();
    assert.deepEqual([reply.status, reply.body.errors?.[0]?.extensions['code']], [403, 'FORBIDDEN']);
  });

  test('X-Forwarded-For is believed from a trusted proxy and from nobody else', async () => {
    const proxied = new Asker(cleanup, one.url, {}, '127.0.0.5');
    const liar = new Asker(cleanup, one.url, {}, '127.0.4.1');
    const denied = { 'x-forwarded-for': '198.51.100.1, 127.0.0.66' };
    assert.equal((await proxied.ask(undefined, denied)).status, 403);
    assert.equal((await proxied.ask(undefined, { 'x-forwarded-for': '127.0.0.66, 198.51.100.1' })).status, 200);
    assert.equal((await liar.ask(undefined, denied)).status, 200);
    const isOfThat = (line: Record<string, unknown>) =>
      line['event.action'] === 'received' && line['source.ip'] === '198.51.100.1';
    await waitFor(() => one.lines().find(isOfThat), { what: 'the line with the address that the proxy wrote' });
  });

  test('an operator’s block reaches both processes within a second', async () => {
    const { id, headers } = await newKey('pro');
    const askers = [one, two].map(({ url }) => new Asker(cleanup, url, headers, '127.0.5.1'));
    for (const asker of askers) assert.equal((await asker.ask()).status, 200);
    const since = Date.now();
    const why = { actor: 'ada', reason: 'a test', since, until: since + 60_000, requestsPerMinute: 0 };
    await new OverrideStore(client).put({ consumer: `key:${id}`, action: 'block', ...why }, since);
    for (const asker of askers) {
      await waitFor(async () => (await asker.ask()).status === 429, { what: 'the block', timeoutMs: 1_000 });
      assert.equal((await asker.ask()).body.errors?.[0]?.extensions['quota'], 'blocked');
    }
    await waitFor(() => one.lines().some((line) => line['event.action'] === 'consumer.block'), {
      what: 'the audit line',
    });
  });

  test('in report mode the request passes, and the refusal is logged and counted', async () => {
    const { headers } = await newKey('free');
    const replies = await new Asker(cleanup, reports.url, headers, '127.0.6.1').askMany(70);
    assert.equal(passed(replies), 70);
    const metrics = await (await fetch(`${reports.adminUrl}/metrics`)).text();
    const pattern = /facet_reported_refusals_total\{decision="limits",code="RATE_LIMITED",reason="consumer"\} (\d+)/;
    assert.equal(pattern.exec(metrics)?.[1], '10');
  });

  test('Redis killed under traffic fails nothing, and its return is noticed', async () => {
    const { headers } = await newKey('enterprise');
    const asker = new Asker(cleanup, two.url, headers, '127.0.7.1');
    assert.equal((await asker.ask()).status, 200);
    const events = (): unknown[] => two.lines().map((line) => line['event.action']);
    await redis.kill();
    assert.equal(passed(await asker.askMany(64)), 64);
    await waitFor(() => events().includes('redis.lost'), { what: 'the one line' });
    await redis.restart();
    await waitFor(
      () => events().at(-1) !== 'redis.lost' && events().filter((e) => e === 'redis.available').length === 2,
      {
        what: 'Redis to be used again',
      },
    );
    // It came back empty, so the old key is gone with it.
    await waitFor(() => client.available, { what: 'our own connection' });
    const later = new Asker(cleanup, two.url, (await newKey('enterprise')).headers, '127.0.7.2');
    assert.equal(passed(await later.askMany(64)), 64);
    assert.equal(events().filter((event) => event === 'redis.lost').length, 1);
  });
});

test('a receiver of alerts that is down costs no request; once it is up it hears of the rejections', async (t) => {
  const [port = 0] = await freePorts(1);
  const alerts = { webhookUrl: `http://127.0.0.1:${port}/v2/enqueue`, routingKey: 'R0', retryMs: 100 };
  const rateLimit = { burst: { exempt: ['127.0.0.0/8'] } };
  const gateway = await startGateway(t, 'web', { alerts, rateLimit });
  const good = new Asker(t, gateway.url);
  const bad = new Asker(t, gateway.url, { authorization: 'Bearer nonsense' });
  const rejected = await bad.askMany(110);
  assert.ok(rejected.every(({ status }) => status === 401));
  await waitFor(() => gateway.lines().some((line) => line['event.action'] === 'alert.undelivered'), {
    what: 'a failed delivery',
  });
  assert.equal(passed(await good.askMany(10)), 10);

  const events: Record<string, unknown>[] = [];
  const receiver = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => (events.push(JSON.parse(text)), response.writeHead(202).end('{}')));
  });
  receiver.listen(port, '127.0.0.1');
  await once(receiver, 'listening');
  t.after(() => (receiver.closeAllConnections(), receiver.close(), undefined));
  await waitFor(() => events.length > 0, { what: 'the alert' });
  assert.equal(events[0]?.['event_action'], 'trigger');
  assert.match(String(events[0]?.['dedup_key']), /gateway-rejections$/);
});
