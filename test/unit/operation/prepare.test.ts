import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { sha256Hex } from '../../../src/lib/digest.ts';
import { readManifest } from '../../../src/operation/registry/manifest.ts';
import { clients, prepareOf } from '../../support/prepare.ts';

test('a document is prepared once: the same text gives the same operation', () => {
  const prepare = prepareOf('web');
  const first = prepare('{ viewer { id } }');
  assert.equal(prepare('{ viewer { id } }'), first);
  assert.notEqual(prepare('{ viewer { id }}'), first);
  assert.ok(Object.isFrozen(first));
});

test('each operation of a document is prepared apart', () => {
  const prepare = prepareOf('web');
  const query = 'query A { viewer { id } } query B { viewer { id } order(id: "x") { id } }';
  const [a, b] = [prepare({ query, operationName: 'A' }), prepare({ query, operationName: 'B' })];
  assert.deepEqual([a.name, b.name], ['A', 'B']);
  assert.deepEqual(b.rootFields, ['viewer', 'order']);
  assert.equal(a.document, b.document);
});

test('a prepared operation says everything static about itself', () => {
  const text = 'query Q($n: Int) { me: viewer { ...F } } fragment F on User { orders(first: $n) { nodes { id } } }';
  const prepared = prepareOf('web')(text);
  assert.equal(prepared.documentId, `sha256:${sha256Hex(text)}`);
  assert.equal(prepared.kind, 'query');
  assert.equal(prepared.registered, false);
  assert.deepEqual(prepared.rootFields, ['viewer']);
  assert.equal(prepared.cost.estimate({ n: 7 }), 1 + 1 + 7);
  assert.deepEqual(prepared.cachePolicy, { maxAgeSeconds: 5, gatewaySeconds: 5, scope: 'private' });
});

test('whatever strangers send, a registered operation stays prepared', () => {
  const { operations } = readManifest('.', 'web');
  const prepare = prepareOf('web', { documents: { operations } });
  const [entry] = operations;
  const first = prepare({ documentId: entry?.id });
  assert.equal(first.registered, true);
  const stranger = prepare('{ viewer { id } }');
  for (let index = 0; index < 150; index++) prepare(`{ viewer { id } } # ${index}`);
  assert.equal(prepare({ documentId: entry?.id }), first);
  assert.notEqual(prepare('{ viewer { id } }'), stranger, 'the oldest of the others made room');
});

test('suggestions and introspection are for development', () => {
  const misspelt = '{ viewr { id } }';
  const messageOf = (isProduction: boolean): string => {
    try {
      prepareOf('web', { isProduction })(misspelt);
    } catch (thrown) {
      return (thrown as GatewayError).issues?.[0]?.message ?? '';
    }
    return '';
  };
  assert.equal(messageOf(true), 'Cannot query field "viewr" on type "Query".');
  assert.match(messageOf(false), /Did you mean "viewer"/);
  const introspection = '{ __schema { types { name fields { name args { name } } } } }';
  assert.equal(prepareOf('web', { isProduction: false })(introspection).cost.estimate(undefined), 0);
  assert.throws(
    () => prepareOf('web')(introspection),
    (thrown) => thrown instanceof GatewayError && thrown.code === 'GRAPHQL_VALIDATION_FAILED',
  );
});

test('every registered operation is within the limits of its client, and far from those of text', () => {
  for (const client of ['web', 'mobile'] as const) {
    const { limits } = clients[client]?.profile ?? assert.fail();
    const half = prepareOf(client, { limits: { maxTokens: limits.maxTokens / 2 } });
    for (const { body, name } of readManifest('.', client).operations) assert.equal(half(body).name, name);
  }
});

test('a prepared operation is found in microseconds, and priced in less', () => {
  const prepare = prepareOf('web');
  const { body } = readManifest('.', 'web').operations.find(({ name }) => name === 'OrderDetail') ?? assert.fail();
  const variables = { id: 'ord_1', lineItems: 20, events: 20 };
  const prepared = prepare(body);
  assert.ok(best(() => prepare({ query: body })) < 10, 'look-up by text');
  assert.ok(best(() => prepared.cost.estimate(variables)) < 2, 'cost');
});

/** Microseconds for one call, the best of ten rounds: a busy machine only ever adds. */
function best(action: () => unknown): number {
  const rounds = Array.from({ length: 10 }, () => {
    const startedAt = performance.now();
    for (let index = 0; index < 5_000; index++) action();
    return (performance.now() - startedAt) / 5;
  });
  return Math.min(...rounds);
}
