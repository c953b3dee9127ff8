import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unknownClient } from '../../../src/context/client.ts';
import { anonymous } from '../../../src/context/principal.ts';
import type { Gate } from '../../../src/context/report-only.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { createCharge } from '../../../src/operation/charge.ts';
import { countObjects } from '../../../src/operation/cost/count-objects.ts';
import type { Answer, PlannedOperation } from '../../../src/operation/pipeline.ts';
import { enforcing, prepareOf, silentLog } from '../../support/prepare.ts';

const quotas = [
  { name: 'consumer', limit: 60, remaining: 59, resetSeconds: 60, windowSeconds: 60 },
  { name: 'cost', limit: 10_000, remaining: 9_800, resetSeconds: 60, windowSeconds: 60 },
];

function setUp(options: { readonly refusal?: GatewayError; readonly gate?: Gate } = {}) {
  const charged: object[] = [];
  const settled: object[] = [];
  const stage = createCharge({
    maxCost: 1_000,
    gate: options.gate ?? enforcing,
    limiter: {
      isShared: false,
      charge: async (request) => {
        charged.push(request);
        return { quotas, refusal: options.refusal };
      },
      settle: (settlement) => void settled.push(settlement),
    },
  });
  return { ...stage, charged, settled };
}

function planned(query: string, params: object = {}): PlannedOperation {
  const context = {
    principal: anonymous,
    client: unknownClient,
    address: '192.0.2.1',
    log: silentLog,
    params: { query, ...params },
    prepared: prepareOf('web')(query),
  };
  return context as unknown as PlannedOperation;
}

const answer = (data: unknown): Answer => ({ data: data as Answer['data'], errors: undefined, refusal: undefined });
const orders = 'query Orders($n: Int) { viewer { orders(first: $n) { nodes { id total { currency } } } } }';

test('a request is charged what it may cost with its variables, under its consumer and operation name', async () => {
  const { charge, charged } = setUp();
  const context = planned(orders, { variables: { n: 50 } });
  assert.equal(await charge(context), context);
  assert.deepEqual(charged, [
    { consumer: 'anonymous:unknown:192.0.2.1', tier: 'anonymous', operationName: 'Orders', cost: 1 + 1 + 50 * 2 },
  ]);
  assert.equal((context as unknown as { cost: number }).cost, 102);
});

test('an operation above the maximum is refused before anybody is charged', async () => {
  const { charge, charged } = setUp();
  const dear = planned('{ viewer { orders(first: 100) { nodes { lineItems(first: 100) { nodes { id } } } } } }');
  await assert.rejects(charge(dear), (thrown) => {
    assert.ok(thrown instanceof GatewayError && thrown.code === 'OPERATION_TOO_COMPLEX');
    assert.deepEqual(thrown.details, { limit: 'cost', maximum: 1_000, cost: 10_202, maxCost: 1_000 });
    return true;
  });
  assert.deepEqual(charged, []);
});

test('no room in a limit refuses; in a trial run the request goes on with its quotas', async () => {
  const refusal = new GatewayError('RATE_LIMITED');
  await assert.rejects(setUp({ refusal }).charge(planned(orders)), refusal);
  const told: GatewayError[] = [];
  const gate: Gate = { enforces: () => false, refuse: (error) => void told.push(error) };
  const context = await setUp({ refusal, gate }).charge(planned(orders));
  assert.deepEqual(told, [refusal]);
  assert.equal(context.quotas, quotas);
});

test('what was not used is given back', async () => {
  const { charge, settle, settled } = setUp();
  const context = await charge(planned(orders, { variables: { n: 50 } }));
  const data = {
    viewer: {
      orders: {
        nodes: [
          { id: 'a', total: { currency: 'EUR' } },
          { id: 'b', total: null },
        ],
      },
    },
  };
  const given = answer(data);
  assert.equal(settle(context, given), given);
  assert.deepEqual(settled, [{ consumer: 'anonymous:unknown:192.0.2.1', estimate: 102, actual: 5, base: 0 }]);
});

test('a mutation costs its base whatever came back', async () => {
  const { charge, settle, settled } = setUp();
  const input = '{orderId: "ord_1", reason: OTHER, idempotencyKey: "k"}';
  const context = await charge(planned(`mutation { cancelOrder(input: ${input}) { __typename } }`));
  settle(context, answer(null));
  assert.deepEqual(settled, [{ consumer: 'anonymous:unknown:192.0.2.1', estimate: 10, actual: 10, base: 10 }]);
});

test('a refused document is counted as a request, and as much as a mutation', () => {
  const { chargeRefused, charged } = setUp();
  chargeRefused(planned(orders));
  assert.deepEqual(charged, [
    { consumer: 'anonymous:unknown:192.0.2.1', tier: 'anonymous', operationName: undefined, cost: 10 },
  ]);
});

test('the cost is shown to those who ask for it', async () => {
  const { charge, settle } = setUp();
  const context = await charge(planned(orders, { variables: { n: 3 }, extensions: { cost: true } }));
  const shown = settle(context, answer({ viewer: null }));
  assert.deepEqual(shown.extensions, { cost: { estimate: 8, actual: 0, remaining: 9_800 } });
  const quiet = await charge(planned(orders, { extensions: { cost: 'yes' } }));
  assert.equal(settle(quiet, answer({ viewer: null })).extensions, undefined);
});

test('the actual cost counts the objects of an answer', () => {
  assert.equal(countObjects(undefined), 0);
  assert.equal(countObjects(null), 0);
  assert.equal(countObjects({}), 0);
  assert.equal(countObjects({ a: { b: [{ c: [1, 'x', null] }, null, [{}]] }, d: 1 }), 3);
});
