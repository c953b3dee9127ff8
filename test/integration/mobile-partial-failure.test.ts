import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ServiceName } from '../../src/generated/index.ts';
import { suiteCleanup } from '../support/processes.ts';
import { type FaultInput, switchFaults } from '../support/reference-services.ts';
import { type ScreenAnswer, type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

/** What is missing, and why it is said to be: `home.avatarUrl users UPSTREAM_UNAVAILABLE`. */
const missing = ({ errors }: ScreenAnswer): string[] =>
  errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.service} ${extensions.code}`).sort();

describe('the app while one service fails', () => {
  const cleanup = suiteCleanup(after);
  let world: ScreenWorld;

  before(async () => {
    // One attempt a call: what is tested is what the answer says, not how long somebody tries.
    world = await startScreenWorld(cleanup, 'mobile', { upstream: { retry: { maxRetries: 0 } } });
  });

  const fail = (service: ServiceName, ...rules: FaultInput[]) => switchFaults(world.services[service], rules);

  afterEach(async () => {
    await Promise.all((['users', 'orders', 'payments'] as const).map((service) => fail(service)));
  });

  test('without users the launch screen greets by the token and lacks the picture alone', async () => {
    await fail('users', { fault: 'status-503' });
    const answer = await world.screen('1.0.0', 'home');
    assert.equal(answer.status, 200);
    assert.deepEqual(missing(answer), ['home.avatarUrl users UPSTREAM_UNAVAILABLE']);
    assert.match(answer.data.home.greeting, /Ava/);
    assert.deepEqual([answer.data.home.avatarUrl, answer.data.home.recentOrders.length], [null, 5]);
    // Last year's app asks for nothing that would be missing.
    const old = await world.screen('0.9.0', 'home');
    assert.deepEqual([old.errors, old.data.home.activeOrders.length], [[], 3]);
  });

  test('without orders each of its sections is missing on its own', async () => {
    await fail('orders', { fault: 'status-503' });
    const answer = await world.screen('1.0.0', 'home');
    assert.deepEqual(
      missing(answer),
      ['activeOrders', 'attention', 'recentOrders'].map((field) => `home.${field} orders UPSTREAM_UNAVAILABLE`),
    );
    assert.match(answer.data.home.greeting, /Ava/);
    assert.match(answer.data.home.avatarUrl, /^https:/);
    const page = await world.screen('1.0.0', 'orders-page');
    assert.deepEqual([page.data, missing(page)], [{ orders: null }, ['orders orders UPSTREAM_UNAVAILABLE']]);
  });

  test('with a broken payment no sum is shown, least of all in the wallet sheet', async () => {
    const query = `{ orders(first: 50) { edges { node {
      id number payment { statusText methodText refundedText amountDueText canPayNow walletAmount { minor } }
    } } } }`;
    const orderOf = ({ data }: ScreenAnswer) =>
      data.orders.edges.find(({ node }: { node: { number: string } }) => node.number === 'F-100010').node;
    const whole = await world.ask(query);
    assert.ok(orderOf(whole).payment.walletAmount.minor > 0);
    await fail('payments', { fault: 'missing-field', parameters: { every: true } });
    const answer = await world.ask(query);
    // Half paid, by a payment that could not be read: all of it is not what is due.
    assert.equal(orderOf(answer).payment, null);
    assert.ok(answer.errors.every(({ extensions }) => extensions.code === 'UPSTREAM_BAD_RESPONSE'));
    const paid = await world.ask(
      'mutation ($input: QuickPayInput!) { quickPay(input: $input) { ... on MobileProblem { code retry } } }',
      { input: { orderId: orderOf(whole).id, source: { savedMethodId: 'pm_demovisa' }, idempotencyKey: 'by-a-guess' } },
    );
    assert.deepEqual(paid.data.quickPay, { code: 'SERVICE_UNAVAILABLE', retry: 'RETRY_SAME_KEY' });
    assert.ok(!world.watch.names().includes('payments POST /v1/payments'), 'asked for a sum that nobody knows');
  });

  test('an order that its service neither finds nor misses has failed', async () => {
    const { data } = await world.ask('{ orders(first: 1) { edges { node { id } } } }');
    const query = 'query ($id: ID!) { order(id: $id) { number } }';
    const asked = { id: data.orders.edges[0].node.id };
    await fail('orders', { fault: 'missing-items' });
    const answer = await world.ask(query, asked);
    assert.deepEqual([answer.data.order, missing(answer)], [null, ['order orders UPSTREAM_BAD_RESPONSE']]);
    await fail('orders');
    const none = await world.ask(query, { id: 'ord_aaaaaaaaaaaaaa' });
    assert.deepEqual([none.data.order, none.errors, none.complete], [null, [], 'complete']);
  });

  test('without payments every order is shown, with its payment where the order alone says enough', async () => {
    await fail('payments', { fault: 'status-503' });
    const answer = await world.screen('1.0.0', 'home');
    const orders: { number: string; statusText: string; payment: { statusText: string } | null }[] =
      answer.data.home.activeOrders;
    assert.equal(orders.length, 3);
    assert.ok(orders.every(({ statusText }) => statusText.length > 0));
    // One of them is paid in part: only payments know what is still due.
    const dark = orders.flatMap(({ payment }, index) => (payment === null ? [index] : []));
    assert.equal(dark.length, 1);
    assert.deepEqual(
      new Set(answer.errors.map(({ path }) => path?.slice(0, 4).join('.'))),
      new Set(['home.attention', `home.activeOrders.${dark[0]}.payment`]),
    );
    assert.ok(
      answer.errors.every(({ extensions }) => extensions.service === 'payments' && extensions.retryable === true),
    );
    assert.equal(answer.data.home.attention, null);
  });

  test('without payments the pay sheet knows the amount, and lacks the saved ways', async () => {
    await fail('payments', { fault: 'status-503' });
    const answer = await world.screen('1.0.0', 'pay-prefetch');
    assert.deepEqual(missing(answer), ['savedMethods payments UPSTREAM_UNAVAILABLE']);
    assert.equal(answer.data.savedMethods, null);
    assert.equal(answer.data.order.payment.canPayNow, true);
    assert.match(answer.data.order.payment.walletAmount.minor, /^\d+$/);
  });

  test('no service text reaches the app, whatever a service says', async () => {
    for (const fault of ['html-error-page', 'truncated-json', 'wrong-content-type', 'reset-mid-body']) {
      await fail('orders', { fault });
      const answer = await world.screen('1.0.0', 'orders-page');
      assert.deepEqual([answer.status, answer.data, answer.errors.length], [200, { orders: null }, 1], fault);
      assert.doesNotMatch(JSON.stringify(answer.errors), /<html|Unexpected|JSON|ECONN|127\.0\.0\.1/i);
      assert.equal(typeof answer.errors[0]?.extensions.correlationId, 'string');
    }
  });

  test('states that services invent are drawn as NEUTRAL by every build, and break nothing', async () => {
    for (const field of ['status', 'payment_state', 'fulfillment_state']) {
      await fail('orders', { fault: 'unknown-enum', parameters: { field } });
      for (const [version, name] of [
        ['1.0.0', 'home'],
        ['0.9.0', 'home'],
        ['1.0.0', 'orders-page'],
        ['0.9.0', 'orders-page'],
      ] as const) {
        const { data, errors } = await world.screen(version, name);
        assert.deepEqual(errors, [], `${field} ${version} ${name}`);
        const text = JSON.stringify(data);
        assert.doesNotMatch(text, /quantum/i);
        // The fault is in the first record of each reply.
        const [first] = text.match(/"statusTone":"\w+"/) ?? [];
        assert.equal(first ?? '"statusTone":"NEUTRAL"', '"statusTone":"NEUTRAL"', `${field} ${version} ${name}`);
      }
    }
    await fail('orders');
    await fail('payments', { fault: 'unknown-enum' });
    const { errors } = await world.screen('1.0.0', 'home');
    assert.deepEqual(errors, []);
  });
});
