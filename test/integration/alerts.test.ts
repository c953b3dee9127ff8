import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { describe, test, type TestContext } from 'node:test';
import { alerts as section } from '../../src/config/sections/alerts.ts';
import { Alerts } from '../../src/telemetry/alerts.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { freePorts, waitFor } from '../support/processes.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

/** A receiver that answers with the given statuses in turn, then 202 as PagerDuty does. */
async function startReceiver(t: TestContext, port: number, statuses: number[] = []): Promise<readonly Received[]> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: JSON.parse(text) });
      const status = statuses.shift() ?? 202;
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"status":"success"}');
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => void server.closeAllConnections());
  t.after(() => void server.close());
  return received;
}

function start(t: TestContext, port: number, settings: object = {}) {
  const clock = new ManualClock(Date.parse('2026-11-21T12:00:00Z'));
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string): void => void lines.push(JSON.parse(line)) };
  const logger = createLogger({ level: 'info', base: {}, destination });
  const metrics = new Metrics();
  const config = section.parse({
    webhookUrl: `http://127.0.0.1:${port}/v2/enqueue`,
    routingKey: 'R0123',
    source: 'host-1',
    retryMs: 20,
    timeoutMs: 500,
    ...settings,
  });
  const alerts = new Alerts({ config, profile: 'shop', clock, logger, metrics });
  t.after(() => alerts.close());
  /** Seconds of traffic, 100 requests each, of which so many end with the status and code. */
  const pass = (seconds: number, rejections: number, status = 401, code = 'UNAUTHENTICATED'): void => {
    for (let i = 0; i < seconds; i++) {
      for (let j = 0; j < 100; j++)
        alerts.finished(j < rejections ? { status, codes: [code] } : { status: 200, codes: [] });
      clock.advance(1_000);
      alerts.evaluate();
    }
  };
  return { pass, lines, metrics, alerts };
}

async function freePort(): Promise<number> {
  return (await freePorts(1))[0] ?? 0;
}

describe('the alert on rejections', () => {
  test('rings once and is resolved once, under one key, in the shape of PagerDuty Events v2', async (t) => {
    const port = await freePort();
    const received = await startReceiver(t, port);
    const { pass } = start(t, port);
    pass(120, 10);
    pass(200, 0);
    await waitFor(() => received.length >= 2, { what: 'two events' });
    pass(100, 0);
    assert.deepEqual(
      received.map(({ body }) => body['event_action']),
      ['trigger', 'resolve'],
    );
    const [trigger, resolve] = received;
    assert.equal(trigger?.headers['content-type'], 'application/json');
    assert.deepEqual(trigger?.body, {
      routing_key: 'R0123',
      event_action: 'trigger',
      dedup_key: 'facet/shop/host-1/gateway-rejections',
      client: 'Facet',
      payload: {
        summary: 'The gateway for shop rejects 10 % of requests (10 of 100 in 60 s, alert above 5 %)',
        source: 'host-1',
        severity: 'error',
        timestamp: '2026-11-21T12:00:01.000Z',
        component: 'shop',
        group: 'facet',
        class: 'gateway-rejections',
        custom_details: { requests: 100, rejections: 10, percent: 10, windowSeconds: 60 },
      },
    });
    assert.equal(resolve?.body['dedup_key'], trigger?.body['dedup_key']);
  });

  for (const [status, code, counts] of [
    [401, 'UNAUTHENTICATED', true],
    [403, 'FORBIDDEN', true],
    [429, 'RATE_LIMITED', true],
    [503, 'OVERLOADED', true],
    [503, 'UPSTREAM_UNAVAILABLE', false],
    [503, 'AUTH_UNAVAILABLE', false],
    [400, 'GRAPHQL_VALIDATION_FAILED', false],
    [500, 'INTERNAL_SERVER_ERROR', false],
    [200, 'FORBIDDEN', false],
  ] as const) {
    test(`${status} ${code} ${counts ? 'is a rejection' : 'is none'}`, async (t) => {
      const { pass, lines } = start(t, await freePort());
      pass(2, 50, status, code);
      assert.equal(
        lines.some((line) => line['event.action'] === 'alert.trigger'),
        counts,
      );
    });
  }

  test('reaches a receiver that was down, in order, once it is up', async (t) => {
    const port = await freePort();
    const { pass, lines, metrics } = start(t, port);
    pass(10, 50);
    pass(200, 0);
    await waitFor(() => lines.some((line) => line['event.action'] === 'alert.undelivered'), {
      what: 'the first failure',
    });
    const received = await startReceiver(t, port, [500, 429]);
    await waitFor(() => received.length >= 4, { what: 'both events' });
    assert.deepEqual(
      received.map(({ body }) => body['event_action']),
      ['trigger', 'trigger', 'trigger', 'resolve'],
    );
    assert.match(await metrics.expose(), /facet_alert_deliveries_total\{outcome="delivered"\} 2/);
    assert.equal(
      lines.filter((line) => line['event.action'] === 'alert.undelivered').length,
      1,
      'one line, not one a retry',
    );
  });

  test('is not repeated at a receiver that refuses it for good', async (t) => {
    const port = await freePort();
    const received = await startReceiver(t, port, [400]);
    const { pass, lines } = start(t, port);
    pass(10, 50);
    await waitFor(() => lines.some((line) => line['event.action'] === 'alert.refused'), { what: 'the refusal' });
    pass(200, 0);
    await waitFor(() => received.length === 2, { what: 'the resolution' });
  });

  test('only writes its log line where no receiver is configured', async (t) => {
    const { pass, lines, metrics } = start(t, 0, { webhookUrl: undefined });
    pass(10, 50);
    assert.ok(lines.some((line) => line['event.action'] === 'alert.trigger'));
    assert.match(await metrics.expose(), /facet_rejection_alert_active 1/);
  });
});
