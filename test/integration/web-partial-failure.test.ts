import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { identities } from '../../demo/services/seed/identities.ts';
import { suiteCleanup } from '../support/processes.ts';
import { type FaultInput, switchFaults } from '../support/reference-services.ts';
import { type ScreenAnswer, type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

const cleanup = suiteCleanup(after);
let world: ScreenWorld;
before(async () => {
  world = await startScreenWorld(cleanup, 'web', { upstream: { readTimeoutMs: 400, retry: { maxRetries: 0 } } });
});

const services = ['users', 'orders', 'payments'] as const;
type Service = (typeof services)[number];
afterEach(async () => {
  for (const service of services) await switchFaults(world.services[service], []);
});

const faults: readonly (readonly [string, FaultInput, string])[] = [
  ['dead', { fault: 'status-503' }, 'UPSTREAM_UNAVAILABLE'],
  ['cut off', { fault: 'reset-before-answer' }, 'UPSTREAM_UNAVAILABLE'],
  ['slow', { fault: 'latency', parameters: { delay_ms: 60_000 } }, 'UPSTREAM_TIMEOUT'],
  ['showing an error page', { fault: 'html-error-page' }, 'UPSTREAM_UNAVAILABLE'],
  ['mislabelling its JSON', { fault: 'wrong-content-type' }, 'UPSTREAM_BAD_RESPONSE'],
  ['cutting its JSON short', { fault: 'truncated-json' }, 'UPSTREAM_BAD_RESPONSE'],
];

/** What each service's part of the dashboard is, by path. */
const parts: Readonly<Record<Service, readonly string[]>> = {
  users: ['viewer.emailVerified', 'viewer.avatar', 'viewer.defaultAddress', 'viewer.addresses'],
  orders: ['viewer.accountSummary', 'viewer.orders'],
  payments: ['viewer.paymentMethods'],
};

function at(data: ScreenAnswer['data'], path: string): unknown {
  return path.split('.').reduce((value, name) => value?.[name], data);
}

/** Each null that a failure left has exactly one error, with a place, a code, the service and the id to find it by. */
function reported({ errors, data, status, complete }: ScreenAnswer, service: Service, code: string): void {
  assert.deepEqual([status, complete], [200, 'partial']);
  const paths = errors.map(({ path }) => path?.join('.') ?? '');
  assert.equal(new Set(paths).size, paths.length);
  for (const { path, message, extensions } of errors) {
    assert.equal(at(data, path?.join('.') ?? ''), null);
    assert.equal(extensions.service, service);
    assert.equal(extensions.code, code);
    assert.equal(extensions.retryable, true);
    assert.match(extensions.correlationId, /^[0-9a-f-]{36}$/);
    assert.doesNotMatch(JSON.stringify([message, extensions]), /html|127\.0\.0\.1|at .+:\d+|fault/i);
  }
}

for (const service of services)
  describe(`with the ${service} service`, () => {
    for (const [name, fault, code] of faults)
      test(`${name}, the dashboard shows the parts of the others`, async () => {
        await switchFaults(world.services[service], [fault]);
        const answer = await world.screen('1.0.0', 'account-dashboard');
        reported(answer, service, code);
        const failed = new Set(answer.errors.map(({ path }) => path?.join('.')));
        for (const path of parts[service]) {
          assert.equal(at(answer.data, path), null, path);
          assert.ok(failed.has(path), path);
        }
        for (const other of services)
          if (other !== service)
            for (const path of parts[other]) assert.notEqual(at(answer.data, path) ?? null, null, path);
      });

    test('healed, the dashboard is whole again', async () => {
      const answer = await world.screen('1.0.0', 'account-dashboard');
      assert.deepEqual([answer.errors, answer.complete], [[], 'complete']);
    });
  });

const { id, displayName, email, locale } = identities.customer;

test('without users the page still greets the viewer by the token’s word, marked as old', async () => {
  await switchFaults(world.services.users, [{ fault: 'status-500' }]);
  const answer = await world.ask('{ viewer { id displayName email locale } }');
  assert.deepEqual(answer.data.viewer, { id, displayName, email, locale });
  assert.deepEqual([answer.errors, answer.complete], [[], 'stale']);
});

test('without users nobody else is shown by the token’s word', async () => {
  await switchFaults(world.services.users, [{ fault: 'status-500' }]);
  const query = `{ support { user(by: { id: "${id}" }) { displayName } orders(first: 1) { nodes { number customer { email } } } } }`;
  const answer = await world.ask(query, {}, { as: 'support' });
  assert.equal(answer.data.support.user, null);
  assert.equal(answer.data.support.orders.nodes[0].customer, null);
  assert.ok(answer.data.support.orders.nodes[0].number);
  assert.deepEqual(answer.errors.map(({ path }) => path?.join('.')).toSorted(), [
    'support.orders.nodes.0.customer',
    'support.user',
  ]);
});

describe('without payments', () => {
  const detail = { id: 'ord_U1QoZPRNRk2Zit' };

  test('an order renders, its sums are missing and not nought', async () => {
    await switchFaults(world.services.payments, [{ fault: 'status-503' }]);
    const { data, errors } = await world.screen('1.0.0', 'order-detail', detail);
    const { order } = data;
    assert.ok(order.number && order.total && order.lineItems.nodes.length > 0 && order.shipments.length > 0);
    assert.ok(order.availableActions.length > 0);
    const missing = ['payments', 'amountPaid', 'amountRefunded', 'refundableAmount'];
    for (const field of missing) assert.equal(order[field], null, field);
    const paths = errors.map(({ path }) => path?.join('.'));
    for (const field of missing) assert.equal(paths.filter((path) => path === `order.${field}`).length, 1, field);
  });

  test('one broken payment is left out of the list, and no sum is made of the rest', async () => {
    const query = `query ($id: ID!) { order(id: $id) { payments { id } amountPaid { amountMinor } refundableAmount { amountMinor } } }`;
    const whole = await world.ask(query, detail);
    await switchFaults(world.services.payments, [{ fault: 'missing-field' }]);
    const { data, errors, extensions, complete } = await world.ask(query, detail);
    assert.equal(data.order.payments.length, whole.data.order.payments.length - 1);
    assert.deepEqual(extensions.dropped, [{ service: 'payments', route: 'listPayments', count: 1 }]);
    assert.deepEqual([data.order.amountPaid, data.order.refundableAmount, complete], [null, null, 'partial']);
    assert.deepEqual(errors.map(({ path, extensions: { code } }) => [path?.join('.'), code]).toSorted(), [
      ['order.amountPaid', 'UPSTREAM_BAD_RESPONSE'],
      ['order.refundableAmount', 'UPSTREAM_BAD_RESPONSE'],
    ]);
  });

  test('the timeline goes on with the order’s own events and says what is missing', async () => {
    const whole = await world.screen('1.0.0', 'order-detail', detail);
    await switchFaults(world.services.payments, [{ fault: 'status-503' }]);
    const { data, errors } = await world.screen('1.0.0', 'order-detail', detail);
    const { timeline } = data.order;
    assert.deepEqual(timeline.missingSources, ['payments']);
    assert.deepEqual(whole.data.order.timeline.missingSources, []);
    const kinds = (nodes: readonly { __typename: string }[]): Set<string> =>
      new Set(nodes.map((node) => node.__typename));
    assert.deepEqual(kinds(timeline.nodes), kinds(whole.data.order.timeline.nodes));
    for (const [index, node] of timeline.nodes.entries()) {
      if (node.__typename !== 'PaymentEvent') continue;
      assert.equal(node.payment, null);
      const entries = errors.filter(({ path }) => path?.join('.') === `order.timeline.nodes.${index}.payment`);
      assert.equal(entries.length, 1);
    }
  });
});

describe('with a payment that came broken', () => {
  const detail = { id: 'ord_U1QoZPRNRk2Zit' };

  test('the sums over it are missing and not less, and the timeline says that it is not whole', async () => {
    const whole = await world.screen('1.0.0', 'order-detail', detail);
    await switchFaults(world.services.payments, [{ fault: 'missing-field' }]);
    const answer = await world.screen('1.0.0', 'order-detail', detail);
    const { order } = answer.data;
    assert.equal(answer.complete, 'partial');
    assert.equal(order.payments.length, whole.data.order.payments.length - 1);
    assert.deepEqual(order.timeline.missingSources, ['payments']);
    const paths = answer.errors.map(({ path }) => path?.join('.'));
    const sums = ['amountPaid', 'amountRefunded', 'refundableAmount'].map((field) => `order.${field}`);
    const nodes: { payment?: unknown; refund?: unknown }[] = order.timeline.nodes;
    const events = nodes.flatMap((node, index) =>
      ['payment', 'refund']
        .filter((field) => node[field as 'payment' | 'refund'] === null)
        .map((field) => `order.timeline.nodes.${index}.${field}`),
    );
    assert.ok(events.length > 0);
    assert.deepEqual(paths.toSorted(), [...sums, ...events].toSorted());
    for (const path of sums) assert.equal(at(answer.data, path), null, path);
    for (const { extensions } of answer.errors)
      assert.deepEqual([extensions.code, extensions.service], ['UPSTREAM_BAD_RESPONSE', 'payments']);
  });
});

test('without orders’ events the timeline shows what payments and parcels tell', async () => {
  await switchFaults(world.services.orders, [{ fault: 'status-503', operation: 'listOrderEvents' }]);
  // By a list, which cannot bring the events along.
  const { data, errors } = await world.ask(
    '{ viewer { orders(first: 1, filter: { fulfillmentState: [DELIVERED] }) { nodes { timeline { missingSources nodes { __typename } } } } } }',
  );
  const [{ timeline }] = data.viewer.orders.nodes;
  assert.deepEqual([errors, timeline.missingSources], [[], ['orders']]);
  assert.ok(timeline.nodes.some(({ __typename: name }: { __typename: string }) => name === 'PaymentEvent'));
  assert.ok(timeline.nodes.some(({ __typename: name }: { __typename: string }) => name === 'ShipmentEvent'));
});

test('with everything away the viewer is still there, and every part says so once', async () => {
  for (const service of services) await switchFaults(world.services[service], [{ fault: 'status-503' }]);
  const { data, errors, status } = await world.screen('1.0.0', 'account-dashboard');
  assert.equal(status, 200);
  assert.deepEqual([data.viewer.id, data.viewer.displayName], [id, displayName]);
  const paths = errors.map(({ path }) => path?.join('.'));
  assert.deepEqual(paths.toSorted(), Object.values(parts).flat().toSorted());
});
