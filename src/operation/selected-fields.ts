import {
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Coordinates (`Type.field`) of every field that a document's operation selects, sorted; for the audit trail. */
export function selectedFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): string[] {
  const found = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(typeInfo, {
    Field(node) {
      const parent = typeInfo.getParentType();
      if (parent && !node.name.value.startsWith('__')) found.add(`${parent.name}.${node.name.value}`);
    },
  });
  visit(operation, visitor);
  for (const node of document.definitions) if (node.kind === 'FragmentDefinition') visit(node, visitor);
  return [...found].sort();
}
