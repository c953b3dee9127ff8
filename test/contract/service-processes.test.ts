import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { isWebhookGenuine } from '../../demo/services/kit/signed-webhook.ts';
import { identities } from '../../demo/services/seed/identities.ts';
import { errorsOf } from '../../src/generated/index.ts';
import { contractClient, demoOrderNumber } from '../support/contract-client.ts';
import { freePorts, runProcess, temporaryDirectory, waitFor } from '../support/processes.ts';
import {
  controlService,
  serviceCredentials,
  startServiceProcess,
  switchFaults,
} from '../support/reference-services.ts';

const customer = identities.customer.id;

/** Orders and payments as two processes that know each other, on one data directory. */
async function startPair(t: TestContext) {
  const [ordersPort, paymentsPort] = await freePorts(2);
  const dataDir = await temporaryDirectory(t);
  const inbox = (port: number | undefined, path: string) => ({ PEER_EVENTS_URL: `http://127.0.0.1:${port}${path}` });
  const startOrders = () =>
    startServiceProcess(t, 'orders', {
      dataDir,
      port: ordersPort!,
      env: inbox(paymentsPort, '/internal/order-events'),
    });
  const startPayments = () =>
    startServiceProcess(t, 'payments', {
      dataDir,
      port: paymentsPort!,
      env: inbox(ordersPort, '/internal/payment-events'),
    });
  const [orders, payments] = await Promise.all([startOrders(), startPayments()]);
  return { orders, payments, startOrders, startPayments };
}

async function unpaidOrder(ordersUrl: string) {
  const { body } = await contractClient('orders', ordersUrl).call('searchOrders', {
    query: { q: demoOrderNumber('unpaid') },
  });
  return body.items[0];
}

const paymentFor = (order: { id: string; total: object }) => ({
  order_id: order.id,
  customer_id: customer,
  amount: order.total,
  payment_source: { provider_token: 'tok_visa_ok' },
});

test('a payment service killed between its commit and its answer has charged once, and says so on retry', async (t) => {
  const { orders, payments, startPayments } = await startPair(t);
  const order = await unpaidOrder(orders.url);
  const before = contractClient('payments', payments.url);
  await switchFaults(payments, [{ fault: 'crash', operation: 'createPayment' }]);
  const call = { body: paymentFor(order), key: 'pay-once', userId: customer };
  await assert.rejects(before.call('createPayment', call));
  assert.equal((await payments.exited).signal, 'SIGKILL');

  const again = contractClient('payments', (await startPayments()).url);
  const answers = await Promise.all(Array.from({ length: 10 }, () => again.call('createPayment', call)));
  for (const { status, body, headers } of answers) {
    assert.deepEqual([status, body.status, headers.get('idempotency-replayed')], [201, 'succeeded', 'true']);
  }
  const { body: list } = await again.call('listPayments', { query: { order_id: [order.id] } });
  assert.equal(list.data.length, 1);
  // What was to be told before the crash is told after it.
  const client = contractClient('orders', orders.url);
  const isPaid = async () =>
    (await client.call('getOrder', { params: { id: order.id } })).body.payment_state === 'paid';
  await waitFor(isPaid, { what: 'the order to hear of its payment' });
});

test('an order service that was down hears of its payments when it is back, in their order', async (t) => {
  const { orders, payments, startOrders } = await startPair(t);
  const order = await unpaidOrder(orders.url);
  await orders.kill('SIGKILL');
  const client = contractClient('payments', payments.url);
  const { body: payment } = await client.call('createPayment', { body: paymentFor(order), key: 'k1' });
  const body = { reason: 'other', amount: { ...order.total, amount: 1 } };
  await client.call('createRefund', { params: { id: payment.id }, body, key: 'k2' });

  const { url } = await startOrders();
  const eventsOf = async (): Promise<string[]> => {
    const { body: page } = await contractClient('orders', url).call('listOrderEvents', { params: { id: order.id } });
    return page.items.map(({ type, state }: { type: string; state: string }) => `${type} ${state}`);
  };
  await waitFor(async () => (await eventsOf()).includes('refund pending'), { what: 'the order to catch up' });
  assert.deepEqual((await eventsOf()).slice(0, 4), [
    'placed null',
    'payment succeeded',
    'confirmed null',
    'refund pending',
  ]);
});

test('what was accepted survives kill -9, and so does a refund that is pending', async (t) => {
  const { orders, payments, startPayments } = await startPair(t);
  const order = await unpaidOrder(orders.url);
  const first = contractClient('payments', payments.url);
  const { body: payment } = await first.call('createPayment', { body: paymentFor(order), key: 'k1' });
  const refund = { params: { id: payment.id }, body: { reason: 'other' }, key: 'k2' };
  const { body: pending } = await first.call('createRefund', refund);
  assert.equal(pending.status, 'pending');
  await payments.kill('SIGKILL');

  const restarted = await startPayments();
  const second = contractClient('payments', restarted.url);
  const replayed = await second.call('createRefund', refund);
  assert.deepEqual([replayed.body, replayed.headers.get('idempotency-replayed')], [pending, 'true']);
  await controlService(restarted, 'POST', '/__clock', { advance_ms: 5_000 });
  const isSettled = async () =>
    (await second.call('getRefund', { params: { id: pending.id } })).body.status === 'succeeded';
  await waitFor(isSettled, { what: 'the refund to settle' });
});

test('a change is told to the gateway by a signed message that fits the contract, again until it is taken', async (t) => {
  const messages: { headers: Record<string, string | string[] | undefined>; body: string }[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      messages.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(messages.length === 1 ? 503 : 204).end();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await waitFor(() => receiver.listening, { what: 'the receiver to listen' });
  t.after(() => void receiver.close());
  const { port } = receiver.address() as AddressInfo;
  const users = await startServiceProcess(t, 'users', { env: { WEBHOOK_URLS: `http://127.0.0.1:${port}/webhooks` } });
  await contractClient('users', users.url).call('updateUser', {
    params: { id: customer },
    body: { display_name: 'Ava M.' },
  });
  await waitFor(() => messages.length >= 2, { what: 'the second attempt' });
  const [refused, taken] = messages as [(typeof messages)[0], (typeof messages)[0]];
  assert.equal(taken.headers['webhook-id'], refused.headers['webhook-id']);
  const isGenuine = (secret: string, body: string): boolean =>
    isWebhookGenuine(secret, taken.headers, body, Math.floor(Date.now() / 1000));
  assert.ok(isGenuine(serviceCredentials.webhookSecret, taken.body));
  assert.ok(!isGenuine('whsec_b3RoZXI=', taken.body));
  assert.ok(!isGenuine(serviceCredentials.webhookSecret, `${taken.body} `));
  const event = JSON.parse(taken.body);
  assert.deepEqual(errorsOf('users', 'UserEvent', event), []);
  assert.deepEqual([event.type, event.data.id], ['user.updated', customer]);
});

test('an inbox takes only what its peer has signed', async (t) => {
  const { url } = await startServiceProcess(t, 'orders');
  const body = JSON.stringify({ type: 'payments.changed', data: {} });
  const post = (headers: Record<string, string>) =>
    fetch(`${url}/internal/payment-events`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const unsigned = { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,AAAA' };
  assert.equal((await post({})).status, 401);
  assert.equal((await post(unsigned)).status, 401);
  assert.equal((await post({ authorization: `Bearer ${serviceCredentials.gatewayToken}` })).status, 401);
});

test('each log line is JSON with the correlation id, and none holds the credential', async (t) => {
  const users = await startServiceProcess(t, 'users');
  const id = 'journey-0001';
  await contractClient('users', users.url).call('getUser', {
    params: { id: customer },
    headers: { 'x-correlation-id': id },
  });
  const lineOf = () =>
    users
      .output()
      .split('\n')
      .find((line) => line.includes(id));
  const line = JSON.parse(await waitFor(lineOf, { what: 'the log line' }));
  assert.deepEqual(
    [line.service, line.msg, line.operation, line.status, line.correlation_id],
    ['user-service', 'request', 'getUser', 200, id],
  );
  assert.ok(!users.output().includes(serviceCredentials.gatewayToken));
});

test('SIGTERM ends a service in order', async (t) => {
  const users = await startServiceProcess(t, 'users');
  assert.deepEqual(await users.kill('SIGTERM'), { code: 0, signal: null });
});

for (const [what, env, pattern] of [
  ['no credential', { GATEWAY_TOKEN: '' }, /^GATEWAY_TOKEN is missing/m],
  ['a port that is none', { PORT: 'high' }, /^PORT must be 0 to 65535/m],
  [
    'receivers but no secret',
    { WEBHOOK_URLS: 'http://127.0.0.1:9/x', WEBHOOK_SECRET: '' },
    /^WEBHOOK_SECRET is missing/m,
  ],
] as const) {
  test(`a service with ${what} says so in one line and does not start`, async (t) => {
    const dataDir = await temporaryDirectory(t);
    const given = { PORT: '0', DATA_DIR: dataDir, GATEWAY_TOKEN: 'x', ...env };
    const { code, output } = await runProcess(t, 'demo/services/user-service/main.ts', { env: given });
    assert.equal(code, 1);
    assert.match(output, pattern);
    assert.equal(output.trim().split('\n').length, 1);
  });
}

test('a taken port is one clear line', async (t) => {
  const { port } = await startServiceProcess(t, 'users');
  const env = { PORT: String(port), DATA_DIR: await temporaryDirectory(t), GATEWAY_TOKEN: 'x' };
  const { code, output } = await runProcess(t, 'demo/services/user-service/main.ts', { env });
  assert.deepEqual([code, output.trim()], [1, `Port ${port} is taken; set PORT to another.`]);
});
