import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import type { UpstreamUses } from '../../../src/context/upstream-use.ts';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { readFieldCosts } from '../../../src/operation/cost/field-costs.ts';
import { unknownUses, worstCaseCalls } from '../../../src/operation/fan-out.ts';
import { pickOperation } from '../../../src/operation/pick-operation.ts';
import { selectionTree } from '../../../src/operation/selection-tree.ts';
import { clients, prepareOf } from '../../support/prepare.ts';
import { routes } from '../../../src/generated/index.ts';
import { readClientSchemas } from '../../../src/operation/contract/client-schema.ts';
import { readManifest } from '../../../src/operation/registry/manifest.ts';

const schema = buildSchema(`${readFileSync('schema/shared/directives.graphql', 'utf8')}
  type Query { me: User, users(first: Int): Users @listSize(slicingArguments: ["first"], sizedFields: ["nodes"], assumedSize: 20, requireOneSlicingArgument: false) }
  type Users { nodes: [User!]! }
  type User { id: ID, name: String, mail: String, orders(first: Int = 10): [Order!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) }
  type Order { id: ID, payments: [Payment!] @listSize(assumedSize: 3), paid: Int, log: String }
  type Payment { id: ID, dispute: String }
  type Mutation { pay: Order }
`);

const uses: UpstreamUses = {
  'Query.users': [{ route: 'users.list' }],
  'User.name': [{ route: 'users.byIds', batchSize: 100 }],
  'User.mail': [{ route: 'users.byIds', batchSize: 100 }],
  'User.orders': [{ route: 'orders.list' }],
  'Order.payments': [{ route: 'payments.byOrders', batchSize: 100 }],
  'Order.paid': [{ route: 'payments.byOrders', batchSize: 100 }],
  'Order.log': [{ route: 'orders.events' }, { route: 'payments.byOrders', batchSize: 100 }],
  'Payment.dispute': [{ route: 'payments.disputes', batchSize: 100 }],
  'Mutation.pay': [{ route: 'payments.create' }, { route: 'orders.get' }],
};

const cases: readonly { readonly rule: string; readonly document: string; readonly calls: number }[] = [
  { rule: 'a field that calls nothing counts nothing', document: '{ me { id } }', calls: 0 },
  { rule: 'two fields of one object share their batch', document: '{ me { name mail } }', calls: 1 },
  { rule: 'a list is one call, its objects one batch', document: '{ users(first: 50) { nodes { name } } }', calls: 2 },
  {
    rule: 'more objects than a batch takes need more batches',
    document: '{ me { orders(first: 50) { payments { dispute } } } }',
    calls: 1 + 1 + 2,
  },
  {
    rule: 'a call that cannot be batched counts for each object',
    document: '{ users(first: 50) { nodes { orders(first: 1) { id } } } }',
    calls: 1 + 50,
  },
  {
    rule: 'lists within lists multiply',
    document: '{ users(first: 30) { nodes { orders(first: 20) { payments { id } } } } }',
    calls: 1 + 30 + 6,
  },
  { rule: 'what is not given counts as assumed', document: '{ users { nodes { orders { id } } } }', calls: 1 + 20 },
  {
    rule: 'a variable counts as the longest list',
    document: 'query ($n: Int) { users(first: $n) { nodes { orders(first: 1) { id } } } }',
    calls: 1 + 100,
  },
  {
    rule: 'aliases are calls of their own',
    document: '{ me { a: orders(first: 1) { id } b: orders(first: 2) { id } } }',
    calls: 2,
  },
  {
    rule: 'objects in different places do not share',
    document: '{ me { a: orders(first: 1) { paid } b: orders(first: 2) { paid } } }',
    calls: 2 + 2,
  },
  {
    rule: 'a field may call several routes, and share one of them',
    document: '{ me { orders(first: 3) { log paid payments { id } } } }',
    calls: 1 + 3 + 1,
  },
  { rule: 'what may be skipped counts', document: 'query ($no: Boolean!) { me { name @skip(if: $no) } }', calls: 1 },
  { rule: 'what is skipped for good does not', document: '{ me { name @skip(if: true) } }', calls: 0 },
  { rule: 'a mutation counts what it calls itself', document: 'mutation { pay { paid } }', calls: 2 + 1 },
];

for (const { rule, document: text, calls } of cases) {
  test(rule, () => {
    const document = parse(text);
    const operation = pickOperation(document, undefined);
    const tree = selectionTree(schema, document, operation);
    assert.equal(worstCaseCalls(tree, operation, { uses, costs: readFieldCosts(schema), maxListSize: 100 }), calls);
  });
}

/** At worst, whatever the variables; the calls that each screen really makes are fewer, and tested where it runs. */
const released: Readonly<Record<string, number>> = {
  'web 1.0.0 AccountDashboard': 5,
  'web 1.0.0 CancelOrder': 2 + 1,
  'web 1.0.0 OrderDetail': 6,
  'web 1.0.0 OrderList': 2,
  'web 1.0.0 PayOrder': 3 + 1,
  'web 1.0.0 RefundPayment': 1 + 2,
  // A hundred orders have three hundred payments, and so three batches of disputes.
  'web 1.0.0 SupportCustomer': 4 + 3,
  'web 1.0.0 SupportSearch': 4,
  'web 1.0.0 UpdateProfile': 1 + 1,
  'mobile 0.9.0 AppStatus': 0,
  'mobile 0.9.0 Home': 2,
  'mobile 0.9.0 OrdersPage': 1,
  'mobile 0.9.0 QuickPay': 3,
  'mobile 1.0.0 AppStatus': 0,
  'mobile 1.0.0 CancelOrder': 2 + 1,
  'mobile 1.0.0 Home': 1 + 3 + 2,
  'mobile 1.0.0 OrdersPage': 1,
  'mobile 1.0.0 PayPrefetch': 3,
  'mobile 1.0.0 QuickPay': 3 + 1,
  'mobile 1.0.0 RegisterPushToken': 1,
  'mobile 1.0.0 TrackOrder': 2,
};

test('no released screen can start more calls than were worked out by hand', () => {
  const found = (['web', 'mobile'] as const).flatMap((client) => {
    const prepare = prepareOf(client);
    return readManifest('.', client).operations.map(
      ({ version, name, body }) => [`${client} ${version} ${name}`, prepare(body).upstreamCalls] as const,
    );
  });
  assert.deepEqual(Object.fromEntries(found), released);
});

test('the tables name fields and routes that exist', () => {
  for (const { client, schema: clientSchema } of readClientSchemas('.')) {
    const { uses: table } = clients[client] ?? assert.fail(client);
    assert.deepEqual(unknownUses(clientSchema, table), []);
    for (const { route } of Object.values(table).flat()) {
      const [service = '', name = ''] = route.split('.');
      assert.ok(routes[service as keyof typeof routes]?.[name], route);
    }
  }
  assert.deepEqual(unknownUses(schema, { 'User.gone': [], 'Gone.id': [], 'User.id': [] }), [
    'the table of upstream uses names User.gone, which does not exist',
    'the table of upstream uses names Gone.id, which does not exist',
  ]);
});

test('an operation that could start more calls than the profile allows is refused when it is prepared', () => {
  const prepare = prepareOf('web', {
    uses: { 'SupportQuery.users': [{ route: 'users.search' }], 'User.orders': [{ route: 'orders.list' }] },
  });
  const document = (first: number): string =>
    `{ support { users(first: ${first}) { nodes { orders(first: 1) { pageInfo { endCursor } } } } } }`;
  assert.equal(prepare(document(19)).upstreamCalls, 20);
  assert.throws(
    () => prepare(document(20)),
    (thrown) =>
      thrown instanceof GatewayError &&
      thrown.code === 'FAN_OUT_EXCEEDED' &&
      thrown.details?.['calls'] === 21 &&
      thrown.details['maximum'] === 20,
  );
});
