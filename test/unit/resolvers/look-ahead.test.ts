import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FieldNode, type FragmentDefinitionNode, Kind, parse } from 'graphql';
import { type Selection, selects, selectsBeside } from '../../../src/resolvers/look-ahead.ts';

/** The only root field of an operation, as its resolver gets it. */
function selectionOf(text: string): Selection {
  const { definitions } = parse(text);
  const fragments: Record<string, FragmentDefinitionNode> = {};
  const fieldNodes: FieldNode[] = [];
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    else if (definition.kind === Kind.OPERATION_DEFINITION)
      fieldNodes.push(...definition.selectionSet.selections.filter((one) => one.kind === Kind.FIELD));
  }
  return { fieldNodes, fragments };
}

test('a field is found wherever execution would find it', () => {
  for (const text of [
    '{ order { lines { id } } }',
    '{ order { renamed: lines { id } } }',
    '{ order { ... { lines { id } } } }',
    '{ order { ... on Order { ...A } } } fragment A on Order { ...B } fragment B on Order { lines { id } }',
    '{ order { id } order { lines { id } } }',
    'query ($some: Boolean!) { order { lines @include(if: $some) { id } } }',
  ])
    assert.equal(selects(selectionOf(text), 'lines'), true, text);
});

test('a field elsewhere is not found', () => {
  const selection = selectionOf('{ order { id customer { lines { id } } lines: number } }');
  assert.equal(selects(selection, 'lines', 'parcels'), false);
  assert.equal(selects(selection, 'customer.lines'), true);
});

test('a path goes through every selection of its fields', () => {
  const selection = selectionOf(
    '{ orders { edges { cursor } edges { node { id } ...A } } } fragment A on Edge { node { lines } }',
  );
  assert.equal(selects(selection, 'edges.node.lines'), true);
  assert.equal(selects(selection, 'nodes.lines'), false);
});

test('an answer is the same when asked again', () => {
  const selection = selectionOf('{ order { lines { id } } }');
  for (let round = 0; round < 2; round++) {
    assert.equal(selects(selection, 'lines.id'), true);
    assert.equal(selects(selection, 'lines.sku'), false);
  }
});

test('fields beside the named ones are noticed, in fragments too', () => {
  assert.equal(
    selectsBeside(selectionOf('{ user { id __typename ...A } } fragment A on User { id }'), 'id', '__typename'),
    false,
  );
  assert.equal(selectsBeside(selectionOf('{ user { id ... { email } } }'), 'id', '__typename'), true);
});
