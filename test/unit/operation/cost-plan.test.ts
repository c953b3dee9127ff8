import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { compileCost } from '../../../src/operation/cost/cost-plan.ts';
import { readFieldCosts } from '../../../src/operation/cost/field-costs.ts';
import { pickOperation } from '../../../src/operation/pick-operation.ts';
import { readOperationFiles } from '../../../src/operation/registry/operation-files.ts';
import { selectionTree } from '../../../src/operation/selection-tree.ts';
import { prepareOf } from '../../support/prepare.ts';
import { randomNumbers } from '../../support/random-numbers.ts';

const directives = readFileSync('schema/shared/directives.graphql', 'utf8');

function costIn(sdl: string, text: string, maxListSize = 100) {
  const schema = buildSchema(`${directives}\n${sdl}`);
  const document = parse(text);
  const operation = pickOperation(document, undefined);
  return compileCost(selectionTree(schema, document, operation), operation, {
    costs: readFieldCosts(schema),
    maxListSize,
  });
}

const shop = `
  type Query {
    me: User
    users(first: Int = 10, last: Int, words: String @cost(weight: "3")): UserConnection
      @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)
    top(n: Int): [User!] @listSize(slicingArguments: ["n"], assumedSize: 7, requireOneSlicingArgument: false)
    exact(n: Int): [User!] @listSize(slicingArguments: ["n"])
    plain: [User!]
    report: Report @cost(weight: "20")
    reports: [Report!] @listSize(assumedSize: 2)
    words: [String!]
  }
  type UserConnection { edges: [UserEdge!]! nodes: [User!]! total: Int }
  type UserEdge { node: User! }
  type User { id: ID! name: String friends: [User!] @listSize(assumedSize: 3) secret: String @cost(weight: "2") pet: Pet }
  type Report @cost(weight: "4") { id: ID! }
  union Pet = Dog | Cat
  type Dog { id: ID! owner: User }
  type Cat { id: ID! owner: User }
  type Mutation { change: User, dear: User @cost(weight: "50") }
`;

const cases: readonly {
  readonly rule: string;
  readonly document: string;
  readonly variables?: Record<string, unknown>;
  readonly cost: number;
}[] = [
  { rule: 'an object weighs 1, its scalars nothing', document: '{ me { id name } }', cost: 1 },
  { rule: 'a weight on a scalar counts', document: '{ me { secret } }', cost: 3 },
  { rule: 'a weight on a field beats the default', document: '{ report { id } }', cost: 20 },
  { rule: 'a weight on a type counts for each object', document: '{ reports { id } }', cost: 2 * 4 },
  { rule: 'a list that says nothing has five items', document: '{ plain { id } }', cost: 5 },
  { rule: 'a list of scalars costs nothing', document: '{ words }', cost: 0 },
  { rule: 'the assumed size counts without an argument', document: '{ top { id } }', cost: 7 },
  { rule: 'a slicing argument counts as written', document: '{ top(n: 40) { id } }', cost: 40 },
  { rule: 'an argument of null counts as none', document: '{ top(n: null) { id } }', cost: 7 },
  {
    rule: 'lists within lists multiply',
    document: '{ top(n: 4) { friends { friends { id } } } }',
    cost: 4 * (1 + 3 * (1 + 3)),
  },
  {
    rule: 'a connection is one object, its edges are the list',
    document: '{ users(first: 20) { edges { node { id } } total } }',
    cost: 1 + 20 * 2,
  },
  {
    rule: 'edges and nodes both count',
    document: '{ users(first: 20) { edges { node { id } } nodes { id } } }',
    cost: 1 + 20 * 2 + 20,
  },
  { rule: "the argument's own default counts", document: '{ users { nodes { id } } }', cost: 1 + 10 },
  {
    rule: 'of several slicing arguments the largest counts',
    document: '{ users(first: 3, last: 9) { nodes { id } } }',
    cost: 1 + 9,
  },
  {
    rule: 'a weighed argument counts once, when given',
    document: '{ users(first: 2, words: "x") { nodes { id } } }',
    cost: 1 + 2 + 3,
  },
  {
    rule: 'a variable says the length',
    document: 'query ($n: Int) { top(n: $n) { id } }',
    variables: { n: 12 },
    cost: 12,
  },
  {
    rule: 'a variable that is not given leaves the assumed size',
    document: 'query ($n: Int) { top(n: $n) { id } }',
    cost: 7,
  },
  {
    rule: 'a variable of null leaves the assumed size',
    document: 'query ($n: Int = 3) { top(n: $n) { id } }',
    variables: { n: null },
    cost: 7,
  },
  {
    rule: "a variable's default counts when it is not given",
    document: 'query ($n: Int = 3) { top(n: $n) { id } }',
    cost: 3,
  },
  {
    rule: 'a variable that is no number leaves the assumed size to coercion',
    document: 'query ($n: Int) { top(n: $n) { id } }',
    variables: { n: '90' },
    cost: 7,
  },
  {
    rule: 'a length below zero counts as none',
    document: 'query ($n: Int) { top(n: $n) { id } }',
    variables: { n: -5 },
    cost: 7,
  },
  {
    rule: 'a length of zero costs nothing below',
    document: 'query ($n: Int) { top(n: $n) { friends { id } } }',
    variables: { n: 0 },
    cost: 0,
  },
  {
    rule: 'a variable and a written argument: the larger counts',
    document: 'query ($n: Int) { users(first: $n, last: 8) { nodes { id } } }',
    variables: { n: 5 },
    cost: 1 + 8,
  },
  {
    rule: 'variables multiply through lists',
    document:
      'query ($n: Int, $m: Int) { top(n: $n) { pet { ... on Dog { owner { id } } } } users(first: $m) { nodes { friends { id } } } }',
    variables: { n: 4, m: 6 },
    cost: 4 * 3 + 1 + 6 * 4,
  },
  {
    rule: 'what is skipped costs nothing',
    document: 'query ($no: Boolean!) { me { friends @skip(if: $no) { id } } }',
    variables: { no: true },
    cost: 1,
  },
  {
    rule: 'what is not skipped costs',
    document: 'query ($no: Boolean!) { me { friends @skip(if: $no) { id } } }',
    variables: { no: false },
    cost: 4,
  },
  {
    rule: "a condition's default counts",
    document: 'query ($yes: Boolean = true) { me { friends @include(if: $yes) { id } } }',
    cost: 4,
  },
  {
    rule: 'a condition on a fragment counts for what is in it',
    document: 'query ($yes: Boolean!) { me { ... @include(if: $yes) { friends { id } } } }',
    variables: { yes: false },
    cost: 1,
  },
  {
    rule: 'conditions in each other must all hold',
    document: 'query ($a: Boolean!, $b: Boolean!) { me { ... @include(if: $a) { friends @skip(if: $b) { id } } } }',
    variables: { a: true, b: true },
    cost: 1,
  },
  {
    rule: 'what is left out for good costs nothing',
    document: '{ me { friends @skip(if: true) { id } } plain @include(if: false) { id } }',
    cost: 1,
  },
  {
    rule: 'a field selected twice is one field',
    document: '{ me { friends { id } } me { friends { name } } ...F } fragment F on Query { me { id } }',
    cost: 4,
  },
  { rule: 'an alias is another field', document: '{ a: me { id } b: me { id } }', cost: 2 },
  {
    rule: 'of a field selected twice, once under a condition, the children keep their own',
    document: 'query ($a: Boolean!) { me { id } me @include(if: $a) { friends { id } } }',
    variables: { a: false },
    cost: 1,
  },
  {
    rule: 'the same, when the condition holds',
    document: 'query ($a: Boolean!) { me { id } me @include(if: $a) { friends { id } } }',
    variables: { a: true },
    cost: 4,
  },
  {
    rule: 'members of a union add up',
    document: '{ me { pet { ... on Dog { owner { id } } ... on Cat { owner { id } } } } }',
    cost: 4,
  },
  { rule: 'a mutation weighs 10', document: 'mutation { change { id } }', cost: 10 },
  { rule: 'a mutation that says more weighs more', document: 'mutation { dear { friends { id } } }', cost: 53 },
  {
    rule: 'introspection costs nothing',
    document: '{ __typename __schema { types { fields { name } } } me { __typename } }',
    cost: 1,
  },
];

for (const { rule, document, variables, cost } of cases) {
  test(rule, () => assert.equal(costIn(shop, document).estimate(variables), cost));
}

test('the base of a mutation is the weight of its root fields', () => {
  assert.equal(costIn(shop, 'mutation { change { friends { id } } dear { id } }').base, 60);
  assert.equal(costIn(shop, '{ plain { id } }').base, 0);
});

test('a list that is longer than served is refused, written out or by a variable', () => {
  const isTooLong = (thrown: unknown): boolean =>
    thrown instanceof GatewayError &&
    thrown.code === 'OPERATION_TOO_COMPLEX' &&
    thrown.details?.['limit'] === 'listSize' &&
    thrown.details['coordinate'] === 'Query.users';
  assert.throws(() => costIn(shop, '{ users(first: 101) { total } }'), isTooLong);
  const plan = costIn(shop, 'query ($n: Int) { users(first: $n) { total } }');
  assert.equal(plan.estimate({ n: 100 }), 1);
  assert.throws(() => plan.estimate({ n: 101 }), isTooLong);
  assert.throws(() => plan.estimate({ n: Number.MAX_VALUE }), isTooLong);
});

test('a list that needs one slicing argument is refused without', () => {
  const isInvalid = (thrown: unknown): boolean =>
    thrown instanceof GatewayError && thrown.code === 'GRAPHQL_VALIDATION_FAILED';
  assert.throws(() => costIn(shop, '{ exact { id } }'), isInvalid);
  assert.equal(costIn(shop, '{ exact(n: 2) { id } }').estimate(undefined), 2);
});

test('a weight that is no number, or stands where it is not counted, stops the start', () => {
  const query = 'type Query { a: Int @cost(weight: "much") }';
  assert.throws(() => costIn(query, '{ a }'), /@cost of Query\.a is not a number/);
  const input = 'input In { a: Int @cost(weight: "1") } type Query { a(in: In): Int }';
  assert.throws(() => costIn(input, '{ a }'), /input field In\.a is not supported/);
});

test('the cost never falls when a list grows (fixed seed)', () => {
  const random = randomNumbers(20_261_121);
  const plan = costIn(
    shop,
    `query ($a: Int, $b: Int, $c: Int, $yes: Boolean) {
       top(n: $a) { friends { id } pet { ... on Dog { owner { friends { id } } } } }
       users(first: $b, last: $c) { edges { node { friends @include(if: $yes) { id } } } nodes { id } }
     }`,
  );
  for (let round = 0; round < 2_000; round++) {
    const lengths = [0, 1, 2].map(() => Math.floor(random() * 100));
    const [a = 0, b = 0, c = 0] = lengths;
    const yes = random() < 0.5;
    const before = plan.estimate({ a, b, c, yes });
    const which = Math.floor(random() * 3);
    const more = lengths.map((length, index) => (index === which ? Math.min(100, length + 1) : length));
    assert.ok(plan.estimate({ a: more[0], b: more[1], c: more[2], yes }) >= before, `${lengths} then ${more}, ${yes}`);
  }
});

/** Worked out by hand from the SDL; `page` is 1 for pageInfo. */
const page = 1;
const released: Readonly<Record<string, number>> = {
  // viewer, avatar, default address, 5 addresses, summary with 3 + 3 amounts and an order, 5 methods, 10 orders of 7, page
  'web 1.0.0 AccountDashboard': 1 + 1 + 1 + 5 + (1 + 3 + 3 + 1) + (1 + 5) + (1 + 10 * (1 + 1 + 1 + 1 + 3) + page),
  'web 1.0.0 CancelOrder': 10 + 1,
  // order, customer; lines of 4; eight amounts, two addresses, three parcels; payments of 47; events of 4
  'web 1.0.0 OrderDetail':
    1 + 1 + (1 + 50 * 4 + page) + 8 + 2 + 3 + 3 * (1 + 3 + 1 + 1 + (1 + 20 * 2)) + (1 + 50 * (1 + 1 + 2 + 1) + page),
  // with 20 orders and their payments
  'web 1.0.0 OrderList': 1 + (1 + 20 * (1 + 1 + 1 + 3 * 3) + page),
  // payment with an amount, next action, order
  'web 1.0.0 PayOrder': 10 + 2 + 1 + 1 + 5,
  // refund and payment with an amount each, order, an amount in a problem, five mistakes
  'web 1.0.0 RefundPayment': 10 + 2 + 2 + 1 + 1 + 5,
  'web 1.0.0 SupportCustomer': 1 + 1 + 5 + (1 + 20 * (1 + 1 + 3 * 4) + page),
  'web 1.0.0 SupportSearch': 1 + (5 + 10 + page) + (5 + 10 * (1 + 1 + 3) + page),
  'web 1.0.0 UpdateProfile': 10 + 1 + 5,
  'mobile 0.9.0 AppStatus': 1,
  'mobile 0.9.0 Home': 1 + 3,
  'mobile 0.9.0 OrdersPage': 1 + 10 * 2 + page,
  'mobile 0.9.0 QuickPay': 10,
  'mobile 1.0.0 AppStatus': 1,
  'mobile 1.0.0 CancelOrder': 10 + 1 + 3,
  'mobile 1.0.0 Home': 1 + 5 + 3 * 3 + 5,
  'mobile 1.0.0 OrdersPage': 1 + 10 * (1 + 1 + 3) + page,
  'mobile 1.0.0 PayPrefetch': 1 + 2 + 5,
  'mobile 1.0.0 QuickPay': 10 + 1,
  'mobile 1.0.0 RegisterPushToken': 10,
  'mobile 1.0.0 TrackOrder': 1 + (1 + 6) + 1,
};

test('every registered operation costs what was worked out by hand', () => {
  const costs = Object.fromEntries(
    (['web', 'mobile'] as const).flatMap((client) => {
      const prepare = prepareOf(client);
      return readOperationFiles('.', client).map(({ version, name, file, text }) => [
        `${client} ${version} ${name}`,
        prepare(text).cost.estimate(exampleVariables(file)),
      ]);
    }),
  );
  assert.deepEqual(costs, released);
});

function exampleVariables(file: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(file.replace(/\.graphql$/, '.variables.json'), 'utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
