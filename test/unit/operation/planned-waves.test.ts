import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import type { UpstreamUses } from '../../../src/context/upstream-use.ts';
import { pickOperation } from '../../../src/operation/pick-operation.ts';
import { plannedWaves } from '../../../src/operation/planned-waves.ts';
import { selectionTree } from '../../../src/operation/selection-tree.ts';

const schema = buildSchema(`
  type Query { me: User, order: Order }
  type User { id: ID, orders: [Order!], name: String }
  type Order { id: ID, payments: [Payment!], customer: User }
  type Payment { id: ID, dispute: String }
  type Mutation { pay: Order, cancel: Order }
`);

const uses: UpstreamUses = {
  'Query.order': [{ route: 'orders.get' }],
  'User.orders': [{ route: 'orders.list' }],
  'User.name': [{ route: 'users.byIds', batchSize: 100 }],
  'Order.payments': [{ route: 'payments.byOrders', batchSize: 100 }],
  'Payment.dispute': [{ route: 'payments.disputes', batchSize: 100 }],
  'Mutation.pay': [{ route: 'orders.get' }, { route: 'payments.create' }, { route: 'orders.get' }],
  'Mutation.cancel': [{ route: 'orders.cancel' }],
};

const cases: readonly [rule: string, document: string, waves: number][] = [
  ['nothing called is no wave', '{ me { id } }', 0],
  ['fields beside each other share a wave', '{ me { orders { id } name } order { id } }', 1],
  ['a field inside another waits for it', '{ me { orders { payments { dispute } } } }', 3],
  ['the longest chain counts', '{ me { name orders { payments { id } } } order { customer { name } } }', 2],
  ['a mutation reads, writes and reads again, then shows', 'mutation { pay { payments { id } } }', 4],
  ['mutations run one after the other', 'mutation { pay { id } cancel { payments { id } } }', 5],
];

for (const [rule, text, waves] of cases)
  test(`${rule}: ${waves}`, () => {
    const document = parse(text);
    const operation = pickOperation(document, undefined);
    const tree = selectionTree(schema, document, operation);
    assert.equal(plannedWaves(tree, operation.operation as 'query' | 'mutation', uses), waves);
  });
