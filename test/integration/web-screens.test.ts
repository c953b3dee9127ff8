import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { identities } from '../../demo/services/seed/identities.ts';
import { everyLeaf } from '../support/every-leaf.ts';
import { suiteCleanup } from '../support/processes.ts';
import { type AskOptions, type ScreenAnswer, type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

const cleanup = suiteCleanup(after);
let world: ScreenWorld;
before(async () => {
  world = await startScreenWorld(cleanup, 'web');
});
beforeEach(() => world.watch.reset());

const support: AskOptions = { as: 'support' };
const ava = identities.customer;
/** Contact address of many orders, and the beginning of one person's. */
const words = { query: ava.email };

function whole({ errors, complete, status }: ScreenAnswer): void {
  assert.deepEqual(errors, []);
  assert.deepEqual([status, complete], [200, 'complete']);
}

/** The plans of CONTRACTS §2.2. A call that came in another wave than its own would wait for ever, and the answer not be whole. */
const plans: readonly {
  readonly name: string;
  readonly screen: string;
  readonly variables?: Record<string, unknown>;
  readonly options?: AskOptions;
  readonly waves: readonly number[];
}[] = [
  { name: 'the account dashboard', screen: 'account-dashboard', waves: [4, 1] },
  { name: 'the order list with payments', screen: 'order-list', waves: [1, 1] },
  { name: 'the order list without payments', screen: 'order-list', variables: { first: 5 }, waves: [1] },
  { name: 'the order detail', screen: 'order-detail', waves: [1, 2] },
  { name: 'the support search', screen: 'support-search', variables: words, options: support, waves: [2, 1] },
  {
    name: 'the customer view by id',
    screen: 'support-customer',
    variables: { by: { id: ava.id } },
    options: support,
    waves: [2, 1, 1],
  },
  { name: 'the customer view by e-mail', screen: 'support-customer', options: support, waves: [1, 1, 1, 1] },
  {
    name: 'the customer view by order number',
    screen: 'support-customer',
    variables: { by: { orderNumber: 'f-100011' } },
    options: support,
    waves: [1, 2, 1, 1],
  },
];

describe('a screen makes the calls of its plan, side by side where they can be', () => {
  for (const { name, screen, variables, options, waves } of plans)
    test(`${name}: ${waves.join(', then ')}`, async () => {
      world.watch.expectWaves(waves);
      const answer = await world.screen('1.0.0', screen, variables, options);
      whole(answer);
      const planned = waves.reduce((sum, wave) => sum + wave);
      assert.equal(world.watch.calls.length, planned, world.watch.names().join('\n'));
    });

  test('50 orders with their payments and customers: 3 calls, not 101', async () => {
    world.watch.expectWaves([1, 2]);
    const answer = await world.ask(
      '{ support { orders(first: 50) { nodes { id payments { id } customer { displayName } } } } }',
      {},
      support,
    );
    whole(answer);
    const { nodes } = answer.data.support.orders;
    assert.equal(nodes.length, 50);
    assert.ok(nodes.every(({ customer }: { customer: { displayName: string } }) => customer.displayName));
    assert.deepEqual(world.watch.names(), [
      'orders GET /v1/orders',
      'payments GET /v1/payments',
      'users GET /v1/users',
    ]);
  });

  test('what is asked for twice is called once', async () => {
    const answer = await world.ask(
      `{ a: order(id: "ord_U1QoZPRNRk2Zit") { number payments { id } amountPaid { decimal } }
         b: order(id: "ord_U1QoZPRNRk2Zit") { number payments { id } amountRefunded { decimal } }
         c: order(id: "ord_DvHqz6OMTUkpK4") { number payments { id refunds { nodes { id } } } } }`,
    );
    whole(answer);
    assert.equal(world.watch.calls.length, 2, world.watch.names().join('\n'));
  });

  test('an id alone is no reason to ask', async () => {
    const answer = await world.ask('{ viewer { id } order(id: "ord_U1QoZPRNRk2Zit") { customer { id __typename } } }');
    whole(answer);
    assert.deepEqual(answer.data.order.customer, { id: ava.id, __typename: 'User' });
    assert.deepEqual(world.watch.names(), ['orders POST /v1/orders/batch-get']);
  });
});

test('every field of every type that can be read has a value somewhere among the customer’s orders', async () => {
  const { query, leaves } = everyLeaf('Order', { without: ['customer', 'edges'] });
  const orders = await world.ask('{ viewer { orders(first: 24) { nodes { id } } } }');
  const seen = new Set<string>();
  for (const { id } of orders.data.viewer.orders.nodes) {
    const answer = await world.ask(`query ($id: ID!) { order(id: $id) ${query} }`, { id });
    whole(answer);
    leaves.collect(answer.data.order, seen);
  }
  const viewer = everyLeaf('User', { without: ['orders', 'edges', 'lastOrder'] });
  const account = await world.ask(`{ viewer ${viewer.query} }`);
  whole(account);
  viewer.leaves.collect(account.data.viewer, seen);
  const names = new Set([...leaves.names, ...viewer.leaves.names]);
  assert.deepEqual([...names].filter((name) => !seen.has(name)).toSorted(), neverSeeded);
});

/** What this customer has nothing of; the last is for when a service is away. */
const neverSeeded = ['Address.line2', 'Address.region', 'OrderEventConnection.missingSources'];

test('a formatted amount follows the locale that is asked for, else the caller’s own', async () => {
  const amounts = 'lifetimeSpend { currency decimal formatted german: formatted(locale: "de-DE") }';
  const answer = await world.ask(
    `{ viewer { accountSummary { ${amounts} } } }`,
    {},
    { headers: { 'accept-language': 'fr' } },
  );
  whole(answer);
  const euros = answer.data.viewer.accountSummary.lifetimeSpend.find(
    ({ currency }: { currency: string }) => currency === 'EUR',
  );
  const number = (text: string): string => text.replaceAll(/[^\d,.]/g, '');
  assert.match(euros.decimal, /^\d+\.\d\d$/);
  assert.equal(number(euros.german).replaceAll('.', '').replace(',', '.'), euros.decimal);
  assert.equal(number(euros.formatted).replace(',', '.'), euros.decimal);
  const refused = await world.ask('{ viewer { accountSummary { lifetimeSpend { formatted(locale: "no locale") } } } }');
  assert.equal(refused.errors[0]?.extensions.code, 'BAD_USER_INPUT');
});
