import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { signAdminToken } from '../../src/auth/admin-token.ts';
import type { JourneyRecord } from '../../src/telemetry/journey-record.ts';
import { audience, goodClaims, issuer } from '../support/authenticator.ts';
import { Asker } from '../support/ask.ts';
import { type RunningGateway, startGateway } from '../support/gateway.ts';
import { startKeyServer } from '../support/key-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { suiteCleanup, temporaryDirectory, waitFor } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { makeSigner } from '../support/token-signer.ts';

const run = promisify(execFile);
const secret = 'an-admin-secret-of-more-than-32-characters';
const signer = await makeSigner();
const asAda = `Bearer ${await signAdminToken(secret, { actor: 'ada', scope: 'read' }, 600, Date.now())}`;

describe('what two processes with one Redis tell of a request', () => {
  const cleanup = suiteCleanup(after);
  let web: RunningGateway;
  let mobile: RunningGateway;
  let asker: Asker;
  let config: Readonly<Record<string, unknown>>;

  before(async () => {
    const redis = await startRedis(cleanup);
    const keys = await startKeyServer(cleanup, signer.publicJwk);
    config = {
      // A busy machine must not be taken for a lost Redis.
      redis: { url: redis.url, commandTimeoutMs: 1_000 },
      admin: { secret },
      auth: {
        issuers: [{ issuer, audiences: { web: [audience], mobile: [audience] }, jwks: { uri: keys.url } }],
      },
    };
    [web, mobile] = await Promise.all([startGateway(cleanup, 'web', config), startGateway(cleanup, 'mobile', config)]);
    for (const each of [web, mobile])
      await waitFor(async () => /facet_redis_available 1/.test(await (await admin(each, '/metrics', {})).text()), {
        what: 'Redis to be in use',
      });
    const authorization = `Bearer ${await signer.sign(goodClaims(new ManualClock()))}`;
    asker = new Asker(cleanup, web.url, { authorization });
  });

  const admin = (of: RunningGateway, path: string, headers: Record<string, string> = { authorization: asAda }) =>
    fetch(`${of.adminUrl}${path}`, { headers });

  /** Asks for what only a dead service knows. */
  async function failingRequest(): Promise<string> {
    const { headers, body } = await asker.ask('{ viewer { id displayName } }');
    assert.equal(body.errors?.[0]?.extensions['code'], 'UPSTREAM_UNAVAILABLE', JSON.stringify(body));
    return String(headers['x-correlation-id']);
  }

  test('a failed request’s journey is found by its id on either process, drawn or as JSON', async () => {
    // A stalled machine can make Redis seem lost for a moment, and then there is nothing of it to see.
    const own = await waitFor(
      async () => {
        const record = (await (await admin(web, `/journeys/${await failingRequest()}`)).json()) as JourneyRecord;
        return record.spans.some(({ kind }) => kind === 'redis') && record;
      },
      { what: 'a journey with Redis in it' },
    );
    const id = own.correlationId;
    assert.equal(own.process, 'web');
    assert.deepEqual(own.codes, ['UPSTREAM_UNAVAILABLE']);
    const kinds = new Set(own.spans.map(({ kind }) => kind));
    for (const kind of ['stage', 'redis', 'call', 'attempt', 'retry'])
      assert.ok(kinds.has(kind), `${kind} is missing among ${[...kinds].join(', ')}`);
    assert.ok(own.spans.some(({ name, outcome }) => name === 'execute' && outcome === 'ok'));
    const other = await waitFor(
      async () => {
        const answer = await admin(mobile, `/journeys/${id}`, { authorization: asAda, accept: 'text/plain' });
        return answer.ok && (await answer.text());
      },
      { what: 'the other process to find it in Redis' },
    );
    assert.match(other, new RegExp(`^${id}  (partial|failed) \\(UPSTREAM_UNAVAILABLE\\)`));
    assert.match(other, /attempt users\./);
  });

  test('the latest journeys are listed, newest first', async () => {
    const ids = [await failingRequest(), await failingRequest()];
    const listed = await waitFor(
      async () => {
        const { journeys } = (await (await admin(web, '/journeys?limit=2')).json()) as { journeys: JourneyRecord[] };
        return journeys[0]?.correlationId === ids[1] && journeys;
      },
      { what: 'the list to have both' },
    );
    assert.deepEqual(
      listed.map(({ correlationId }) => correlationId),
      ids.reverse(),
    );
  });

  test('nothing is told without a good token, and a malformed or unknown id is said to be one', async () => {
    for (const path of ['/journeys', '/journeys/0b9f8b8e-3b1f-4b6e-8f58-1f0f7a6f0001', '/breakers']) {
      assert.equal((await admin(web, path, {})).status, 401, path);
      assert.equal((await admin(web, path, { authorization: 'Bearer a.b.c' })).status, 401, path);
    }
    assert.equal((await admin(web, '/journeys/..%2f..%2fetc')).status, 400);
    assert.equal((await admin(web, '/journeys/0b9f8b8e-3b1f-4b6e-8f58-1f0f7a6f0001')).status, 404);
    assert.equal((await admin(web, '/journeys?limit=0')).status, 400);
    const forced = { method: 'PUT', headers: { authorization: asAda, 'content-type': 'application/json' }, body: '{}' };
    assert.equal((await fetch(`${web.adminUrl}/breakers`, forced)).status, 403, 'a token that may only read');
  });

  test('whatever is wrong with a question is told as a problem document, which repeats nothing of it', async () => {
    const mona = await signAdminToken(secret, { actor: 'mona', scope: 'write' }, 60, Date.now());
    const asMona = { authorization: `Bearer ${mona}` };
    const sent = (body: string, type: string) =>
      fetch(`${web.adminUrl}/breakers`, { method: 'PUT', headers: { ...asMona, 'content-type': type }, body });
    const answers: readonly (readonly [number, Response])[] = [
      [401, await admin(web, '/status', {})],
      [404, await admin(web, '/nowhere', asMona)],
      [400, await admin(web, '/%zz', asMona)],
      [414, await admin(web, `/journeys/${'secret-'.repeat(50)}`, asMona)],
      [400, await sent('{"secret-', 'application/json')],
      [415, await sent('secret-', 'application/x-secret')],
      [400, await sent('{"service":"orders"}', 'application/json')],
      [413, await sent(`"${'secret-'.repeat(200_000)}"`, 'application/json')],
    ];
    for (const [status, answer] of answers) {
      assert.equal(answer.status, status);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
      const text = await answer.text();
      const { status: told, detail } = JSON.parse(text) as Record<string, unknown>;
      assert.deepEqual([told, typeof detail], [status, 'string']);
      assert.doesNotMatch(text, /secret-|FST_/);
    }
  });

  test('health and metrics need none', async () => {
    for (const path of ['/livez', '/readyz', '/metrics']) assert.equal((await admin(web, path, {})).status, 200, path);
  });

  test('facet admin token and facet journey draw it in the terminal', async () => {
    const id = await failingRequest();
    const file = join(await temporaryDirectory(cleanup), 'gateway.yaml');
    const { hostname, port } = new URL(web.adminUrl);
    const listeners = { web: { port: 0, adminHost: hostname, adminPort: Number(port) } };
    await writeFile(file, JSON.stringify({ version: 1, ...config, listeners }));
    const facet = (...args: string[]) => run('node', ['bin/facet.mjs', ...args, '--config', file]);
    const { stdout: token } = await facet('admin', 'token', '--actor', 'mona', '--for', '60');
    assert.equal((await admin(web, '/journeys', { authorization: `Bearer ${token.trim()}` })).status, 200);
    const { stdout } = await facet('journey', id);
    assert.match(stdout, new RegExp(`^${id}`));
    assert.match(stdout, /^execute +│/m);
    await assert.rejects(facet('journey', '0b9f8b8e-3b1f-4b6e-8f58-1f0f7a6f0001'), /No journey of this id was kept/);
    await assert.rejects(facet('journey', 'x'), /Give one correlation id/);
  });

  test('the completed line says who was waited for, how often, and what was the gateway’s own time', async () => {
    const id = await failingRequest();
    const line = await waitFor(
      () => web.lines().find((each) => each['http.request.id'] === id && each['event.action'] === 'completed'),
      { what: 'the completed line' },
    );
    assert.equal(line['event.outcome'], 'failure');
    assert.equal(typeof line['facet.overhead_ms'], 'number');
    assert.equal(line['facet.upstream.retries'], 2);
    const attempts = line['facet.upstream.attempts'] as { outcome: string }[];
    assert.deepEqual(new Set(attempts.map(({ outcome }) => outcome)), new Set(['connect']));
  });

  test('an operation that nobody registered counts as other, whatever its name', async () => {
    await asker.ask('query MadeUpByTheCaller { __typename }');
    const text = await (await admin(web, '/metrics')).text();
    assert.match(text, /facet_requests_total\{client="unknown",operation="other",outcome="complete"\}/);
    assert.doesNotMatch(text, /MadeUpByTheCaller/);
  });

  test('status shows what the process depends on, what was decided by hand and the last minutes', async () => {
    await failingRequest();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const force = async (method: string, path: string, body?: object) => {
      const token = await signAdminToken(secret, { actor: 'mona', scope: 'write' }, 60, Date.now());
      const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
      return (await fetch(`${web.adminUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) }))
        .status;
    };
    const forced = { service: 'orders', state: 'open', reason: 'maintenance', endsAt: until };
    assert.equal(await force('PUT', '/breakers', forced), 204);
    const status = (await (await admin(web, '/status')).json()) as Record<string, unknown> & {
      issuers: { keys: number; failing: boolean }[];
      traffic: Record<string, number>[];
      limits: Record<string, unknown>;
    };
    assert.deepEqual([status['process'], status['ready'], status['redis']], ['web', true, 'available']);
    assert.match(String(status['configHash']), /^[0-9a-f]{12}$/);
    assert.deepEqual([status.issuers[0]?.keys, status.issuers[0]?.failing], [1, false]);
    assert.equal(status.limits['counted'], 'everywhere');
    const seen = status.traffic.reduce((sum, step) => sum + (step['partial'] ?? 0) + (step['failed'] ?? 0), 0);
    assert.ok(seen > 0, 'the failing requests are in the traffic');
    const audit = await waitFor(() => web.lines().find((line) => line['event.action'] === 'breaker.forced'), {
      what: 'the line of the audit trail',
    });
    assert.deepEqual([audit['user.name'], audit['event.reason']], ['mona', 'maintenance']);
    assert.equal(await force('DELETE', '/breakers?service=orders'), 204);
    assert.doesNotMatch(JSON.stringify(status), /test-credential|admin-secret/);
  });

  test('the index takes every line, has a type for each field of a request, and what Kibana shows are such fields', async () => {
    await failingRequest();
    const { properties } = (
      JSON.parse(await readFile('deploy/logging/index-template.json', 'utf8')) as {
        template: { mappings: { properties: Record<string, unknown> } };
      }
    ).template.mappings;
    const isOfRequest = (line: Record<string, unknown>): boolean =>
      ['received', 'completed'].includes(String(line['event.action']));
    const fieldsOf = (lines: readonly Record<string, unknown>[]): string[] => [...new Set(lines.flatMap(Object.keys))];
    const untyped = fieldsOf(web.lines().filter(isOfRequest)).filter((field) => !(field in properties));
    assert.deepEqual(untyped, []);
    // An index refuses a line with a value where it has an object: `event` beside `event.action`. The type of the logger says so too.
    const own = new Set(['@timestamp', 'message', 'error']);
    const values = fieldsOf(web.lines()).filter((field) => !field.includes('.') && !own.has(field));
    assert.deepEqual(values, []);
    const saved = (await readFile('deploy/logging/kibana.ndjson', 'utf8')).trim().split('\n');
    const objects = saved.map(
      (line) =>
        JSON.parse(line) as {
          id: string;
          attributes: { columns?: string[] };
          references: { id: string }[];
        },
    );
    const ids = new Set(objects.map(({ id }) => id));
    for (const { attributes, references } of objects) {
      for (const { id } of references) assert.ok(ids.has(id), `${id} is referred to and missing`);
      for (const column of attributes.columns ?? []) assert.ok(column in properties, column);
    }
    assert.ok(parse(await readFile('deploy/logging/vector.yaml', 'utf8')));
  });

  test('alerts, dashboard and runbooks speak of metrics that exist', async () => {
    const text = await (await admin(web, '/metrics')).text();
    assert.doesNotMatch(text, /[{,](?:instance|job)="/, 'Prometheus would rename it: those labels are its own');
    const existing = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
    const sources = globSync('src/**/*.ts').map((file) => readFileSync(file, 'utf8'));
    // Some are declared only where there are workers, or a collector.
    const isDeclared = (name: string): boolean => sources.some((source) => source.includes(`'${name}'`));
    const files = globSync([
      'deploy/alerts/*.yaml',
      'deploy/dashboards/*.json',
      'docs/runbooks/*.md',
      'docs/operations.md',
    ]);
    assert.ok(files.length > 10);
    const missing = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?<![\w:])(?:facet|nodejs|process)_\w+/g)]
        .map(([name]) => name.replace(/_(?:bucket|sum|count)$/, ''))
        .filter((name) => !existing.has(name) && !(isDeclared(name) && /^docs.operations|_worker/.test(file + name)))
        .map((name) => `${file}: ${name}`),
    );
    assert.deepEqual(missing, []);
  });

  test('docs/observability.md lists every metric with its type and meaning, and no other', async () => {
    const exposed = (await (await admin(web, '/metrics')).text()).split('\n');
    const running = exposed.flatMap((line) => {
      const [, name = '', text = ''] = /^# HELP (facet_\w+) (.*)$/.exec(line) ?? [];
      const type = exposed.find((other) => other.startsWith(`# TYPE ${name} `))?.split(' ')[3];
      return name ? [`| \`${name}\` | ${type} | ${text} |`] : [];
    });
    const page = await readFile('docs/observability.md', 'utf8');
    const rows = [...page.matchAll(/^\| `facet_\w+` +\| .*\|$/gm)].map(([row]) => row.replaceAll(/ +/g, ' '));
    assert.deepEqual(
      {
        'rows to add': running.filter((row) => !rows.includes(row)),
        'rows to take out': rows.filter((row) => !running.includes(row)),
      },
      { 'rows to add': [], 'rows to take out': [] },
    );
    assert.ok(rows.length > 30);
  });

  test('explain is for demos: in production the extension does nothing', async () => {
    const response = await fetch(web.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'graphql-preflight': '1' },
      body: JSON.stringify({ query: '{ __typename }', extensions: { explain: true } }),
    });
    assert.deepEqual(await response.json(), { data: { __typename: 'Query' } });
  });
});

describe('in demo mode', () => {
  const cleanup = suiteCleanup(after);
  let gateway: RunningGateway;

  before(async () => {
    gateway = await startGateway(cleanup, 'web', { mode: 'demo', journeys: { sampleRatio: 1 } });
  });

  test('whoever sits at this machine needs no token, a page of another origin and a proxied request do', async () => {
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${gateway.adminUrl}/journeys`, { headers })).status;
    assert.equal(await ask({}), 200);
    assert.equal(await ask({ origin: gateway.adminUrl }), 200);
    assert.equal(await ask({ origin: 'https://elsewhere.example' }), 401);
    assert.equal(await ask({ 'x-forwarded-for': '127.0.0.1' }), 401);
    assert.equal(await ask({ 'sec-fetch-site': 'cross-site' }), 401);
    assert.equal(await ask({ authorization: 'Bearer a.b.c' }), 401, 'a bad token is not made good by standing here');
  });

  test('extensions.explain shows one’s own request', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'graphql-preflight': '1' },
      body: JSON.stringify({ query: '{ __typename }', extensions: { explain: true } }),
    });
    const { extensions } = (await response.json()) as {
      extensions: { explain: { registered: boolean; upstreamCalls: number; spans: { name: string }[] } };
    };
    assert.equal(extensions.explain.upstreamCalls, 0);
    const names = new Set(extensions.explain.spans.map(({ name }) => name));
    for (const stage of ['authenticate', 'decode', 'prepare', 'charge', 'authorize', 'execute'])
      assert.ok(names.has(stage), `${stage} is missing`);
  });
});
