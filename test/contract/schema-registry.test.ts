import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildSchema, coerceInputValue, type GraphQLSchema, Kind, parse, typeFromAST } from 'graphql';
import type { GraphQLInputType } from 'graphql';
import { readClientSchemas } from '../../src/operation/contract/client-schema.ts';
import { OperationFileError, readOperationFiles } from '../../src/operation/registry/operation-files.ts';
import { deprecatedFields } from '../../src/operation/registry/operation-usage.ts';
import {
  documentIdOf,
  documentTextOf,
  type RegisteredOperation,
} from '../../src/operation/registry/registered-operation.ts';
import { checkRegistry, describeProblem, type RegistryException } from '../../src/operation/registry/registry-check.ts';

const now = new Date('2026-11-21T00:00:00Z');
const clients = readClientSchemas('.');
const operations = readOperationFiles('.');

const small = new Map([
  ['app', buildSchema('type Query { order(id: ID!): Order } type Order { id: ID! title: String }')],
]);

function registered(text: string, version = '1.0.0', file = 'order.graphql'): RegisteredOperation {
  const name = /\w+ (\w+)/.exec(text)?.[1] ?? '';
  return { client: 'app', version, file, name, kind: 'query', documentId: documentIdOf(text), text };
}

function problemsOf(
  found: readonly RegisteredOperation[],
  exceptions: readonly RegistryException[] = [],
  schemas: ReadonlyMap<string, GraphQLSchema> = small,
): string[] {
  return checkRegistry(schemas, found, exceptions, now).map(describeProblem);
}

test('every screen of both clients is registered', () => {
  const named = (client: string) => new Set(operations.filter((one) => one.client === client).map(({ name }) => name));
  assert.deepEqual(
    [...named('web')].toSorted(),
    'AccountDashboard CancelOrder OrderDetail OrderList PayOrder RefundPayment SupportCustomer SupportSearch UpdateProfile'.split(
      ' ',
    ),
  );
  assert.deepEqual(
    [...named('mobile')].toSorted(),
    'AppStatus CancelOrder Home OrdersPage PayPrefetch QuickPay RegisterPushToken TrackOrder'.split(' '),
  );
});

test('an operation has a file of its own, named after it', () => {
  const expected = ({ name }: RegisteredOperation) =>
    `${name.replaceAll(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.graphql`;
  for (const one of operations) assert.equal(one.file.split('/').at(-1), expected(one));
  assert.equal(new Set(operations.map(({ file }) => file)).size, operations.length);
});

test('the example variables beside an operation are values of its variables', () => {
  for (const { client, file, text } of operations) {
    const { schema } = clients.find((one) => one.client === client) ?? assert.fail(client);
    const definition = parse(text).definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const variables = definition?.variableDefinitions ?? [];
    const folder = file.slice(0, file.lastIndexOf('/'));
    const example = file.replace(/\.graphql$/, '.variables.json');
    const hasExample = readdirSync(folder).includes(example.slice(folder.length + 1));
    const values = hasExample ? (JSON.parse(readFileSync(example, 'utf8')) as Record<string, unknown>) : {};
    const names = new Set(variables.map(({ variable }) => variable.name.value));
    assert.deepEqual(
      Object.keys(values).filter((name) => !names.has(name)),
      [],
      example,
    );
    for (const { variable, type, defaultValue } of variables) {
      const value = values[variable.name.value];
      if (value === undefined && (defaultValue || type.kind !== Kind.NON_NULL_TYPE)) continue;
      coerceInputValue(value, typeFromAST(schema, type as never) as GraphQLInputType, (path, _value, error) =>
        assert.fail(`${example} ${variable.name.value}.${path.join('.')}: ${error.message}`),
      );
    }
  }
});

test("last year's app still asks for a field that this year's no longer needs", () => {
  const { schema } = clients.find(({ client }) => client === 'mobile') ?? assert.fail();
  const users = operations
    .filter(({ client, text }) => client === 'mobile' && deprecatedFields(schema, parse(text)).length > 0)
    .map(({ version, name }) => `${version} ${name}`);
  assert.deepEqual(users, ['0.9.0 Home', '0.9.0 OrdersPage']);
});

test('a broken operation names app, version, operation and field', () => {
  assert.deepEqual(problemsOf([registered('query Detail($id: ID!) { order(id: $id) { id name: titel } }')]), [
    'app 1.0.0 Detail order.titel: Cannot query field "titel" on type "Order". Did you mean "title"? (order.graphql)',
  ]);
});

test('a broken argument names the field that takes it, a broken variable itself', () => {
  assert.match(
    problemsOf([registered('query Detail { order(number: 1) { id } }')])[0] ?? '',
    /^app 1\.0\.0 Detail order: /,
  );
  assert.match(
    problemsOf([registered('query Detail($id: Id!) { order(id: $id) { id } }')])[0] ?? '',
    /^app 1\.0\.0 Detail \$id: Unknown type "Id"/,
  );
});

test('a broken fragment is named', () => {
  const text = 'query Detail { order(id: 1) { ...Row } } fragment Row on Order { titel }';
  assert.match(problemsOf([registered(text)])[0] ?? '', /^app 1\.0\.0 Detail \.\.\.Row\.titel: /);
});

test('one version has each name once, different versions may share it', () => {
  const text = 'query Detail { order(id: 1) { id } }';
  assert.deepEqual(problemsOf([registered(text), registered(text, '2.0.0')]), []);
  assert.deepEqual(problemsOf([registered(text, '1.0.0', 'a.graphql'), registered(text, '1.0.0', 'b.graphql')]), [
    'app 1.0.0 Detail: the name is taken by a.graphql (b.graphql)',
  ]);
});

test('operations of a client without a schema are a problem', () => {
  assert.match(
    problemsOf([registered('query Detail { order }')], [], new Map())[0] ?? '',
    /there is no schema for app/,
  );
});

test('an exception silences its operation until its day has passed, and no longer', () => {
  const broken = registered('query Detail { order(id: 1) { titel } }');
  const exception = { client: 'app', version: '1.0.0', operation: 'Detail', reason: '40 users, told to update' };
  assert.deepEqual(problemsOf([broken], [{ ...exception, until: '2026-11-21' }]), []);
  const late = problemsOf([broken], [{ ...exception, until: '2026-11-20' }]);
  assert.equal(late.length, 2);
  assert.match(late[1] ?? '', /the exception ended on 2026-11-20/);
  assert.equal(problemsOf([{ ...broken, version: '1.0.1' }], [{ ...exception, until: '2027-01-01' }]).length, 2);
});

test('an exception needs a reason, a day and something to except', () => {
  const exception = { client: 'app', version: '1.0.0', operation: 'Gone', reason: 'x', until: '2027-01-01' };
  assert.match(problemsOf([], [exception])[0] ?? '', /not needed/);
  assert.match(problemsOf([], [{ ...exception, reason: '' }])[0] ?? '', /gives no reason/);
  assert.match(problemsOf([], [{ ...exception, until: 'soon' }])[0] ?? '', /is not YYYY-MM-DD/);
});

test("a document's id depends on what it asks, not on how its file is arranged", () => {
  const idOf = (text: string): string => {
    const document = parse(text);
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    return documentIdOf(documentTextOf(document, operation ?? assert.fail()));
  };
  const plain = idOf('query A { order(id: 1) { ...X ...Y } } fragment X on Order { id } fragment Y on Order { title }');
  const arranged = idOf(`
    # explained
    fragment Y on Order { title }
    fragment Unused on Order { id }
    fragment X on Order { id }
    query A {
      order(id: 1) { ...X, ...Y }
    }`);
  assert.equal(arranged, plain);
  assert.match(plain, /^sha256:[0-9a-f]{64}$/);
  assert.notEqual(idOf('query A { order(id: 2) { id } }'), idOf('query A { order(id: 1) { id } }'));
});

test('a file that does not parse, or an operation without a name, is named with its place', () => {
  const root = mkdtempSync(join(tmpdir(), 'facet-operations-'));
  const folder = join(root, 'schema/operations/app/1.0.0');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, 'a.graphql'), 'query A {\n  order(\n}');
    assert.throws(
      () => readOperationFiles(root),
      (error) => {
        assert.ok(error instanceof OperationFileError);
        assert.match(error.message, /^schema\/operations\/app\/1\.0\.0\/a\.graphql:3:1: Syntax Error/);
        return true;
      },
    );
    writeFileSync(join(folder, 'a.graphql'), '{ order(id: 1) { id } }');
    assert.throws(() => readOperationFiles(root), /a\.graphql: an operation has no name\./);
  } finally {
    rmSync(root, { recursive: true });
  }
});
