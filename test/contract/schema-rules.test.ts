import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkContracts } from '../../src/operation/contract/check-contracts.ts';

const now = new Date('2026-11-21T00:00:00Z');

/** The problems of the real contracts after an edit to a copy: proof that each rule can fail. */
function problemsAfter(edits: Readonly<Record<string, (text: string) => string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'facet-schema-'));
  try {
    cpSync('schema', join(root, 'schema'), { recursive: true });
    for (const [file, edit] of Object.entries(edits)) {
      const path = join(root, 'schema', file);
      const before = readFileSync(path, 'utf8');
      const after = edit(before);
      assert.notEqual(after, before, `the edit of ${file} changes nothing`);
      writeFileSync(path, after);
    }
    return checkContracts(root, now);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const replace = (from: string, to: string) => (text: string) => text.replace(from, to);
const append = (sdl: string) => (text: string) => `${text}\n${sdl}\n`;

test('the committed contracts have no problem', () => {
  assert.deepEqual(checkContracts('.', now), []);
});

const cases: readonly {
  readonly rule: string;
  readonly file: string;
  readonly edit: (text: string) => string;
  readonly says: RegExp;
}[] = [
  {
    rule: 'SDL that graphql-js refuses is reported and nothing else',
    file: 'web/user.graphql',
    edit: replace('type User implements Node', 'type User implements Node & Problem'),
    says: /^web: Interface field Problem\.message expected but User does not provide it\.$/,
  },
  {
    rule: 'a type that two clients define must be shared',
    file: 'mobile/payment.graphql',
    edit: (text) => text.replaceAll('WalletAmount', 'LineItem'),
    says: /^LineItem is defined by mobile and web: share it/,
  },
  {
    rule: 'a shared type is not defined again or extended by a client',
    file: 'web/user.graphql',
    edit: append('extend type PageInfo { total: String }'),
    says: /^PageInfo is shared and must not be defined or extended by web$/,
  },
  {
    rule: 'the list of own names does not rot',
    file: 'shared/own-names.json',
    edit: replace('{', '{ "Order": "once was in both",'),
    says: /^own-names\.json lists Order/,
  },
  {
    rule: 'root fields are nullable',
    file: 'web/query.graphql',
    edit: replace('): Order', '): Order!'),
    says: /^web: Query\.order must be nullable/,
  },
  {
    rule: 'a mutation returns a non-null result',
    file: 'web/mutation.graphql',
    edit: replace('PayOrderResult!', 'PayOrderResult'),
    says: /^web: Mutation\.payOrder must return a non-null union/,
  },
  {
    rule: 'a mutation takes one input object',
    file: 'mobile/mutation.graphql',
    edit: replace('quickPay(input: QuickPayInput!)', 'quickPay(input: QuickPayInput!, dryRun: Boolean)'),
    says: /^mobile: Mutation\.quickPay must take one argument/,
  },
  {
    rule: 'a mutation begins with a verb',
    file: 'web/mutation.graphql',
    edit: append('extend type Mutation { "Pays." orderPay(input: PayOrderInput!): PayOrderResult! }'),
    says: /^web: Mutation\.orderPay must begin with a verb$/,
  },
  {
    rule: 'a result has its success member',
    file: 'web/cancel-order.graphql',
    edit: (text) => text.replaceAll('CancelOrderSuccess', 'CancelledOrder'),
    says: /^web: CancelOrderResult must have the success member CancelOrderSuccess$/,
  },
  {
    rule: 'other members of a result are problems',
    file: 'web/problems.graphql',
    edit: replace('type UnavailableProblem implements Problem {\n  message: String!', 'type UnavailableProblem {'),
    says: /^web: UpdateProfileResult: UnavailableProblem must end in Problem and have code/,
  },
  {
    rule: 'a union is a result',
    file: 'web/query.graphql',
    edit: append('"Either." union Found = Order | User extend type Query { "Finds." find: Found }'),
    says: /^web: Found must end in Result$/,
  },
  {
    rule: 'connections have edges of the right type',
    file: 'web/order.graphql',
    edit: replace('edges: [OrderEdge!]!', 'edges: [OrderEdge]!'),
    says: /^web: OrderConnection\.edges must be \[OrderEdge!\]!$/,
  },
  {
    rule: 'connections have a cursor on each edge',
    file: 'mobile/order.graphql',
    edit: replace('cursor: String!', 'cursor: String'),
    says: /^mobile: MobileOrderEdge\.cursor must be String!$/,
  },
  {
    rule: 'connections take first and after',
    file: 'web/refund.graphql',
    edit: append(
      'extend type Refund { "Others." others: RefundConnection @listSize(assumedSize: 1, sizedFields: ["edges", "nodes"]) }',
    ),
    says: /^web: Refund\.others must take first: Int and after: String$/,
  },
  {
    rule: 'backward paging is whole or absent',
    file: 'web/user.graphql',
    edit: replace('    "Cursor of the item after the page."\n    before: String\n', ''),
    says: /^web: User\.orders must take last: Int and before: String, or neither$/,
  },
  {
    rule: 'connections are sized for the cost analysis',
    file: 'web/payment.graphql',
    edit: replace('sizedFields: ["edges", "nodes"]', 'sizedFields: ["edges"]'),
    says: /^web: @listSize of Payment\.refunds does not name the list nodes$/,
  },
  {
    rule: 'the announced default is the real one',
    file: 'mobile/query.graphql',
    edit: replace('first: Int = 10', 'first: Int = 20'),
    says: /^mobile: Query\.orders\(first\) says 10 by default but has 20$/,
  },
  {
    rule: 'no page is larger than the client may ask for',
    file: 'mobile/query.graphql',
    edit: replace('at most 50', 'at most 100'),
    says: /^mobile: Query\.orders\(first\) promises 100, more than 50$/,
  },
  {
    rule: 'page sizes are announced',
    file: 'mobile/home.graphql',
    edit: replace('"How many. Default 3, at most 10." first', 'first'),
    says: /^mobile: Home\.activeOrders\(first\) must say "Default n, at most m\."/,
  },
  {
    rule: '@listSize names arguments that exist',
    file: 'mobile/home.graphql',
    edit: replace('slicingArguments: ["first"]', 'slicingArguments: ["limit"]'),
    says: /^mobile: Home\.activeOrders has no argument limit that @listSize names$/,
  },
  {
    rule: 'money is never Int',
    file: 'web/payment.graphql',
    edit: append('extend type Payment { amountDue: Int }'),
    says: /^web: Payment\.amountDue sounds like money and must not be Int$/,
  },
  {
    rule: 'money is never Float, in inputs either',
    file: 'web/money.graphql',
    edit: append('extend input MoneyInput { amount: Float }'),
    says: /^web: MoneyInput\.amount sounds like money and must not be Float$/,
  },
  {
    rule: 'an enum that clients receive has UNKNOWN',
    file: 'web/shipment.graphql',
    edit: replace('  "A value this schema doesn\'t know yet."\n  UNKNOWN\n', ''),
    says: /^web: ShipmentState is an output and needs UNKNOWN/,
  },
  {
    rule: '@semanticNonNull says something',
    file: 'mobile/order.graphql',
    edit: replace('title: String @semanticNonNull', 'title: String! @semanticNonNull'),
    says: /^mobile: MobileOrder\.title is non-null already/,
  },
  {
    rule: 'a deprecation has its dates',
    file: 'mobile/order.graphql',
    edit: replace('removeAfter=2028-05', 'soon'),
    says: /^mobile: MobileOrder\.statusLabel: its reason must read/,
  },
  {
    rule: 'a cost is a number',
    file: 'web/support.graphql',
    edit: replace('@cost(weight: "5")', '@cost(weight: "much")'),
    says: /^web: @cost of SupportQuery\.users is no number$/,
  },
  {
    rule: 'every type says what it is',
    file: 'web/image.graphql',
    edit: replace('"A picture ready to show."\n', ''),
    says: /^web: Image needs a description$/,
  },
  {
    rule: "the small client's outputs have no interface but Node",
    file: 'mobile/home.graphql',
    edit: append(
      '"Any." interface Card { id: ID! } "One." type OneCard implements Card { id: ID! } extend type Home { card: Card }',
    ),
    says: /^mobile: Card is abstract/,
  },
  {
    rule: 'what is for the browser cannot be reached by the app, with the path that would lead there',
    file: 'mobile/order.graphql',
    edit: append('"Who." type Buyer { email: String } extend type MobileOrder { buyer: Buyer }'),
    says: /^mobile: Buyer\.email can be reached by Query\.home\.activeOrders\.buyer\.email: /,
  },
  {
    rule: 'the support root cannot be reached by the app',
    file: 'mobile/query.graphql',
    edit: append('extend type Query { "Staff." support: Home }'),
    says: /^mobile: Query\.support can be reached by Query\.support: support works in the browser$/,
  },
  {
    rule: 'no type lies about that no path leads to',
    file: 'mobile/order.graphql',
    edit: append('"Nobody\'s." type Orphan { id: ID! }'),
    says: /^mobile: no path leads to Orphan$/,
  },
];

for (const { rule, file, edit, says } of cases) {
  test(rule, () => {
    const problems = problemsAfter({ [file]: edit });
    assert.ok(
      problems.some((problem) => says.test(problem)),
      `expected ${says}, got ${JSON.stringify(problems)}`,
    );
  });
}
