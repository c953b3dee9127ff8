import assert from 'node:assert/strict';
import { test } from 'node:test';
import { upstreams } from '../../../src/config/sections/upstreams.ts';
import type { Route } from '../../../src/upstream/call.ts';
import { routePolicy } from '../../../src/upstream/route-policy.ts';
import { layers } from '../../../src/upstream/stack.ts';
import { getThing, makeThing } from '../../support/test-upstream.ts';

function service(config: object = {}) {
  const instances = [{ url: 'http://127.0.0.1:1' }];
  return upstreams.parse({ things: { instances, credential: 'test-credential', ...config } })['things']!;
}

function namesFor(route: Partial<Route>, config: object = {}): string[] {
  const whole = { ...getThing, ...route } as Route;
  const policy = routePolicy(whole, service(config));
  return layers.filter(({ applies }) => applies(whole, policy)).map(({ name }) => name);
}

test('a read has the whole stack but for what it did not ask for', () => {
  const names = namesFor({});
  assert.deepEqual(
    names.filter((name) => ['invalidate', 'follow-pages', 'hedge'].includes(name)),
    [],
  );
  assert.equal(names[0], 'observe');
  assert.equal(names.at(-1), 'pool');
});

test('a layer that does not apply is not there at all', () => {
  const write = namesFor(makeThing as Partial<Route>, { retry: { maxRetries: 0 }, hedge: { enabled: true } });
  for (const name of ['cache', 'single-flight', 'retry', 'hedge']) assert.equal(write.includes(name), false, name);
  assert.ok(namesFor({}, { hedge: { enabled: true } }).includes('hedge'));
});

test('the order keeps its promises', () => {
  const at = (name: string): number => layers.findIndex((layer) => layer.name === name);
  const outer: readonly [outside: string, inside: string][] = [
    ['cache', 'single-flight'],
    ['cache', 'deadline'],
    ['single-flight', 'deadline'],
    ['deadline', 'retry'],
    ['retry', 'hedge'],
    ['hedge', 'balance'],
    ['balance', 'circuit-breaker'],
    ['circuit-breaker', 'attempt'],
    ['attempt', 'bulkhead'],
    ['bulkhead', 'decode'],
    ['decode', 'pool'],
  ];
  for (const [outside, inside] of outer) assert.ok(at(outside) < at(inside), `${outside} outside ${inside}`);
});

test("a route's own words stand over its service's, group by group", () => {
  const config = service({
    breaker: { openMs: 2_000 },
    routes: { getThing: { timeoutMs: 90, breaker: { minimumCalls: 5 } } },
  });
  const policy = routePolicy(getThing, config);
  assert.equal(policy.timeoutMs, 90);
  assert.deepEqual(policy.breaker, { failureRatio: 0.5, windowMs: 10_000, minimumCalls: 5, openMs: 2_000, probes: 1 });
  assert.equal(routePolicy({ name: 'other', kind: 'read' }, config).timeoutMs, 1_500);
  assert.equal(routePolicy({ name: 'other', kind: 'write' }, config).timeoutMs, 5_000);
});

test('a key that nobody knows is refused', () => {
  assert.throws(() => service({ routes: { getThing: { timeout: 90 } } }), /unrecognized/i);
  assert.throws(() => service({ breaker: { ratio: 1 } }), /unrecognized/i);
});

test('a policy for a route that the contract does not have is refused, with its path', () => {
  const orders = { instances: [{ url: 'http://127.0.0.1:1' }], credential: 'test-credential' };
  const parse = (route: string) =>
    upstreams.safeParse({ orders: { ...orders, routes: { [route]: { timeoutMs: 9 } } } });
  assert.equal(parse('listOrders').success, true);
  const { error } = parse('lisstOrders');
  assert.deepEqual(error?.issues[0]?.path, ['orders', 'routes', 'lisstOrders']);
});
