import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { identities } from '../../demo/services/seed/identities.ts';
import { suiteCleanup } from '../support/processes.ts';
import { type FaultInput, switchFaults } from '../support/reference-services.ts';
import { type AskOptions, type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- answers are looked into by path, as a client without types would
type Json = any;

const cleanup = suiteCleanup(after);
const upstream = { writeTimeoutMs: 400, retry: { maxRetries: 0 }, cache: { freshSeconds: 30 } };
const support: AskOptions = { as: 'support' };
let world: ScreenWorld;
/** Another instance over the same services: it keeps nothing, and knows of no key. */
let other: ScreenWorld;
/** Customers' orders by where they stand, each handed out once: most tests change theirs. */
const orders: Record<Kind, Json[]> = {
  unpaid: [],
  failed: [],
  partly: [],
  cancelled: [],
  packing: [],
  held: [],
  authorized: [],
  delivered: [],
  voided: [],
};
let made = 0;

/** As filters of the support root. */
const kinds = {
  unpaid: 'status: [OPEN], paymentState: [UNPAID]',
  failed: 'status: [OPEN], paymentState: [FAILED]',
  partly: 'status: [OPEN], paymentState: [PARTIALLY_PAID]',
  cancelled: 'status: [CANCELLED], paymentState: [UNPAID]',
  packing: 'status: [CONFIRMED], paymentState: [PAID], fulfillmentState: [UNFULFILLED]',
  held: 'status: [CONFIRMED], fulfillmentState: [ON_HOLD]',
  authorized: 'status: [CONFIRMED], paymentState: [AUTHORIZED]',
  delivered: 'status: [COMPLETED], paymentState: [PAID]',
  voided: 'status: [CANCELLED], paymentState: [VOIDED]',
};
type Kind = keyof typeof kinds;

before(async () => {
  world = await startScreenWorld(cleanup, 'web', { upstream });
  other = await startScreenWorld(cleanup, 'web', {
    services: world.services,
    upstream: { readTimeoutMs: 300, retry: { maxRetries: 0 } },
  });
  const fields =
    'id version status total { amountMinor currency } amountPaid { amountMinor } shipments { id } payments { id status } customer { id }';
  for (const [kind, filter] of Object.entries(kinds)) {
    const { data, errors } = await world.ask(
      `{ support { orders(first: 10, filter: { ${filter} }) { nodes { ${fields} } } } }`,
      {},
      support,
    );
    assert.deepEqual(errors, []);
    orders[kind as Kind] = data.support.orders.nodes;
  }
});
beforeEach(() => world.watch.reset());
afterEach(async () => {
  for (const service of ['users', 'orders', 'payments'] as const) await switchFaults(world.services[service], []);
});

function take(kind: Kind): Json {
  const list = orders[kind];
  // One with a label is cancelled by the warehouse, some time later.
  const index = kind === 'packing' ? list.findIndex(({ shipments }) => shipments.length === 0) : 0;
  const [order] = list.splice(index, 1);
  return order ?? assert.fail(`no order is ${kind}`);
}

const key = (): string => `key-${++made}`;

/** The operation's only mutation. */
async function run(screen: string, input: Json, options?: AskOptions, at = world): Promise<Json> {
  const { data, errors } = await at.screen('1.0.0', screen, { input }, options);
  assert.deepEqual(errors, [], screen);
  return Object.values(data)[0];
}

const pay = (
  { id: orderId, customer }: Json,
  token = 'tok_visa_ok',
  idempotencyKey = key(),
  at = world,
): Promise<Json> =>
  run('pay-order', { orderId, source: { providerToken: token }, idempotencyKey }, { as: customer.id }, at);
const cancel = ({ id, customer }: Json, more: Json = {}): Promise<Json> =>
  run('cancel-order', { orderId: id, reason: 'CUSTOMER', idempotencyKey: key(), ...more }, { as: customer.id });
const refund = (paymentId: string, more: Json = {}): Promise<Json> =>
  run('refund-payment', { paymentId, reason: 'REQUESTED_BY_CUSTOMER', idempotencyKey: key(), ...more }, support);

const writes = (): string[] => world.watch.names().filter((name) => / POST \/v1\/(payments|orders\/ord_)/.test(name));
const fault = (service: 'users' | 'orders' | 'payments', ...rules: FaultInput[]): Promise<void> =>
  switchFaults(world.services[service], rules);

/** Payments of an order as the payment service has them, asked by the instance that keeps nothing. */
async function chargesOf({ id }: Json): Promise<Json[]> {
  const query = 'query ($id: ID!) { order(id: $id) { payments { id status amountCaptured { amountMinor } } } }';
  const { data } = await other.ask(query, { id }, support);
  return data.order.payments.filter(({ status }: Json) => status === 'SUCCEEDED');
}

describe('payOrder', () => {
  test('makes a screen anew that was given from memory as a whole, and that clients were told not to keep', async () => {
    const order = take('unpaid');
    const as = order.customer.id;
    const query = 'query Paid { viewer { orders(first: 50) { nodes { id payments { status } } } } }';
    const show = async () => {
      world.watch.reset();
      const { data, errors, headers } = await world.ask(query, {}, { as });
      assert.deepEqual(errors, []);
      assert.equal(headers.get('cache-control'), 'no-store');
      const shown = data.viewer.orders.nodes.find(({ id }: Json) => id === order.id);
      return { statuses: shown.payments.map(({ status }: Json) => status), calls: world.watch.calls.length };
    };
    assert.ok((await show()).calls > 0);
    // As long as the payment service allows, which is longer than this takes unless the machine stands still.
    assert.deepEqual(await show(), { statuses: [], calls: 0 });
    await pay(order);
    const paid = await show();
    assert.deepEqual(paid.statuses, ['SUCCEEDED']);
    assert.ok(paid.calls > 0);
  });

  test('charges what is open, once, with one write and at most two reads', async () => {
    const order = take('unpaid');
    const result = await pay(order);
    assert.equal(result.__typename, 'PayOrderSuccess');
    assert.equal(result.payment.status, 'SUCCEEDED');
    assert.equal(result.payment.amount.amountMinor, order.total.amountMinor);
    assert.equal(result.nextAction, null);
    assert.equal(result.order.id, order.id);
    assert.deepEqual(writes(), ['payments POST /v1/payments']);
    assert.ok(world.watch.calls.length <= 3, world.watch.names().join('\n'));
  });

  test('charges only the rest of an order that is paid in part; a gateway that has forgotten gives the same answer', async () => {
    const order = take('partly');
    const again = key();
    const result = await pay(order, 'tok_visa_ok', again);
    const rest = BigInt(order.total.amountMinor) - BigInt(order.amountPaid.amountMinor);
    assert.equal(BigInt(result.payment.amount.amountMinor), rest);

    assert.deepEqual((await pay(order, 'tok_visa_ok', again, other)).payment, result.payment);
    const charges = await chargesOf(order);
    assert.equal(charges.length, 2);
    const total = charges.reduce((sum, { amountCaptured }) => sum + BigInt(amountCaptured.amountMinor), 0n);
    assert.equal(total, BigInt(order.total.amountMinor));
  });

  test('50 equal requests at once are one charge and 50 equal answers; other input with the key is a conflict', async () => {
    const order = take('failed');
    const one = key();
    const results = await Promise.all(Array.from({ length: 50 }, () => pay(order, 'tok_visa_ok', one)));
    assert.equal(new Set(results.map(({ payment }) => payment.id)).size, 1);
    assert.deepEqual(writes(), ['payments POST /v1/payments']);
    assert.equal((await chargesOf(order)).length, 1);
    const reused = await pay(order, 'tok_gift_card', one);
    assert.deepEqual([reused.__typename, reused.code], ['ConflictProblem', 'IDEMPOTENCY_KEY_REUSED']);
    assert.deepEqual([reused.currentVersion, writes().length], [null, 1]);

    const late = await pay(order);
    assert.equal(late.__typename, 'NotAllowedInStateProblem');
    assert.ok(!late.availableActions.includes('RETRY_PAYMENT'));
  });

  test('a declined payment, one that needs the payer, and then another way that works', async () => {
    const order = take('unpaid');
    const declined = await pay(order, 'tok_declined_expired_card');
    assert.deepEqual(declined, {
      __typename: 'PaymentDeclinedProblem',
      code: 'PAYMENT_DECLINED',
      message: 'The card has expired.',
      declineCode: 'expired_card',
      retryable: declined.retryable,
    });
    const waiting = await pay(order, 'tok_requires_action');
    assert.equal(waiting.payment.status, 'REQUIRES_ACTION');
    assert.match(waiting.nextAction.redirectUrl, /^https:/);
    assert.ok(Date.parse(waiting.nextAction.expiresAt) > Date.now());
    assert.equal((await pay(order)).payment.status, 'SUCCEEDED');
  });

  test('a cancelled order cannot be paid', async () => {
    const result = await pay(take('cancelled'));
    assert.deepEqual([result.__typename, result.availableActions], ['NotAllowedInStateProblem', ['REORDER']]);
  });

  test('an answer that comes too late is an unknown outcome; the repetition has the one true result', async () => {
    const order = take('unpaid');
    const same = key();
    await fault('payments', { fault: 'late-answer', operation: 'createPayment', parameters: { delay_ms: 3_000 } });
    const unknown = await pay(order, 'tok_visa_ok', same);
    assert.equal(unknown.__typename, 'OutcomeUnknownProblem');
    assert.ok(unknown.retryAfterSeconds >= 1);
    await fault('payments');
    const known = await pay(order, 'tok_visa_ok', same);
    assert.equal(known.payment.status, 'SUCCEEDED');
    assert.equal((await chargesOf(order)).length, 1);
  });

  test('a charged payment does not look failed because orders is down', async () => {
    const order = take('unpaid');
    await fault('orders', { fault: 'status-503', operation: 'batchGetOrders' });
    const { data, errors } = await world.screen(
      '1.0.0',
      'pay-order',
      {
        input: { orderId: order.id, source: { providerToken: 'tok_visa_ok' }, idempotencyKey: key() },
      },
      { as: order.customer.id },
    );
    assert.equal(data.payOrder.__typename, 'PayOrderSuccess');
    assert.equal(data.payOrder.order, null);
    assert.deepEqual(
      errors.map(({ path }) => path?.join('.')),
      ['payOrder.order'],
    );
  });

  test('nothing is sent while orders cannot say what is open, or payments turns callers away', async () => {
    const order = take('unpaid');
    await fault('orders', { fault: 'hang', operation: 'getOrder' });
    const unread = await pay(order, 'tok_visa_ok', key(), other);
    assert.equal(unread.__typename, 'UnavailableProblem');
    assert.ok(unread.retryAfterSeconds >= 1);
    await fault('orders');
    await fault('payments', { fault: 'rate-limited', operation: 'createPayment' });
    const refused = await pay(order);
    assert.equal(refused.__typename, 'UnavailableProblem');
    assert.ok(refused.retryAfterSeconds >= 1);
  });

  test('all mistakes of the input are told at once, and nothing is sent', async () => {
    const result = await run('pay-order', { orderId: 'ord_1', source: { savedMethodId: 'x' }, idempotencyKey: 'a b' });
    assert.equal(result.__typename, 'ValidationProblem');
    assert.deepEqual(
      result.fields.map(({ path, code }: Json) => [path.join('.'), code]),
      [
        ['input.idempotencyKey', 'BAD_FORMAT'],
        ['input.source.savedMethodId', 'NOT_USABLE'],
      ],
    );
    assert.deepEqual(world.watch.calls, []);
    const both = { savedMethodId: 'pm_1', providerToken: 'tok_visa_ok' };
    const input = { orderId: 'ord_1', source: both, idempotencyKey: key() };
    const { errors } = await world.screen('1.0.0', 'pay-order', { input });
    assert.equal(errors[0]?.extensions.code, 'BAD_USER_INPUT');
  });

  for (const [source, field] of [
    [{ providerToken: 'tok_nobody_knows' }, 'providerToken'],
    [{ savedMethodId: 'pm_nobody' }, 'savedMethodId'],
  ] as const)
    test(`a ${field} that the service does not know is told at its place`, async () => {
      const { id, customer } = take('unpaid');
      const input = { orderId: id, source, idempotencyKey: key() };
      const result = await run('pay-order', input, { as: customer.id });
      assert.equal(result.__typename, 'ValidationProblem');
      assert.deepEqual(result.fields[0].path, ['input', 'source', field]);
      assert.equal(result.fields[0].code, 'NOT_USABLE');
    });
});

describe('cancelOrder', () => {
  test('cancels once, shows the order as it is now, and gives a repetition the same answer', async () => {
    const order = take('packing');
    const input = { idempotencyKey: key(), ifVersion: order.version, note: 'changed my mind' };
    const result = await cancel(order, input);
    assert.equal(result.__typename, 'CancelOrderSuccess');
    assert.deepEqual([result.order.status, result.order.cancelReason], ['CANCELLED', 'CUSTOMER']);
    assert.notEqual(result.order.version, order.version);
    assert.ok(world.watch.calls.length <= 3, world.watch.names().join('\n'));
    const again = await cancel(order, input);
    assert.deepEqual([again.__typename, again.order.status, writes().length], ['CancelOrderSuccess', 'CANCELLED', 1]);
    const reused = await cancel(order, { ...input, reason: 'OTHER' });
    assert.equal(reused.code, 'IDEMPOTENCY_KEY_REUSED');
    const late = await cancel(order);
    assert.equal(late.__typename, 'NotAllowedInStateProblem');
    assert.deepEqual(late.availableActions, ['REORDER']);
  });

  test('does not overwrite what changed meanwhile, and says which version there is', async () => {
    const order = take('held');
    const result = await cancel(order, { ifVersion: '999' });
    assert.deepEqual(
      [result.__typename, result.code, result.currentVersion],
      ['ConflictProblem', 'CHANGED_MEANWHILE', order.version],
    );
    assert.equal((await cancel(order, { ifVersion: result.currentVersion })).order.status, 'CANCELLED');
  });

  test('a delivered order stays', async () => {
    const result = await cancel(take('delivered'));
    assert.equal(result.__typename, 'NotAllowedInStateProblem');
  });

  test('a cancellation whose answer is lost is unknown, and the repetition tells', async () => {
    const order = take('authorized');
    const input = { idempotencyKey: key() };
    await fault('orders', { fault: 'reset-mid-body', operation: 'cancelOrder' });
    assert.equal((await cancel(order, input)).__typename, 'OutcomeUnknownProblem');
    await fault('orders');
    assert.equal((await cancel(order, input)).order.status, 'CANCELLED');
  });

  test('bad input is a member of the result, too', async () => {
    const result = await cancel(
      { id: 'ord_1', customer: identities.customer },
      { idempotencyKey: '', note: 'x'.repeat(501), ifVersion: '"*"' },
    );
    assert.deepEqual(
      [result.__typename, result.code, world.watch.calls.length],
      ['ValidationProblem', 'VALIDATION_FAILED', 0],
    );
  });
});

describe('refundPayment', () => {
  test('gives back a part, then no more than is left, then the rest', async () => {
    const order = take('delivered');
    const payment = order.payments.find(({ status }: Json) => status === 'SUCCEEDED');
    const total = BigInt(order.amountPaid.amountMinor);
    const { currency } = order.total;
    const some = await refund(payment.id, { amount: { amountMinor: '5', currency } });
    assert.equal(some.__typename, 'RefundPaymentSuccess');
    assert.deepEqual([some.refund.amount.amountMinor, some.payment.amountRefunded.amountMinor], ['5', '5']);
    assert.equal(some.order.id, order.id);
    assert.ok(world.watch.calls.length <= 3, world.watch.names().join('\n'));
    const more = await refund(payment.id, { amount: { amountMinor: String(total), currency } });
    assert.deepEqual(
      [more.__typename, more.refundable.amountMinor, more.refundable.currency],
      ['RefundExceedsBalanceProblem', String(total - 5n), currency],
    );
    const rest = await refund(payment.id);
    assert.equal(rest.refund.amount.amountMinor, String(total - 5n));
    const nothing = await refund(payment.id);
    assert.deepEqual([nothing.__typename, nothing.refundable.amountMinor], ['RefundExceedsBalanceProblem', '0']);
  });

  test('happens once for a key, whatever becomes of the answer', async () => {
    const order = take('delivered');
    const { id } = order.payments.find(({ status }: Json) => status === 'SUCCEEDED');
    const input = { idempotencyKey: key(), amount: { amountMinor: '7', currency: order.total.currency } };
    await fault('payments', { fault: 'reset-mid-body', operation: 'createRefund' });
    assert.equal((await refund(id, input)).__typename, 'OutcomeUnknownProblem');
    await fault('payments');
    const results = await Promise.all(Array.from({ length: 10 }, () => refund(id, input)));
    assert.equal(new Set(results.map((result) => result.refund.id)).size, 1);
    assert.equal(results[0].payment.amountRefunded.amountMinor, '7');
    const reused = await refund(id, { ...input, amount: { ...input.amount, amountMinor: '8' } });
    assert.equal(reused.code, 'IDEMPOTENCY_KEY_REUSED');
  });

  test('a payment that took nothing cannot be given back', async () => {
    const { payments } = take('voided');
    const result = await refund(payments[0].id);
    assert.equal(result.__typename, 'NotAllowedInStateProblem');
    assert.ok(!result.availableActions.includes('REFUND'));
  });

  test('the refund stands although payment and order cannot be read again', async () => {
    const order = take('delivered');
    const { id } = order.payments.find(({ status }: Json) => status === 'SUCCEEDED');
    await fault('orders', { fault: 'status-503' });
    await fault('payments', { fault: 'status-503', operation: 'getPayment' });
    const input = { paymentId: id, reason: 'OTHER', idempotencyKey: key() };
    const { data, errors } = await world.screen('1.0.0', 'refund-payment', { input }, support);
    const { refund: done, payment, order: shown } = data.refundPayment;
    assert.deepEqual([done.status, payment, shown], ['PENDING', null, null]);
    assert.deepEqual(errors.map(({ path }) => path?.join('.')).toSorted(), [
      'refundPayment.order',
      'refundPayment.payment',
    ]);
  });

  const wrong: readonly [string, Json, string, string[]][] = [
    [
      'nothing',
      { amount: { amountMinor: '0', currency: 'EUR' } },
      'ValidationProblem',
      ['input', 'amount', 'amountMinor'],
    ],
    [
      'a negative amount',
      { amount: { amountMinor: '-5', currency: 'EUR' } },
      'ValidationProblem',
      ['input', 'amount', 'amountMinor'],
    ],
    [
      'more than there is',
      { amount: { amountMinor: '9007199254740993', currency: 'EUR' } },
      'ValidationProblem',
      ['input', 'amount', 'amountMinor'],
    ],
    [
      'another currency',
      { amount: { amountMinor: '5', currency: 'XAF' } },
      'ValidationProblem',
      ['input', 'amount', 'currency'],
    ],
  ];
  for (const [name, input, member, path] of wrong)
    test(`${name} is told at its place`, async () => {
      const [paid] = orders.delivered;
      const result = await refund(paid.payments[0].id, input);
      assert.deepEqual([result.__typename, result.fields?.[0]?.path], [member, path]);
    });

  test('there is nothing to give back of a payment that does not exist', async () => {
    for (const id of ['pay_nobody', 'ord_1', '', '../x'])
      assert.equal((await refund(id)).__typename, 'NotFoundProblem', id);
  });
});

describe('updateProfile', () => {
  const save = (input: Json, options?: AskOptions): Promise<Json> => run('update-profile', input, options);

  test('changes what is given, clears what is null, leaves the rest, and is seen at once', async () => {
    const shown = 'viewer { displayName phone timeZone version }';
    const { data } = await world.ask(`{ ${shown} }`);
    const { version, timeZone } = data.viewer;
    const saved = await save({ displayName: '  Ava M. ', phone: '+44 20 7946-0958', ifVersion: version });
    assert.equal(saved.__typename, 'UpdateProfileSuccess');
    assert.deepEqual([saved.viewer.displayName, saved.viewer.phone], ['Ava M.', '+442079460958']);
    assert.equal(world.watch.names().filter((name) => name.includes('PATCH')).length, 1);
    assert.equal((await save({ phone: null })).viewer.phone, null);
    const now = await world.ask(`{ ${shown} }`);
    assert.deepEqual(
      [now.data.viewer.displayName, now.data.viewer.phone, now.data.viewer.timeZone],
      ['Ava M.', null, timeZone],
    );
    const late = await save({ displayName: 'Too late', ifVersion: version });
    assert.deepEqual([late.__typename, late.currentVersion], ['ConflictProblem', now.data.viewer.version]);
  });

  test('two changes in one request are each seen as they are then', async () => {
    const change = (name: string): string =>
      `updateProfile(input: { displayName: "${name}" }) { ... on UpdateProfileSuccess { viewer { displayName } query { viewer { displayName addresses { id } } } } }`;
    const { data, errors } = await world.ask(`mutation { first: ${change('One')} second: ${change('Two')} }`);
    assert.deepEqual(errors, []);
    for (const [alias, displayName] of [
      ['first', 'One'],
      ['second', 'Two'],
    ] as const) {
      assert.equal(data[alias].viewer.displayName, displayName);
      assert.equal(data[alias].query.viewer.displayName, displayName);
    }
    await save({ displayName: identities.customer.displayName });
  });

  const wrong: readonly [Json, string[]][] = [
    [{}, ['input EMPTY']],
    [{ displayName: null }, ['input.displayName REQUIRED']],
    [{ displayName: '   ' }, ['input.displayName REQUIRED']],
    [
      {
        displayName: 'x'.repeat(101),
        phone: 'call me',
        locale: 'not a locale',
        timeZone: 'Mars/Olympus',
        ifVersion: '1", "2',
      },
      [
        'input.displayName TOO_LONG',
        'input.ifVersion BAD_FORMAT',
        'input.locale BAD_FORMAT',
        'input.phone BAD_FORMAT',
        'input.timeZone BAD_FORMAT',
      ],
    ],
  ];
  for (const [input, mistakes] of wrong)
    test(`${JSON.stringify(Object.keys(input))} is told as ${mistakes.join(', ')}`, async () => {
      const result = await save(input);
      const told = result.fields.map(({ path, code }: Json) => `${path.join('.')} ${code}`).toSorted();
      assert.deepEqual([result.__typename, told], ['ValidationProblem', mistakes]);
      assert.deepEqual(world.watch.calls, []);
    });

  test('a service that is away, or says nothing in time, is told as what it is', async () => {
    await fault('users', { fault: 'rate-limited' });
    assert.equal((await save({ displayName: 'Ava' })).__typename, 'UnavailableProblem');
    await fault('users', { fault: 'hang' });
    assert.equal((await save({ displayName: 'Ava' })).__typename, 'OutcomeUnknownProblem');
  });
});
