import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { contractClient } from '../support/contract-client.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { switchFaults } from '../support/reference-services.ts';
import { type AskOptions, type ScreenAnswer, type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

const visa = { savedMethodId: 'pm_demovisa' };
const userId = 'usr_customer01';

describe('the app pays and cancels', () => {
  const cleanup = suiteCleanup(after);
  let world: ScreenWorld;
  let orders: ReturnType<typeof contractClient>;
  let payments: ReturnType<typeof contractClient>;
  let keys = 0;

  before(async () => {
    // Short, so that a lost answer is given up soon; none is repeated by the gateway, so that each test sees its own tries.
    world = await startScreenWorld(cleanup, 'mobile', { upstream: { retry: { maxRetries: 0 }, writeTimeoutMs: 700 } });
    orders = contractClient('orders', world.services.orders.url);
    payments = contractClient('payments', world.services.payments.url);
  });

  afterEach(() => Promise.all(Object.values(world.services).map((service) => switchFaults(service, []))));

  /** A new order that the payment service has heard of, so that it can be paid. */
  async function placeOrder(): Promise<string> {
    const line = { sku: 'MUG', title: 'Mug', quantity: 2, unit_price: { amount: 1_250, currency: 'EUR' } };
    const body = { customer_id: userId, currency: 'EUR', line_items: [line] };
    const placed = await orders.call('createOrder', { body, userId, key: `place-${++keys}` });
    const { id } = placed.body;
    await waitFor(
      async () => {
        const refused = await payments.call('createPayment', {
          userId,
          key: `probe-${++keys}`,
          body: {
            order_id: id,
            customer_id: userId,
            amount: { amount: 1, currency: 'USD' },
            payment_source: { saved_method_id: 'pm_demovisa' },
          },
        });
        return refused.status === 422;
      },
      { what: 'the payment service to hear of the order' },
    );
    return id;
  }

  async function chargesOf(orderId: string): Promise<number> {
    const { body } = await payments.call('listPayments', { userId, query: { order_id: [orderId] } });
    return body.data.filter(({ status }: { status: string }) => status === 'succeeded').length;
  }

  const pay = (orderId: string, source: object, idempotencyKey: string, options?: AskOptions): Promise<ScreenAnswer> =>
    world.screen('1.0.0', 'quick-pay', { input: { orderId, source, idempotencyKey } }, options);
  const adviceOf = ({ data }: ScreenAnswer) => [data.quickPay.code, data.quickPay.retry];

  test('a wallet token pays once, however often it is sent, and every answer is the same', async () => {
    const orderId = await placeOrder();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => pay(orderId, { applePayToken: 'tok_wallet_1' }, 'once')),
    );
    answers.push(await pay(orderId, { applePayToken: 'tok_wallet_1' }, 'once'));
    for (const { data, errors } of answers) assert.deepEqual([data, errors], [answers[0]?.data, []]);
    const { quickPay } = answers[0]?.data ?? {};
    assert.equal(quickPay.__typename, 'QuickPaySuccess');
    assert.match(quickPay.confirmationText, /£|€/);
    assert.deepEqual([quickPay.nextActionUrl, quickPay.order.id], [null, orderId]);
    // Its service has not heard of the payment yet, and still the order does not ask to be paid.
    assert.doesNotMatch(quickPay.order.statusText, /payment/i);
    assert.equal(await chargesOf(orderId), 1);
  });

  test('the same key with other input is a new attempt to make, and charges nothing', async () => {
    const orderId = await placeOrder();
    await pay(orderId, visa, 'reused');
    const other = await pay(orderId, { googlePayToken: 'tok_wallet_2' }, 'reused');
    assert.deepEqual(adviceOf(other), ['IDEMPOTENCY_KEY_REUSED', 'RETRY_NEW_ATTEMPT']);
    assert.equal(other.data.quickPay.field, 'idempotencyKey');
    const anew = await pay(orderId, visa, 'new-key');
    assert.deepEqual(adviceOf(anew), ['NOT_ALLOWED_IN_STATE', 'DO_NOT_RETRY']);
    assert.equal(await chargesOf(orderId), 1);
  });

  test('a bank that says no is told in the reader’s language, and another way to pay works', async () => {
    const orderId = await placeOrder();
    const german = { headers: { 'accept-language': 'de-DE' } };
    const declined = await pay(orderId, { savedMethodId: 'pm_demodeclined' }, 'declined', german);
    assert.deepEqual(adviceOf(declined), ['PAYMENT_DECLINED', 'RETRY_NEW_ATTEMPT']);
    assert.match(declined.data.quickPay.message, /abgelehnt/);
    assert.doesNotMatch(JSON.stringify(declined.data), /issuer|insufficient/i);
    assert.equal((await pay(orderId, visa, 'declined-then-good')).data.quickPay.__typename, 'QuickPaySuccess');
  });

  test('a bank that wants to see its customer is a success with somewhere to go', async () => {
    const orderId = await placeOrder();
    const { data } = await pay(orderId, { savedMethodId: 'pm_demochallenge' }, 'challenge');
    assert.match(data.quickPay.nextActionUrl, /^https:\/\/acs\.facet\.example\//);
    assert.match(data.quickPay.confirmationText, /bank/);
    assert.equal(await chargesOf(orderId), 0);
  });

  test('what cannot be used to pay names the field, and keeps the order payable', async () => {
    const orderId = await placeOrder();
    const unknown = await pay(orderId, { savedMethodId: 'pm_nobodyhas' }, 'unknown-method');
    assert.deepEqual(adviceOf(unknown), ['VALIDATION_FAILED', 'RETRY_NEW_ATTEMPT']);
    assert.equal(unknown.data.quickPay.field, 'source.savedMethodId');
    for (const key of ['', 'x'.repeat(256), 'with space'])
      assert.deepEqual(adviceOf(await pay(orderId, visa, key)), ['VALIDATION_FAILED', 'DO_NOT_RETRY'], key);
    assert.equal((await pay(orderId, visa, 'good-key')).data.quickPay.__typename, 'QuickPaySuccess');
  });

  test('while payments are dead nothing happens, and the same key pays once they are back', async () => {
    const orderId = await placeOrder();
    await switchFaults(world.services.orders, [{ fault: 'status-503' }]);
    const dead = await pay(orderId, visa, 'patient');
    assert.deepEqual(adviceOf(dead), ['SERVICE_UNAVAILABLE', 'RETRY_SAME_KEY']);
    assert.ok(dead.data.quickPay.retryAfterSeconds >= 1);
    await switchFaults(world.services.orders, []);
    await switchFaults(world.services.payments, [{ fault: 'status-503' }]);
    const [, advice] = adviceOf(await pay(orderId, visa, 'patient'));
    assert.equal(advice, 'RETRY_SAME_KEY');
    await switchFaults(world.services.payments, []);
    assert.equal((await pay(orderId, visa, 'patient')).data.quickPay.__typename, 'QuickPaySuccess');
    assert.equal(await chargesOf(orderId), 1);
  });

  test('a payment whose answer was lost never looks failed, and its repetition charges nothing more', async () => {
    for (const fault of ['reset-before-answer', 'late-answer']) {
      const orderId = await placeOrder();
      await switchFaults(world.services.payments, [{ fault, operation: 'createPayment', count: 1 }]);
      const lost = await pay(orderId, visa, `lost-${fault}`);
      assert.deepEqual(adviceOf(lost), ['OUTCOME_UNKNOWN', 'RETRY_SAME_KEY'], fault);
      const again = await pay(orderId, visa, `lost-${fault}`);
      assert.equal(again.data.quickPay.__typename, 'QuickPaySuccess', JSON.stringify(again.data));
      assert.equal(await chargesOf(orderId), 1);
    }
  });

  test('a success stands while everything else is dead', async () => {
    const orderId = await placeOrder();
    const first = await pay(orderId, visa, 'stands');
    for (const service of Object.values(world.services)) await switchFaults(service, [{ fault: 'status-503' }]);
    assert.deepEqual((await pay(orderId, visa, 'stands')).data, first.data);
  });

  test('another process, started after the first has paid, gives the success and charges nothing more', async () => {
    const orderId = await placeOrder();
    await pay(orderId, visa, 'restart');
    // By now the order knows that it is paid: nothing is due any more.
    await waitFor(
      async () => (await orders.call('getOrder', { userId, params: { id: orderId } })).body.payment_state === 'paid',
      { what: 'the order to be paid' },
    );
    const restarted = await startScreenWorld(cleanup, 'mobile', { services: world.services });
    const input = { orderId, source: visa, idempotencyKey: 'restart' };
    const { data, errors } = await restarted.screen('1.0.0', 'quick-pay', { input });
    assert.deepEqual([data.quickPay.__typename, errors], ['QuickPaySuccess', []]);
    assert.equal(await chargesOf(orderId), 1);
  });

  test('an order is cancelled once; what is on its way is not', async () => {
    const orderId = await placeOrder();
    const input = { orderId, idempotencyKey: 'cancel-once' };
    const first = await world.screen('1.0.0', 'cancel-order', { input });
    assert.deepEqual([first.data.cancelOrder.order.statusText, first.errors], ['Cancelled', []]);
    assert.deepEqual((await world.screen('1.0.0', 'cancel-order', { input })).data, first.data);
    const late = { orderId: 'ord_jZ36ZbjrCVen07', idempotencyKey: 'too-late' };
    const { cancelOrder } = (await world.screen('1.0.0', 'cancel-order', { input: late })).data;
    assert.deepEqual([cancelOrder.code, cancelOrder.retry], ['NOT_ALLOWED_IN_STATE', 'DO_NOT_RETRY']);
    assert.match(cancelOrder.message, /can no longer be cancelled/);
  });

  test('a part of the order that the write did not bring is read, and its loss does not undo the write', async () => {
    const query = `mutation ($input: MobileCancelOrderInput!) { cancelOrder(input: $input) {
      ... on MobileCancelOrderSuccess { confirmationText order { title itemCount } } } }`;
    const orderId = await placeOrder();
    const whole = await world.ask(query, { input: { orderId, idempotencyKey: 'with-lines' } });
    assert.deepEqual(whole.data.cancelOrder.order, { title: 'Mug', itemCount: 2 });
    await switchFaults(world.services.orders, [{ fault: 'status-503' }]);
    const bare = await world.ask(query, { input: { orderId, idempotencyKey: 'with-lines' } });
    assert.equal(bare.data.cancelOrder.confirmationText, whole.data.cancelOrder.confirmationText);
    assert.deepEqual([bare.data.cancelOrder.order, bare.errors.length], [null, 1]);
  });

  test('a device is registered as often as it likes; a dead service is asked again later', async () => {
    const register = (token: string) =>
      world.screen('1.0.0', 'register-push-token', { input: { platform: 'FCM', token } });
    for (const token of ['f'.repeat(512), 'f'.repeat(512)])
      assert.equal((await register(token)).data.registerPushToken.ok, true);
    for (const token of ['short', 'with space in it', '../../users', 'x'.repeat(513)]) {
      const { code, retry, field } = (await register(token)).data.registerPushToken;
      assert.deepEqual([code, retry, field], ['VALIDATION_FAILED', 'DO_NOT_RETRY', 'token'], token);
    }
    await switchFaults(world.services.users, [{ fault: 'status-503' }]);
    const { retry, retryAfterSeconds } = (await register('f'.repeat(64))).data.registerPushToken;
    assert.equal(retry, 'RETRY_SAME_KEY');
    assert.ok(retryAfterSeconds >= 1);
  });
});
