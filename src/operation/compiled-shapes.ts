import {
  type DocumentNode,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

export interface Shape {
  /** Why the operation must not be compiled; undefined when nothing speaks against it. */
  readonly unsafe: string | undefined;
  /** Variables whose null is a mistake that compiled code does not report: a request that has one belongs to graphql-js. */
  readonly neverNull: readonly string[];
}

/**
 * What graphql-jit 0.8.9 is weak at. Each reason is a case in `test/conformance/executors.test.ts` where the compiled operation would
 * answer otherwise than graphql-js, or worse.
 *
 * `expanded` is the operation alone, its fragments put in place (`expandFragments`).
 */
export function shapeOf(schema: GraphQLSchema, expanded: OperationDefinitionNode, isRegistered: boolean): Shape {
  const nullable = new Set(
    (expanded.variableDefinitions ?? [])
      .filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE)
      .map(({ variable }) => variable.name.value),
  );
  const neverNull = new Set<string>();
  let reason: string | undefined;
  const typeInfo = new TypeInfo(schema);
  const inValue = visitWithTypeInfo(typeInfo, {
    VariableDefinition: () => false,
    Field({ alias }) {
      // Paths are joined with `_` into names of generated functions, so that two fields could share one; `__proto__` is worse.
      if (alias?.value.includes('_')) reason ??= 'an alias with an underscore';
    },
    Variable({ name }) {
      if (name.value.startsWith('__')) reason ??= 'a variable that starts with two underscores';
      if (nullable.has(name.value) && isNonNullType(typeInfo.getInputType())) neverNull.add(name.value);
    },
    ObjectValue(node) {
      // A field whose variable was not given must stay away; it becomes null.
      if (hasVariable(node)) reason ??= 'an input object with variables inside';
    },
    ListValue(node) {
      if (hasVariable(node)) reason ??= 'a list with variables inside';
    },
    StringValue({ value }) {
      // Literals are written into generated code, some of them by replacing markers in their JSON: a text with such a marker is code.
      if (!isRegistered || value.includes('__MAGIC_')) reason ??= 'a text literal';
    },
  });
  visit(expanded, inValue);
  return { unsafe: reason, neverNull: [...neverNull] };
}

function hasVariable(node: ValueNode): boolean {
  let found = false;
  visit(node, {
    Variable() {
      found = true;
    },
  });
  return found;
}

/**
 * The operation as a document of its own with its fragments in place. graphql-jit writes conditions of `@skip` and `@include` on the
 * nodes themselves, so a node that stands in two places would have the conditions of both; here every node is new and stands in one.
 */
export function expandFragments(document: DocumentNode, operation: OperationDefinitionNode): OperationDefinitionNode {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  return visit(copyOf(operation), {
    FragmentSpread: {
      // On the way in, so that what is put in place is expanded in turn. Validation has refused cycles, the limits bound the size.
      enter({ name, directives }) {
        const fragment = fragments.get(name.value);
        if (!fragment) throw new Error(`There is no fragment ${name.value}.`);
        return {
          kind: Kind.INLINE_FRAGMENT,
          typeCondition: fragment.typeCondition,
          ...(directives && { directives }),
          selectionSet: copyOf(fragment.selectionSet),
        };
      },
    },
  });
}

/** A deep copy of a tree; places in the source are shared. */
function copyOf<T>(node: T): T {
  if (Array.isArray(node)) return node.map(copyOf) as T;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'loc' ? value : copyOf(value)]),
  ) as T;
}
