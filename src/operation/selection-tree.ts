import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** `@skip` or `@include` by a variable: the selection is there when the variable has this value. */
export interface Condition {
  readonly variable: string;
  readonly value: boolean;
}

/** One field that an operation selects, with fragments in place and repeated selections merged as execution merges them. */
export interface SelectedField {
  /** `Type.field`. */
  readonly coordinate: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly arguments: readonly ArgumentNode[];
  /**
   * When it is asked for: if one of these lists holds as a whole. Undefined: always. Conditions of the fields above are not repeated.
   */
  readonly when: readonly (readonly Condition[])[] | undefined;
  /** Types that fragments on the way narrowed the parent to. */
  readonly narrowedTo: readonly string[];
  readonly children: readonly SelectedField[];
}

/**
 * What an operation selects, as one tree: the ground for all that is worked out once for it (cost, calls, cache policy). Introspection
 * is not in it. Only for a validated document within its limits, since fragments are expanded.
 */
export function selectionTree(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): SelectedField[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  if (!root) return [];
  const occurrences: Occurrence[] = [];
  collect({ schema, fragments }, operation.selectionSet, { parent: root, conditions: [], narrowedTo: [] }, occurrences);
  return merge({ schema, fragments }, occurrences);
}

interface Ground {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Where a selection set stands. */
interface Place {
  readonly parent: GraphQLObjectType | GraphQLInterfaceType | undefined;
  readonly conditions: readonly Condition[];
  readonly narrowedTo: readonly string[];
}

interface Occurrence {
  readonly place: Place & { readonly parent: GraphQLObjectType | GraphQLInterfaceType };
  readonly definition: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
}

/** GraphQL specification §6.3.2, CollectFields, without a runtime type: every fragment counts. */
function collect(ground: Ground, set: SelectionSetNode, place: Place, found: Occurrence[]): void {
  for (const selection of set.selections) {
    const own = conditionsOf(selection.directives);
    if (own === 'never') continue;
    const conditions = own.length === 0 ? place.conditions : [...place.conditions, ...own];
    if (selection.kind === Kind.FIELD) {
      const { parent } = place;
      const definition = parent?.getFields()[selection.name.value];
      if (parent && definition) found.push({ place: { ...place, parent, conditions }, definition, node: selection });
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : ground.fragments.get(selection.name.value);
    if (!fragment) continue;
    const narrowed = fragment.typeCondition?.name.value;
    collect(
      ground,
      fragment.selectionSet,
      narrowed === undefined
        ? { ...place, conditions }
        : { parent: typeOf(ground.schema, narrowed), conditions, narrowedTo: [...place.narrowedTo, narrowed] },
      found,
    );
  }
}

/** Selections of one field under one response name are one field; what differs between them is only when they are asked for. */
function merge(ground: Ground, occurrences: readonly Occurrence[]): SelectedField[] {
  const groups = new Map<string, [Occurrence, ...Occurrence[]]>();
  for (const occurrence of occurrences) {
    const key = `${occurrence.place.parent.name}.${(occurrence.node.alias ?? occurrence.node.name).value}`;
    const group = groups.get(key);
    if (group) group.push(occurrence);
    else groups.set(key, [occurrence]);
  }
  return [...groups.values()].map((group) => {
    const [{ place, definition, node }] = group;
    const type = typeOf(ground.schema, getNamedType(definition.type).name);
    const below: Occurrence[] = [];
    for (const one of group) {
      if (!one.node.selectionSet) continue;
      // A lone selection's conditions stand on the field; where several meet, each one's children keep their own.
      const conditions = group.length === 1 ? [] : one.place.conditions;
      collect(ground, one.node.selectionSet, { parent: type, conditions, narrowedTo: [] }, below);
    }
    return {
      coordinate: `${place.parent.name}.${definition.name}`,
      definition,
      arguments: node.arguments ?? [],
      when: group.some((one) => one.place.conditions.length === 0)
        ? undefined
        : group.map((one) => one.place.conditions),
      narrowedTo: [...new Set(group.flatMap((one) => one.place.narrowedTo))],
      children: merge(ground, below),
    };
  });
}

/** Unions have no fields of their own; what stands in them is in fragments that name a member. */
function typeOf(schema: GraphQLSchema, name: string): GraphQLObjectType | GraphQLInterfaceType | undefined {
  const type = schema.getType(name);
  return isObjectType(type) || isInterfaceType(type) ? type : undefined;
}

function conditionsOf(directives: readonly DirectiveNode[] | undefined): readonly Condition[] | 'never' {
  const found: Condition[] = [];
  for (const { name, arguments: given } of directives ?? []) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const wanted = name.value === 'include';
    const value = given?.[0]?.value;
    if (value?.kind === Kind.VARIABLE) found.push({ variable: value.name.value, value: wanted });
    else if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return 'never';
  }
  return found;
}
