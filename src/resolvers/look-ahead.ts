import {
  type FieldNode,
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** Where to look: a field as the operation selects it. */
export type Selection = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** What was found below each field node by dotted path. Nodes belong to a prepared document, so this is worked out once for it. */
const known = new WeakMap<FieldNode, Map<string, readonly FieldNode[]>>();

/**
 * Does the operation select one of these fields below? A path is dotted: `edges.node.lineItems`. Directives with variables count as
 * selected: what is brought for nothing costs no further call.
 */
export function selects({ fieldNodes, fragments }: Selection, ...paths: readonly string[]): boolean {
  return fieldNodes.some((node) => paths.some((path) => below(node, path, fragments).length > 0));
}

/** Are there fields below other than these? */
export function selectsBeside({ fieldNodes, fragments }: Selection, ...names: readonly string[]): boolean {
  return fieldNodes.some(({ selectionSet }) => {
    const found: FieldNode[] = [];
    collect(selectionSet, () => true, fragments, found);
    return found.some(({ name }) => !names.includes(name.value));
  });
}

/** The uses of a field right below, one for each response name, with this request's arguments. */
export function usesBelow<Args>(
  info: GraphQLResolveInfo,
  type: string,
  field: string,
): readonly { readonly args: Args; readonly selection: Selection }[] {
  const { fieldNodes, fragments, schema, variableValues } = info;
  const definition = (schema.getType(type) as GraphQLObjectType).getFields()[field];
  const nodes = fieldNodes.flatMap((node) => below(node, field, fragments)).filter((node) => isAskedFor(node, info));
  const byName = Map.groupBy(nodes, ({ alias, name }) => (alias ?? name).value);
  return [...byName.values()].map((group) => ({
    args: getArgumentValues(definition!, group[0]!, variableValues) as Args,
    selection: { fieldNodes: group, fragments },
  }));
}

function isAskedFor(node: FieldNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] !== false;
}

function below(node: FieldNode, path: string, fragments: Selection['fragments']): readonly FieldNode[] {
  let paths = known.get(node);
  if (!paths) known.set(node, (paths = new Map()));
  let found = paths.get(path);
  if (!found) paths.set(path, (found = find(node, path, fragments)));
  return found;
}

function find(node: FieldNode, path: string, fragments: Selection['fragments']): FieldNode[] {
  let nodes = [node];
  for (const name of path.split('.')) {
    const next: FieldNode[] = [];
    for (const { selectionSet } of nodes) collect(selectionSet, (field) => field.name.value === name, fragments, next);
    nodes = next;
  }
  return nodes;
}

/** GraphQL specification §6.3.2, CollectFields, without a runtime type: every fragment counts. */
function collect(
  set: SelectionSetNode | undefined,
  wanted: (field: FieldNode) => boolean,
  fragments: Selection['fragments'],
  found: FieldNode[],
): void {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) {
      if (wanted(selection)) found.push(selection);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, wanted, fragments, found);
    else collect(fragments[selection.name.value]?.selectionSet, wanted, fragments, found);
  }
}
