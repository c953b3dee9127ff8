import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { identities } from '../../demo/services/seed/identities.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { type AskOptions, type ScreenAnswer, type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

const cleanup = suiteCleanup(after);
let world: ScreenWorld;
/** Somebody else's records, all of one person. */
let foreign: { readonly user: string; readonly order: string; readonly payment: string; readonly refund: string };

const support: AskOptions = { as: 'support' };
const ava = identities.customer;

before(async () => {
  world = await startScreenWorld(cleanup, 'web');
  const { data } = await world.ask(
    `{ support { orders(first: 50, filter: { paymentState: [REFUNDED] }) {
       nodes { id customer { id } payments { id refunds { nodes { id } } } } } } }`,
    {},
    support,
  );
  const found = data.support.orders.nodes.find(({ customer }: { customer: { id: string } }) => customer.id !== ava.id);
  foreign = {
    user: found.customer.id,
    order: found.id,
    payment: found.payments[0].id,
    refund: found.payments[0].refunds.nodes[0].id,
  };
});
beforeEach(() => world.watch.reset());

function absent({ data, errors, complete }: ScreenAnswer, name: string): void {
  assert.deepEqual([errors, data[name], complete], [[], null, 'complete']);
}

describe('what is not the caller’s does not exist for the caller', () => {
  test('an order by its id', async () => {
    absent(
      await world.ask('query ($id: ID!) { order(id: $id) { id total { decimal } } }', { id: foreign.order }),
      'order',
    );
    const timeline = 'query ($id: ID!) { order(id: $id) { timeline { nodes { id } } } }';
    absent(await world.ask(timeline, { id: foreign.order }), 'order');
  });

  for (const kind of ['user', 'order', 'payment', 'refund'] as const)
    test(`a ${kind} by node`, async () => {
      const query = 'query ($id: ID!) { node(id: $id) { id ... on User { email } ... on Order { number } } }';
      absent(await world.ask(query, { id: foreign[kind] }), 'node');
      const seen = await world.ask(query, { id: foreign[kind] }, support);
      assert.deepEqual([seen.errors, seen.data.node.id], [[], foreign[kind]]);
    });

  test('an order by a mutation, whatever is asked of it', async () => {
    const cancel = await world.screen('1.0.0', 'cancel-order', {
      input: { orderId: foreign.order, reason: 'CUSTOMER', idempotencyKey: 'not-mine-1' },
    });
    assert.equal(cancel.data.cancelOrder.__typename, 'NotFoundProblem');
    const pay = await world.screen('1.0.0', 'pay-order', {
      input: { orderId: foreign.order, source: { providerToken: 'tok_visa_ok' }, idempotencyKey: 'not-mine-2' },
    });
    assert.equal(pay.data.payOrder.__typename, 'NotFoundProblem');
    const paths = world.watch.names().filter((name) => !name.includes(' GET '));
    assert.deepEqual(paths, []);
  });

  test('an order of a customer by support staff who would pay it', async () => {
    const [unpaid] = (
      await world.ask('{ viewer { orders(first: 1, filter: { paymentState: [UNPAID] }) { nodes { id } } } }')
    ).data.viewer.orders.nodes;
    const input = { orderId: unpaid.id, source: { providerToken: 'tok_visa_ok' }, idempotencyKey: 'for-her-1' };
    const { data } = await world.screen('1.0.0', 'pay-order', { input }, support);
    assert.equal(data.payOrder.__typename, 'NotFoundProblem');
  });

  test('everything in one’s own lists is one’s own', async () => {
    const { data } = await world.ask('{ viewer { orders(first: 100) { nodes { id customer { id } } } } }');
    const owners = new Set(data.viewer.orders.nodes.map(({ customer }: { customer: { id: string } }) => customer.id));
    assert.deepEqual([...owners], [ava.id]);
  });

  for (const id of ['', 'ord_', 'ord_%2e%2e', '../users', 'ord_' + 'a'.repeat(41), 'inv_1', 'usr_x/y', '💥'])
    test(`the id ${JSON.stringify(id.slice(0, 12))} names nothing, and nobody is asked`, async () => {
      const answer = await world.ask('query ($id: ID!) { order(id: $id) { number } node(id: $id) { id } }', { id });
      assert.deepEqual([answer.errors, answer.data], [[], { order: null, node: null }]);
      assert.deepEqual(world.watch.calls, []);
    });
});

describe('the support root', () => {
  for (const as of ['customer', 'new-customer'] as const)
    test(`is closed to a ${as}`, async () => {
      const answer = await world.ask('{ support { users(query: "martinez") { nodes { email } } } }', {}, { as });
      assert.equal(answer.errors[0]?.extensions.code, 'FORBIDDEN');
      assert.deepEqual(world.watch.calls, []);
    });

  test('refunds are closed to a customer, even of their own payment', async () => {
    const { data, errors } = await world.screen('1.0.0', 'refund-payment');
    assert.deepEqual([data ?? null, errors[0]?.extensions.code], [null, 'FORBIDDEN']);
    assert.deepEqual(world.watch.calls, []);
  });

  const people = '{ support { users(query: "martinez", first: 5) { nodes { id email phone } } } }';
  const nested = `{ support { orders(query: "${ava.email}", first: 1) { nodes { customer { email phone } } } } }`;
  const view = '($by: UserLookup!) { support { user(by: $by) { id email phone } } }';

  test('shows e-mail and phone masked in lists and what hangs below them', async () => {
    const masked = { email: 'a•••@example.com', phone: '••••98' };
    const list = await world.ask(people, {}, support);
    assert.deepEqual(list.data.support.users.nodes[0], { id: ava.id, ...masked });
    assert.deepEqual((await world.ask(nested, {}, support)).data.support.orders.nodes[0].customer, masked);
  });

  for (const by of [{ id: ava.id }, { email: 'AVA.Martinez@example.com' }, { orderNumber: 'F-100011' }])
    test(`shows them in clear in the customer view by ${Object.keys(by)[0]}`, async () => {
      const { data, errors } = await world.ask(`query ${view}`, { by }, support);
      assert.deepEqual(errors, []);
      assert.deepEqual([data.support.user.id, data.support.user.email], [ava.id, ava.email]);
      assert.match(data.support.user.phone, /^\+\d+$/);
    });

  test('shows them in clear to an administrator, everywhere', async () => {
    const list = await world.ask(people, {}, { as: 'admin' });
    assert.equal(list.data.support.users.nodes[0].email, ava.email);
    const below = await world.ask(nested, {}, { as: 'admin' });
    assert.equal(below.data.support.orders.nodes[0].customer.email, ava.email);
  });

  for (const by of [
    { id: 'usr_nobody' },
    { id: 'nobody' },
    { email: 'nobody@example.com' },
    { email: 'nobody' },
    { orderNumber: 'F-0' },
    { orderNumber: ava.email },
    { orderNumber: '' },
  ])
    test(`finds nobody by ${JSON.stringify(by)}, which is no error`, async () => {
      const { data, errors } = await world.ask(`query ${view}`, { by }, support);
      assert.deepEqual([errors, data.support.user], [[], null]);
    });

  test('does not show saved ways to pay', async () => {
    const query = `{ support { user(by: { id: "${ava.id}" }) { paymentMethods { nodes { id } } } } }`;
    const { data, errors } = await world.ask(query, {}, support);
    assert.deepEqual([errors, data.support.user.paymentMethods], [[], null]);
  });

  /** The log's lines of one screen, once its request is complete; each is asked once in this file. */
  async function linesOf(operation: string): Promise<Record<string, unknown>[]> {
    const own = (): Record<string, unknown>[] =>
      world.gateway.lines().filter((line) => line['facet.operation.name'] === operation);
    await waitFor(() => own().some((line) => line['event.action'] === 'completed'), {
      what: `${operation} to be logged`,
    });
    return own();
  }

  test('writes down who looked at whom and at which fields, and nothing of what was there', async () => {
    await world.screen('1.0.0', 'support-customer', undefined, support);
    const [line, ...more] = (await linesOf('SupportCustomer')).filter((entry) => entry['event.category'] === 'audit');
    assert.deepEqual(more, []);
    assert.equal(line?.['user.id'], identities.support.id);
    assert.deepEqual(line['facet.audit.subjects'], [ava.id]);
    const fields = line['facet.audit.fields'] as string[];
    for (const field of ['User.email', 'User.phone', 'Order.number', 'Payment.dispute'])
      assert.ok(fields.includes(field), field);
    assert.ok(!world.gateway.process.output().includes(ava.email));
  });

  test('a look at one’s own records is nobody’s business', async () => {
    await world.screen('1.0.0', 'account-dashboard');
    const audits = (await linesOf('AccountDashboard')).filter((entry) => entry['event.category'] === 'audit');
    assert.deepEqual(audits, []);
  });
});
