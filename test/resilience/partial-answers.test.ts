import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, beforeEach, describe, test } from 'node:test';
import { signalProcess, suiteCleanup } from '../support/processes.ts';
import { switchFaults } from '../support/reference-services.ts';
import { until } from '../support/until.ts';
import { within } from '../support/within.ts';
import { type FaultWorld, metricOf, screen, startFaultWorld } from '../support/upstream-faults.ts';

const cleanup = suiteCleanup(after);
const names = ['users', 'orders', 'payments'] as const;

describe('answers that could not be whole', () => {
  let world: FaultWorld;

  before(async () => {
    world = await startFaultWorld(cleanup);
    // Every document is prepared, every connection open: what follows is about time.
    await world.ask(screen);
  });

  beforeEach(async () => {
    for (const name of names) {
      await world.links[name].link('pass');
      await switchFaults(world.services[name], []);
    }
  });

  test("the client's own, shorter time holds: what has arrived by then leaves in time", async () => {
    await switchFaults(world.services.payments, [{ fault: 'hang' }]);
    const startedAt = performance.now();
    const { status, data, errors } = await world.ask(screen, {}, { headers: { 'x-request-timeout-ms': '600' } });
    const tookMs = performance.now() - startedAt;
    assert.equal(status, 200);
    assert.ok(data.home.activeOrders.length > 0);
    assert.equal(data.savedMethods, null);
    assert.ok(
      errors.every(({ extensions }) => extensions.code === 'DEADLINE_EXCEEDED' && extensions.service === 'payments'),
    );
    assert.ok(tookMs < within(700), `took ${tookMs} ms`);
  });

  test('a broken row is left out and named, and the rest of its list is whole', async () => {
    const query = '{ orders(first: 5) { edges { node { number } } } }';
    const whole = await world.ask(query);
    const numbers = (answer: typeof whole) =>
      answer.data.orders.edges.map((edge: { node: { number: string } }) => edge.node.number);
    await switchFaults(world.services.orders, [{ fault: 'missing-field' }]);
    const partial = await world.ask(query);
    assert.deepEqual(numbers(partial), numbers(whole).slice(1));
    assert.deepEqual(partial.errors, []);
    assert.deepEqual(partial.extensions?.dropped, [{ service: 'orders', route: 'listOrders', count: 1 }]);
    assert.equal(partial.headers.get('x-facet-complete'), 'partial');
    assert.match(partial.headers.get('cache-control') ?? '', /no-store/);
    const exposed = await (await fetch(`${world.gateway.adminUrl}/metrics`)).text();
    assert.match(
      exposed,
      /facet_upstream_drift_total\{service="orders",route="listOrders",path="\/items\/\*[^"]*",kind="missing"\} 1/,
    );
  });

  test('a record that was asked for and is broken is null with an error, and shuts the route for nobody', async () => {
    const { data: list } = await world.ask('{ orders(first: 2) { edges { node { id } } } }');
    const [broken, good] = list.orders.edges.map((edge: { node: { id: string } }) => edge.node.id);
    const query = 'query ($id: ID!) { order(id: $id) { number } }';
    await switchFaults(world.services.orders, [{ fault: 'missing-field' }]);
    for (let i = 0; i < 30; i++) {
      const { data, errors, headers } = await world.ask(query, { id: broken });
      assert.equal(data.order, null);
      assert.deepEqual(
        errors.map(({ path, extensions }) => [path?.[0], extensions.code, extensions.service]),
        [['order', 'UPSTREAM_BAD_RESPONSE', 'orders']],
      );
      assert.equal(headers.get('x-facet-complete'), 'partial');
    }
    await switchFaults(world.services.orders, []);
    assert.deepEqual((await world.ask(query, { id: good })).errors, []);
  });

  test('states that nobody knows yet are shown as neutral, not as an error', async () => {
    const query = '{ orders(first: 3) { edges { node { number statusTone statusText } } } }';
    await switchFaults(world.services.orders, [{ fault: 'unknown-enum', parameters: { every: true } }]);
    const { data, errors } = await world.ask(query);
    assert.deepEqual(errors, []);
    assert.equal(data.orders.edges.length, 3);
  });

  test('row 24: after a stall of the process itself, answers that have arrived are taken, not timed out', async () => {
    const timeouts = () => metricOf(world, 'facet_upstream_attempt_seconds_count', 'orders', 'timeout');
    const known = await timeouts();
    for (const name of names)
      await switchFaults(world.services[name], [{ fault: 'latency', parameters: { delay_ms: 300 } }]);
    const asked = Array.from({ length: 10 }, () => world.ask(screen));
    await until(() => world.links.orders.unanswered > 0);
    const { pid } = world.gateway.process;
    signalProcess(pid, 'SIGSTOP');
    await sleep(1_500);
    signalProcess(pid, 'SIGCONT');
    for (const { errors } of await Promise.all(asked)) assert.deepEqual(errors, []);
    assert.equal(await timeouts(), known);
  });
});
