import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Caching, createCaching } from '../../../src/cache/create-caching.ts';
import { cache as section } from '../../../src/config/sections/cache.ts';
import type { CallContext } from '../../../src/context/call-context.ts';
import type { Principal } from '../../../src/context/principal.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import type { Call, Reply, Route, Send } from '../../../src/upstream/call.ts';
import { cache } from '../../../src/upstream/layers/cache.ts';
import type { RouteContext } from '../../../src/upstream/route-context.ts';
import { callContextOf, principalOf } from '../../support/call-context.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { randomNumbers } from '../../support/random-numbers.ts';
import { startRedis } from '../../support/redis.ts';
import { connectTestRedis } from '../../support/redis-client.ts';
import { silentLog } from '../../support/test-upstream.ts';

interface Input {
  readonly ids: readonly string[];
  readonly include: string;
}

/** What a route answers: who asked, what for, and with what else. */
interface Seen {
  readonly caller: string;
  readonly id: string;
  readonly include: string;
  readonly route: string;
}

/** Callers whose names run into each other when they are joined without care, and one person in several capacities. */
const callers: readonly Principal[] = [
  principalOf('usr_1'),
  principalOf('usr_1', { issuer: 'https://id.testusr' }),
  principalOf('1', { issuer: 'https://id.testusr_' }),
  principalOf('usr_1', { role: 'support' }),
  principalOf('usr_1', { tier: 'pro' }),
  principalOf('usr_1', { scopes: new Set(['a', 'b']) }),
  principalOf('usr_1', { scopes: new Set(['a b']) }),
  principalOf('usr_1', { scopes: new Set(['a,b']) }),
  principalOf('usr_1', { credential: 'api-key', issuer: '' }),
  principalOf('usr_2'),
  principalOf('public'),
  principalOf('', { role: 'anonymous', credential: 'none' }),
];

const ids = ['1', '1,2', '1 2', '', '1&include=x', '__proto__'];
const includes = ['', 'x'];

const nameOf = ({ credential, issuer, subject, role, tier, scopes }: Principal): string =>
  JSON.stringify([credential, issuer, subject, role, tier, [...scopes]]);

function routeOf(index: number): Route<Input, unknown> {
  const batched = index % 2 === 0;
  const byKey = index % 3 === 0;
  const base: Route<Input, unknown> = {
    service: index % 4 < 2 ? 'a' : 'a.b',
    name: `route${index}`,
    kind: 'read',
    method: 'GET',
    scope: index % 5 === 4 ? 'public' : 'caller',
    request: (input) => ({ path: `/${encodeURIComponent(JSON.stringify(input))}` }),
    map: (body) => body,
    tags: (_, input) => input.ids.map((id) => `id:${id}`),
    ...(byKey && { key: (input: Input) => JSON.stringify([input.ids, input.include]) }),
  };
  if (!batched) return base;
  return {
    ...base,
    batch: {
      keysOf: (input) => [...new Set(input.ids)],
      narrow: (input, some) => ({ ...input, ids: some }),
      pick: (output, key) => (output as Map<string, unknown>).get(key) ?? null,
      join: (parts) => new Map(parts),
    },
  };
}

test('over generated routes, callers, faults and two instances with one Redis, nobody is ever given another’s record', async (t) => {
  const server = await startRedis(t);
  const random = randomNumbers(20261121);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const clock = new ManualClock();
  const routes = Array.from({ length: 6 }, (_, index) => routeOf(index));
  let calls = 0;

  /** The service: says who asked; sometimes fails, knows nothing, confirms what is known, or forbids keeping. */
  const service = (async ({ route, input, known }: Call<Input>, { principal }: CallContext): Promise<Reply> => {
    calls++;
    const luck = random();
    if (luck < 0.15) throw new GatewayError('UPSTREAM_UNAVAILABLE');
    if (known && luck < 0.5) return { value: known.value, status: 304, headers: {}, bytes: 0 };
    const caller = route.scope === 'public' ? 'everyone' : nameOf(principal);
    const seen = (id: string): Seen => ({
      caller,
      id,
      include: input.include,
      route: `${route.service} ${route.name}`,
    });
    const headers = {
      ...(random() < 0.5 && { etag: '"1"' }),
      ...(random() < 0.2 && { 'cache-control': pick(['no-store', 'private', 'private=""', 'no-cache', 'max-age=3']) }),
    };
    if (!route.batch) return { value: input.ids.map(seen), status: 200, headers, bytes: 1 };
    const found = route.batch.keysOf(input).filter(() => random() > 0.1);
    return { value: new Map(found.map((id) => [id, seen(id)])), status: 200, headers, bytes: 1 };
  }) as unknown as Send;

  const instances: { caching: Caching; sends: ReadonlyMap<Route<Input, unknown>, Send> }[] = [];
  for (let index = 0; index < 2; index++) {
    const { client } = await connectTestRedis(t, server.url);
    const caching = createCaching({
      config: section.parse({}),
      redis: client,
      version: 'v',
      clock,
      logger: silentLog,
      metrics: new Metrics(),
    });
    const policy = {
      cache: { freshSeconds: 10, staleWhileRevalidateSeconds: 10, staleIfErrorSeconds: 60, missingSeconds: 5 },
      timeoutMs: 1_000,
      retry: { maxRetries: 0 },
    };
    const sends = new Map(
      routes.map((route) => [route, cache({ route, policy, caching, clock } as unknown as RouteContext)(service)]),
    );
    instances.push({ caching, sends });
  }

  let reads = 0;
  let stale = 0;
  const readOnce = async (): Promise<void> => {
    const { caching, sends } = pick(instances);
    if (random() < 0.01) await caching.invalidation.invalidate([`id:${pick(ids)}`]);
    const route = pick(routes);
    const principal = pick(callers);
    const input = {
      ids: Array.from({ length: route.batch ? 1 + Math.floor(random() * 3) : 1 }, () => pick(ids)),
      include: pick(includes),
    };
    const context = callContextOf(principal, {}, clock);
    const reply = await sends
      .get(route)?.({ route, input }, context)
      .catch(() => undefined);
    stale += context.report.stale.length;
    const records = reply?.value instanceof Map ? [...reply.value.values()] : ((reply?.value ?? []) as unknown[]);
    for (const record of records) {
      if (record === null || record instanceof Error) continue;
      reads++;
      const { caller, id, include, route: from } = record as Seen;
      assert.equal(caller, route.scope === 'public' ? 'everyone' : nameOf(principal));
      assert.ok(input.ids.includes(id) && include === input.include);
      assert.equal(from, `${route.service} ${route.name}`);
    }
  };
  for (let step = 0; step < 2_000; step++) {
    await Promise.all(Array.from({ length: 4 }, readOnce));
    if (random() < 0.02) clock.advance(random() * 3_000);
  }
  // The test is worth something only if the cache really answered, fresh and stale.
  assert.ok(reads > 1.5 * calls, `${reads} records of ${calls} calls`);
  assert.ok(stale > 50, `${stale} stale`);
});
