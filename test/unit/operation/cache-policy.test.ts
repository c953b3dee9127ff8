import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import { cachePolicyOf, readCacheHints } from '../../../src/operation/cache-policy.ts';
import { pickOperation } from '../../../src/operation/pick-operation.ts';
import { selectionTree } from '../../../src/operation/selection-tree.ts';

const schema = buildSchema(`${readFileSync('schema/shared/directives.graphql', 'utf8')}
  type Query {
    plain: Thing
    open: Thing @cacheControl(maxAge: 60)
    typed: Kept
    strict: Kept @cacheControl(maxAge: 5)
    longer: Kept @cacheControl(maxAge: 600)
    mine: Thing @cacheControl(maxAge: 40, scope: PRIVATE)
    either: Either @cacheControl(maxAge: 100)
    scopeOnly: Thing @cacheControl(scope: PRIVATE)
    heard: Heard @cacheControl(maxAge: 30)
    known: Heard
  }
  type Thing { id: ID, short: Int @cacheControl(maxAge: 2), never: Int @cacheControl(maxAge: 0), secret: Int @cacheControl(scope: PRIVATE), kept: Kept, thing: Thing }
  type Kept @cacheControl(maxAge: 30) { id: ID, own: Own }
  type Own @cacheControl(maxAge: 20, scope: PRIVATE) { id: ID }
  type Heard @cacheControl(maxAge: 0, gatewayMaxAge: 5) { id: ID, never: Int @cacheControl(maxAge: 0), heard: Heard }
  union Either = Kept | Own | Thing
  type Mutation { change: Kept }
`);

const notKept = { maxAgeSeconds: 0, gatewaySeconds: 0, scope: 'private' };
const cases: readonly { readonly rule: string; readonly document: string; readonly policy: object }[] = [
  { rule: 'a root field without a hint may not be kept', document: '{ plain { id } }', policy: notKept },
  {
    rule: 'a hint on the field counts, public unless it says private',
    document: '{ open { id } }',
    policy: { maxAgeSeconds: 60, gatewaySeconds: 60, scope: 'public' },
  },
  {
    rule: 'a hint on the type counts',
    document: '{ typed { id } }',
    policy: { maxAgeSeconds: 30, gatewaySeconds: 30, scope: 'public' },
  },
  {
    rule: 'the field beats its type, shorter',
    document: '{ strict { id } }',
    policy: { maxAgeSeconds: 5, gatewaySeconds: 5, scope: 'public' },
  },
  {
    rule: 'the field beats its type, longer',
    document: '{ longer { id } }',
    policy: { maxAgeSeconds: 600, gatewaySeconds: 600, scope: 'public' },
  },
  {
    rule: 'a field without a hint inherits',
    document: '{ open { thing { thing { id } } } }',
    policy: { maxAgeSeconds: 60, gatewaySeconds: 60, scope: 'public' },
  },
  {
    rule: 'the shortest-lived part counts',
    document: '{ open { id short } }',
    policy: { maxAgeSeconds: 2, gatewaySeconds: 2, scope: 'public' },
  },
  {
    rule: 'the shortest-lived part counts, by type',
    document: '{ open { kept { id } } }',
    policy: { maxAgeSeconds: 30, gatewaySeconds: 30, scope: 'public' },
  },
  { rule: 'one part that may not be kept ends it', document: '{ open { id never } }', policy: notKept },
  {
    rule: 'one private part makes all private',
    document: '{ open { secret } }',
    policy: { maxAgeSeconds: 60, gatewaySeconds: 60, scope: 'private' },
  },
  {
    rule: 'private by the field',
    document: '{ mine { id } }',
    policy: { maxAgeSeconds: 40, gatewaySeconds: 40, scope: 'private' },
  },
  {
    rule: 'private by the type below',
    document: '{ longer { own { id } } }',
    policy: { maxAgeSeconds: 20, gatewaySeconds: 20, scope: 'private' },
  },
  { rule: 'a scope alone gives no age', document: '{ scopeOnly { id } }', policy: notKept },
  {
    rule: 'the worst of several root fields counts',
    document: '{ open { id } mine { id } strict { id } }',
    policy: { maxAgeSeconds: 5, gatewaySeconds: 5, scope: 'private' },
  },
  { rule: 'one root field that may not be kept ends it', document: '{ open { id } plain { id } }', policy: notKept },
  {
    rule: 'a type that a fragment names counts',
    document: '{ either { ... on Own { id } } }',
    policy: { maxAgeSeconds: 20, gatewaySeconds: 20, scope: 'private' },
  },
  {
    rule: 'what may be skipped counts',
    document: 'query ($no: Boolean!) { open { short @skip(if: $no) id } }',
    policy: { maxAgeSeconds: 2, gatewaySeconds: 2, scope: 'public' },
  },
  {
    rule: 'a hint hidden in a fragment counts',
    document: '{ open { ...F } } fragment F on Thing { thing { ... { short } } }',
    policy: { maxAgeSeconds: 2, gatewaySeconds: 2, scope: 'public' },
  },
  {
    rule: 'the gateway may keep longer what it hears of, when the schema says so',
    document: '{ known { id } }',
    policy: { maxAgeSeconds: 0, gatewaySeconds: 5, scope: 'public' },
  },
  {
    rule: 'what the gateway may keep longer is kept as long as its shortest-lived part, and never longer than what it hears nothing of',
    document: '{ open { id } known { id } heard { id heard { id } } }',
    policy: { maxAgeSeconds: 0, gatewaySeconds: 5, scope: 'public' },
  },
  {
    rule: 'a part that may not be kept forbids it to the gateway too',
    document: '{ known { id never } }',
    policy: notKept,
  },
  { rule: 'a mutation is never kept', document: 'mutation { change { id } }', policy: notKept },
  { rule: '__typename alone is not kept', document: '{ __typename }', policy: notKept },
];

for (const { rule, document: text, policy } of cases) {
  test(rule, () => {
    const document = parse(text);
    const operation = pickOperation(document, undefined);
    const kind = operation.operation as 'query' | 'mutation';
    assert.deepEqual(cachePolicyOf(selectionTree(schema, document, operation), kind, readCacheHints(schema)), policy);
  });
}

test("the app's page of orders lives as long as its orders", () => {
  const sources = globSync('schema/{shared,mobile}/*.graphql').map((file) => readFileSync(file, 'utf8'));
  const app = buildSchema(sources.join('\n'));
  const document = parse(readFileSync('schema/operations/mobile/1.0.0/orders-page.graphql', 'utf8'));
  const tree = selectionTree(app, document, pickOperation(document, undefined));
  assert.deepEqual(cachePolicyOf(tree, 'query', readCacheHints(app)), {
    maxAgeSeconds: 5,
    gatewaySeconds: 5,
    scope: 'private',
  });
});
