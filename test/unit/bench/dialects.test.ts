import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { hiveDialect, tailcallDialect } from '../../../bench/dialects.ts';
import { expectedData } from '../../../bench/expected.ts';
import { firstDifference } from '../../../bench/measure.ts';
import { workloads } from '../../../bench/workloads.ts';

const common = workloads.filter(({ facetOnly, facetClient, registered }) => !facetOnly && !facetClient && !registered);

for (const [peer, dialect] of Object.entries({ tailcall: tailcallDialect, hive: hiveDialect })) {
  test(`${peer} has a document of its own for every workload that all subjects serve`, () => {
    for (const { operationName } of common) {
      const [definition] = parse(dialect.documents[operationName] ?? '').definitions;
      assert.equal(definition?.kind === 'OperationDefinition' && definition.name?.value, operationName);
    }
  });
}

const expectedDashboard = expectedData('BenchDashboard', 'usr_bench7') as {
  viewer: { orders: { nodes: object[] } };
};
const [expectedOrder] = expectedDashboard.viewer.orders.nodes;
const viewer = { id: 'usr_bench7', displayName: 'Person 7', email: 'person7@example.com' };
const order = {
  id: 'ord_bench7x0',
  number: 'N-7-0',
  status: 'confirmed',
  placedAt: '2026-11-01T09:30:00Z',
  total: { amountMinor: 7_638, currency: 'EUR' },
  lineItems: [0, 1, 2].map((item) => ({
    id: `li_bench7x0x${item}`,
    title: `Thing number ${item}`,
    quantity: item + 1,
    unitPrice: { amountMinor: 1_000 + item, currency: 'EUR' },
  })),
};
const payment = { id: 'pay_bench7x0', status: 'succeeded', amount: { amountMinor: 7_638, currency: 'EUR' } };

test("Tailcall's answer reads in the common form as what is expected", () => {
  const orders = { nodes: [{ ...order, payments: { data: [payment] } }] };
  assert.deepEqual(tailcallDialect.toCommon({ viewer: { profile: { items: [viewer] }, orders } }), {
    viewer: { ...viewer, orders: { nodes: [expectedOrder] } },
  });
  assert.deepEqual(tailcallDialect.toCommon({ __typename: 'Query' }), { __typename: 'Query' });
});

test("Hive Gateway's answer reads in the common form as what is expected, joined records by the services' own names", () => {
  const orders = { nodes: [{ ...order, payments: [{ ...payment, amount: { amount: 7_638, currency: 'EUR' } }] }] };
  assert.deepEqual(hiveDialect.toCommon({ users: { items: [viewer] }, orders }), {
    viewer: { ...viewer, orders: { nodes: [expectedOrder] } },
  });
  const customer = { id: 'usr_bench7', display_name: 'Person 7' };
  assert.deepEqual(hiveDialect.toCommon({ orders: { nodes: [{ customer }] } }), {
    viewer: { orders: { nodes: [{ customer: { id: 'usr_bench7', displayName: 'Person 7' } }] } },
  });
  assert.deepEqual(hiveDialect.variables?.('usr_bench7'), { user: 'usr_bench7' });
});

test('a wrong answer is told by the first place that differs, not by all of it', () => {
  const expected = { viewer: { orders: { nodes: [{ id: 'a' }, { id: 'b' }] } } };
  const actual = { viewer: { orders: { nodes: [{ id: 'a' }, { id: 'c' }] } } };
  assert.equal(firstDifference(actual, expected, 'data'), 'data.viewer.orders.nodes.1.id is "c", not "b"');
  assert.equal(firstDifference({ a: 1 }, { a: 1, b: 2 }, 'data'), 'data.b is undefined, not 2');
});
