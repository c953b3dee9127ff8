import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildSchema, type ExecutionResult, type GraphQLSchema, isObjectType, validate } from 'graphql';
import { toGraphQLEntry } from '../../src/errors/to-graphql.ts';
import { createCompiler } from '../../src/operation/compiled-operation.ts';
import { readClientSchemas } from '../../src/operation/contract/client-schema.ts';
import { createExecutor } from '../../src/operation/execute.ts';
import type { PreparedOperation } from '../../src/operation/prepared.ts';
import { generateOperation } from '../support/document-generator.ts';
import { addFakeResolvers, type FakeContext } from '../support/fake-resolvers.ts';
import { executable, registeredFiles } from '../support/registered-operations.ts';
import { randomNumbers } from '../support/random-numbers.ts';

/** The same operation by graphql-js and compiled; undefined where it is not to be compiled. */
function executorsOf(schema: GraphQLSchema) {
  const interpret = createExecutor(schema, { runsBeforeCompiling: Infinity, maxCompiled: 10 });
  const compile = createCompiler(schema);
  return async (prepared: PreparedOperation, variables: Record<string, unknown>, context: unknown) => {
    const compiled = compile(prepared);
    return {
      interpreted: await interpret(prepared, variables, context),
      isCompiled: compiled !== undefined,
      compiled: await compiled?.(variables, context),
    };
  };
}

interface Comparable {
  readonly data: unknown;
  /** By the place that became null: its errors, or how many there are when several fields below it failed. */
  readonly errors: ReadonlyMap<string, unknown>;
}

/**
 * Which of several failing fields gives the one error of a place that became null hangs on who was first: where graphql-js tells of
 * one and compiled code of another, only the place is compared.
 */
function comparable({ data, errors }: ExecutionResult): Comparable {
  const plain: unknown = data === undefined ? undefined : JSON.parse(JSON.stringify(data));
  const byPlace = new Map<string, unknown>();
  for (const error of errors ?? []) {
    const place = error.path ? placeOf(plain, error.path) : error.message;
    byPlace.set(place, byPlace.has(place) ? 'several' : toGraphQLEntry(error));
  }
  return { data: plain, errors: byPlace };
}

function placeOf(data: unknown, path: readonly (string | number)[]): string {
  let value = data;
  let depth = 0;
  while (depth < path.length && value !== null && value !== undefined)
    value = (value as Record<string | number, unknown>)[path[depth++]!];
  return path.slice(0, depth).join('.');
}

function assertAlike(interpreted: ExecutionResult, compiled: ExecutionResult, about: string): void {
  const [expected, actual] = [comparable(interpreted), comparable(compiled)];
  assert.deepEqual(actual.data, expected.data, about);
  assert.deepEqual([...actual.errors.keys()].sort(), [...expected.errors.keys()].sort(), about);
  for (const [place, entry] of expected.errors) {
    const path = (entry as { path?: readonly unknown[] }).path ?? [];
    // An error of the place itself; one that came up from below may be another's.
    if (entry !== 'several' && path.join('.') === place) assert.deepEqual(actual.errors.get(place), entry, about);
  }
}

const clients = readClientSchemas('.').map(({ client, schema }) => ({ client, schema: addFakeResolvers(schema) }));

for (const { client, schema } of clients) {
  describe(`both executors of ${client} answer alike`, () => {
    const run = executorsOf(schema);

    test('every registered operation, in a whole world and in one where a fifth of all fields fail', async () => {
      const files = registeredFiles(client);
      assert.ok(files.length > 5);
      for (const { file, text, variables } of files) {
        const prepared = executable(text);
        for (const failing of [0, 0.05, 0.2]) {
          for (let seed = 0; seed < 10; seed++) {
            const context: FakeContext = { seed, failing, timing: seed % 2 === 0 ? 'now' : 'later' };
            const { interpreted, compiled } = await run(prepared, { ...variables }, context);
            assert.ok(compiled, `${file} is compiled`);
            assertAlike(interpreted, compiled, `${file} seed ${seed}`);
          }
        }
        const wrong = await run(prepared, Object.fromEntries(Object.keys(variables).map((key) => [key, { no: 1 }])), {
          seed: 1,
          failing: 0,
          timing: 'now',
        });
        assertAlike(wrong.interpreted, wrong.compiled!, `${file} with wrong variables`);
      }
    });

    test('200 operations made by chance', async () => {
      const random = randomNumbers(20_261_121);
      let compared = 0;
      for (let number = 0; number < 200; number++) {
        const { text, variables } = generateOperation(schema, random);
        const prepared = executable(text);
        assert.deepEqual(validate(schema, prepared.document), [], text);
        const context: FakeContext = {
          seed: number,
          failing: number % 2 === 0 ? 0 : 0.1,
          timing: number % 3 === 0 ? 'now' : 'later',
        };
        const { interpreted, compiled } = await run(prepared, variables, context);
        if (!compiled) continue;
        compared++;
        assertAlike(interpreted, compiled, `${number}: ${text}\n${JSON.stringify(variables)}`);
      }
      assert.ok(compared > 130, `${compared} were compiled`);
    });
  });
}

/** A schema in which everything answers with what it was asked. */
function echoSchema(): GraphQLSchema {
  const schema = buildSchema(`
    directive @unused on FIELD
    input Patch { name: String, tags: [String], inner: Patch }
    input Lookup @oneOf { id: ID, email: String }
    enum Color { RED GREEN }
    type Query { patch(patch: Patch): String, find(by: Lookup): String, list(of: [Int]): String, text(of: String): String
                 size(of: Int! = 3): String, color(of: Color): Color, point: Point!, points: [Point!], any: Any }
    type Point { x: Int!, y: Int, deep: Point!, name: String }
    interface Any { id: ID }
    type One implements Any { id: ID, other: String! }
    type Two implements Any { id: ID }
  `);
  const fields = schema.getQueryType()!.getFields();
  for (const name of ['patch', 'find', 'list', 'text', 'size'])
    fields[name]!.resolve = (_, args) => JSON.stringify(args);
  fields['color']!.resolve = (_, { of }: { of: unknown }) => of;
  fields['point']!.resolve = () => ({ x: 1, y: 2, deep: { x: 3 }, name: 'p' });
  fields['points']!.resolve = async () => [{ x: 1 }, { x: 'no number' }, { x: 2 }];
  fields['any']!.resolve = async () => ({ id: '1', __typename: 'One' });
  return schema;
}

describe('what graphql-jit is weak at', () => {
  const schema = echoSchema();
  const run = executorsOf(schema);
  const answersAlike = async (text: string, variables: Record<string, unknown> = {}) => {
    const { interpreted, compiled } = await run(executable(text), variables, {});
    if (compiled) assertAlike(interpreted, compiled, text);
    // What the executor does with it once it is hot.
    const execute = createExecutor(schema, { runsBeforeCompiling: 0, maxCompiled: 10 });
    assertAlike(interpreted, await execute(executable(text), variables, {}), text);
    return { interpreted, compiled };
  };

  test('input objects and lists with variables inside are left to graphql-js', async () => {
    const { compiled, interpreted } = await answersAlike('query($n: String) { patch(patch: { name: $n }) }');
    assert.equal(compiled, undefined);
    assert.deepEqual({ ...interpreted.data }, { patch: '{"patch":{}}' }, 'absent, not null');
    assert.equal((await answersAlike('query($n: Int) { list(of: [1, $n]) }')).compiled, undefined);
  });

  test('variables mean what graphql-js says they mean', async () => {
    const patch = 'query($p: Patch) { patch(patch: $p) }';
    for (const p of [
      null,
      {},
      { name: null },
      { inner: { inner: { tags: 'one' } } },
      { strange: 1 },
      { tags: [1] },
      'x',
      [[]],
    ])
      assert.ok((await answersAlike(patch, { p })).compiled);
    const find = 'query($by: Lookup) { find(by: $by) }';
    for (const by of [{ id: '1' }, { id: '1', email: 'e' }, { id: null }, {}])
      assert.ok((await answersAlike(find, { by })).compiled);
    for (const c of ['RED', 'BLUE', 3, null, ['RED']])
      assert.ok((await answersAlike('query($c: Color) { color(of: $c) }', { c })).compiled);
    assert.ok((await answersAlike('query($c: Color = GREEN) { color(of: $c) }')).compiled);
    for (const l of [1, [1], [1, null], ['x'], [[1]], null])
      await answersAlike('query($l: [Int]) { list(of: $l) }', { l });
  });

  test('null for a variable with a default, where null is not allowed, is the caller’s mistake', async () => {
    for (const text of [
      'query($n: Int = 5) { size(of: $n) }',
      'query($n: Int) { size(of: $n) }',
      'query($n: Boolean = true) { point { x @include(if: $n) y @skip(if: $n) } }',
    ]) {
      assert.ok((await answersAlike(text)).compiled);
      const { interpreted, compiled } = await answersAlike(text, { n: null });
      assert.equal(compiled, undefined);
      assert.match(JSON.stringify(interpreted.errors?.map(toGraphQLEntry)), /BAD_USER_INPUT/);
    }
  });

  test('a fragment in two places keeps the conditions of each', async () => {
    const text = `query($a: Boolean!, $b: Boolean!) { point { ...F @include(if: $a) ...F @skip(if: $b) deep { ...F @include(if: $b) x } } }
      fragment F on Point { x name @skip(if: $a) y }`;
    for (const a of [true, false])
      for (const b of [true, false]) assert.ok((await answersAlike(text, { a, b })).compiled);
  });

  test('aliases that would become one name, or a prototype, are left to graphql-js', async () => {
    for (const alias of ['point_x', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const { compiled } = await answersAlike(`{ ${alias}: point { x } a: point { ${alias}: x } }`);
      assert.equal(compiled === undefined, alias.includes('_'), alias);
    }
    assert.equal((await answersAlike('query($__proto__: Int = 1) { size(of: $__proto__) }')).compiled, undefined);
  });

  test('several errors below one place tell of it once', async () => {
    assert.ok((await answersAlike('{ points { x y } point { x } }')).compiled);
    assert.ok((await answersAlike('{ any { __typename id ... on One { other } } }')).compiled);
  });

  test('a text in a document never becomes code', async () => {
    // graphql-jit writes argument values into the code it makes and puts dates there by replacing a marker in their JSON.
    const marker = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';
    const attack = `{ text(of: "${marker}0),facetWasHere:(globalThis.facetWasHere=true),y:(1") }`;
    for (const text of [attack, attack.replace('__MAGIC', '\\u005f_MAGIC')]) {
      const { interpreted, compiled } = await answersAlike(text);
      assert.equal(compiled, undefined);
      assert.match(String(interpreted.data?.['text']), /facetWasHere/);
    }
    assert.equal('facetWasHere' in globalThis, false);
    const compile = createCompiler(schema);
    assert.equal(
      compile(executable('{ text(of: "any") }', false)),
      undefined,
      'a stranger’s text is not compiled at all',
    );
    assert.ok(compile(executable('{ text(of: "any") }', true)));
  });
});

test('no two fields share a name when type and field are written together, as compiled code does', () => {
  for (const { client, schema } of clients) {
    const names = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) ? Object.keys(type.getFields()).map((field) => type.name + field) : [],
    );
    assert.equal(new Set(names).size, names.length, client);
  }
});
