import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { tailcallDialect } from '../../../bench/dialects.ts';
import { expectedData } from '../../../bench/expected.ts';
import { firstDifference } from '../../../bench/measure.ts';
import { workloads } from '../../../bench/workloads.ts';

const common = workloads.filter(({ facetOnly, facetClient, registered }) => !facetOnly && !facetClient && !registered);

test('a peer with a dialect has a document for every workload that all subjects serve', () => {
  for (const { operationName } of common) {
    const [definition] = parse(tailcallDialect.documents[operationName] ?? '').definitions;
    assert.equal(definition?.kind === 'OperationDefinition' && definition.name?.value, operationName);
  }
});

test("a peer's records read in the common form as what is expected", () => {
  const order = (expectedData('BenchDashboard', 'usr_bench7') as { viewer: { orders: { nodes: object[] } } }).viewer
    .orders.nodes[0];
  const asServed = {
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
    payments: {
      data: [{ id: 'pay_bench7x0', status: 'succeeded', amount: { amountMinor: 7_638, currency: 'EUR' } }],
    },
  };
  const profile = { items: [{ id: 'usr_bench7', displayName: 'Person 7', email: 'person7@example.com' }] };
  assert.deepEqual(tailcallDialect.toCommon({ viewer: { profile, orders: { nodes: [asServed] } } }), {
    viewer: { id: 'usr_bench7', displayName: 'Person 7', email: 'person7@example.com', orders: { nodes: [order] } },
  });
  assert.deepEqual(tailcallDialect.toCommon({ __typename: 'Query' }), { __typename: 'Query' });
});

test('a wrong answer is told by the first place that differs, not by all of it', () => {
  const expected = { viewer: { orders: { nodes: [{ id: 'a' }, { id: 'b' }] } } };
  const actual = { viewer: { orders: { nodes: [{ id: 'a' }, { id: 'c' }] } } };
  assert.equal(firstDifference(actual, expected, 'data'), 'data.viewer.orders.nodes.1.id is "c", not "b"');
  assert.equal(firstDifference({ a: 1 }, { a: 1, b: 2 }, 'data'), 'data.b is undefined, not 2');
});
