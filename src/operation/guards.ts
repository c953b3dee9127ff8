import {
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { PermissionMap } from './permissions.ts';
import type { Guard } from './prepared.ts';

/**
 * The guarded fields that an operation reaches whatever its variables say. Selections under `@skip` or `@include` are left to
 * graphql-shield at the field itself: they may not be asked for at all.
 */
export function collectGuards(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  permissions: PermissionMap,
): Guard[] {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === 'FragmentDefinition' ? [[node.name.value, node] as const] : [],
    ),
  );
  const found = new Map<string, Guard>();
  const seen = new Set<SelectionSetNode>();
  const visit = (set: SelectionSetNode, typeName: string): void => {
    if (seen.has(set)) return;
    seen.add(set);
    const type = schema.getType(typeName);
    for (const selection of set.selections) {
      if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) continue;
      if (selection.kind === 'InlineFragment') {
        visit(selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
      } else if (selection.kind === 'FragmentSpread') {
        const fragment = fragments.get(selection.name.value);
        if (fragment) visit(fragment.selectionSet, fragment.typeCondition.name.value);
      } else {
        const field = selection.name.value;
        const permission = permissions[typeName]?.[field];
        if (permission) found.set(`${typeName}.${field}`, { coordinate: `${typeName}.${field}`, permission });
        const next = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
        if (selection.selectionSet && next) visit(selection.selectionSet, getNamedType(next.type).name);
      }
    }
  };
  const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  if (root) visit(operation.selectionSet, root.name);
  return [...found.values()];
}
