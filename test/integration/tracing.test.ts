import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { registerHooks } from 'node:module';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { tracing as section } from '../../src/config/sections/tracing.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { createTracing } from '../../src/telemetry/tracing.ts';
import { type CollectedSpan, startOtlpCollector } from '../support/otlp-collector.ts';
import { type Cleanup, suiteCleanup, waitFor } from '../support/processes.ts';
import { type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

const query = '{ viewer { displayName orders(first: 2) { nodes { number } } } }';
const traceId = '0af7651916cd43dd8448eb211c80319c';
const callerSpan = 'b7ad6b7169203331';
/** Traced by the caller, who has no say in whether we trace it. */
const headers = { traceparent: `00-${traceId}-${callerSpan}-01` };

/** A proxy that writes down the `traceparent` of every attempt. */
async function listen(cleanup: Cleanup, target: string, seen: (string | undefined)[]): Promise<string> {
  const server = createServer((incoming, response) => {
    if (incoming.url?.startsWith('/v1')) seen.push([incoming.headers['traceparent']].flat()[0]);
    const { method = 'GET', url = '', headers: sent } = incoming;
    const outgoing = httpRequest(`${target}${url}`, { method, headers: sent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function startWorld(cleanup: Cleanup, tracing: object, seen: (string | undefined)[]): Promise<ScreenWorld> {
  const through = (_service: string, target: { readonly url: string }) => listen(cleanup, target.url, seen);
  return startScreenWorld(cleanup, 'web', {
    through,
    config: { tracing, drain: { delayMs: 0 } },
    upstream: { retry: { maxRetries: 0 } },
  });
}

describe('a traced request', () => {
  const cleanup = suiteCleanup(after);
  const seen: (string | undefined)[] = [];
  let spans: readonly CollectedSpan[];
  let correlationId: string | null;

  before(async () => {
    const collector = await startOtlpCollector(cleanup);
    const world = await startWorld(cleanup, { otlpUrl: collector.url, sampleRatio: 1 }, seen);
    correlationId = (await world.ask(query, {}, { headers })).headers.get('x-correlation-id');
    spans = await waitFor(
      () =>
        collector.spans.some(({ kind }) => kind === 2) && collector.spans.filter((span) => span.traceId === traceId),
      { what: 'spans to arrive', timeoutMs: 20_000 },
    );
  });

  const byId = (id: string | undefined) => spans.find(({ spanId }) => spanId === id);

  test('hangs under its caller’s span and names the process', () => {
    const root = spans.find(({ kind }) => kind === 2);
    assert.equal(root?.parentSpanId, callerSpan);
    assert.equal(root?.service, 'bff-web');
    assert.ok(correlationId);
  });

  test('has a span for each stage, loader or call, and attempt, each under what holds it', () => {
    const root = spans.find(({ kind }) => kind === 2);
    const names = spans.map(({ name }) => name);
    for (const stage of ['authenticate', 'decode', 'prepare', 'charge', 'execute', 'respond'])
      assert.equal(spans.find(({ name }) => name === stage)?.parentSpanId, root?.spanId, stage);
    const attempts = spans.filter(({ kind }) => kind === 3);
    assert.ok(attempts.length >= 2, names.join(', '));
    for (const attempt of attempts) {
      const call = byId(attempt.parentSpanId);
      assert.equal(call?.name, attempt.name.replace('attempt', 'call'));
      assert.equal(byId(call?.parentSpanId)?.name, 'execute');
    }
    for (const { parentSpanId, spanId } of spans)
      assert.ok(spanId === root?.spanId || byId(parentSpanId), 'every parent was sent too');
  });

  test('lies within its root in time, in the world’s own clock', () => {
    const root = spans.find(({ kind }) => kind === 2) as CollectedSpan;
    const [from, to] = [BigInt(root.startTimeUnixNano), BigInt(root.endTimeUnixNano)];
    assert.ok(Math.abs(Number(to / 1_000_000n) - Date.now()) < 60_000);
    for (const { startTimeUnixNano, endTimeUnixNano, name } of spans)
      assert.ok(
        BigInt(startTimeUnixNano) >= from - 1_000n && BigInt(endTimeUnixNano) <= to + 1_000n,
        `${name} lies outside of its request`,
      );
  });

  test('tells each service the id of the very attempt that reaches it', () => {
    const told = seen.map((traceparent) => /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(traceparent ?? ''));
    assert.ok(told.length >= 2);
    assert.deepEqual(new Set(told.map((match) => match?.[1])), new Set([traceId]));
    const attempts = new Set(spans.filter(({ kind }) => kind === 3).map(({ spanId }) => spanId));
    assert.deepEqual(new Set(told.map((match) => match?.[2])), attempts);
  });
});

test('a request outside of the sample is not sent, whatever its caller wishes, and still hands on an id of its own', async (t) => {
  const seen: (string | undefined)[] = [];
  const collector = await startOtlpCollector(t);
  const world = await startWorld(t, { otlpUrl: collector.url, sampleRatio: 0 }, seen);
  await world.ask(query, {}, { headers });
  await world.ask(query);
  await world.gateway.process.kill();
  assert.deepEqual(collector.spans, []);
  for (const traceparent of seen) assert.match(traceparent ?? '', /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  assert.ok(seen[0]?.startsWith(`00-${traceId}-`) && !seen[0].includes(callerSpan));
});

test('a collector that is dead or never answers costs no request anything', async (t) => {
  const silent = createServer(() => {});
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.after(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  for (const otlpUrl of ['http://127.0.0.1:1/v1/traces', silentUrl]) {
    const world = await startWorld(t, { otlpUrl, sampleRatio: 1, timeoutMs: 100, maxQueuedSpans: 512 }, []);
    for (let index = 0; index < 60; index++) assert.equal((await world.ask(query)).complete, 'complete');
    const { code } = await world.gateway.process.kill();
    assert.equal(code, 0);
  }
});

test('without a collector a caller’s trace passes through as it came', async (t) => {
  const seen: (string | undefined)[] = [];
  const world = await startWorld(t, {}, seen);
  await world.ask(query, {}, { headers });
  assert.deepEqual(new Set(seen), new Set([headers.traceparent]));
});

test('nothing of OpenTelemetry is loaded until a collector is configured', async () => {
  let loaded = 0;
  const hooks = registerHooks({
    load(url, context, next) {
      if (url.includes('@opentelemetry')) loaded++;
      return next(url, context);
    },
  });
  const parts = { serviceName: 'test', clock: systemClock, metrics: new Metrics() };
  await createTracing({ ...parts, config: section.parse({}) });
  assert.equal(loaded, 0);
  const tracing = await createTracing({ ...parts, config: section.parse({ otlpUrl: 'http://127.0.0.1:1' }) });
  assert.ok(loaded > 0);
  await tracing.close();
  hooks.deregister();
});
