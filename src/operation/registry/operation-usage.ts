import {
  type DocumentNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isNamedType,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * The parts of a schema that a document leans on, as coordinates: `Type`, `Type.field`, `Type.field.argument`. Of an input object or enum
 * that it touches every part counts, since what a client sends or must draw is not in the document.
 */
export function usedCoordinates(schema: GraphQLSchema, document: DocumentNode): Set<string> {
  const used = new Set<string>();
  const info = new TypeInfo(schema);
  const addType = (type: GraphQLNamedType | undefined | null): void => {
    if (!type || used.has(type.name)) return;
    used.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) used.add(`${type.name}.${name}`);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        used.add(`${type.name}.${field.name}`);
        addType(getNamedType(field.type));
      }
    }
  };
  visit(
    document,
    visitWithTypeInfo(info, {
      Field() {
        const parent = info.getParentType();
        const field = info.getFieldDef();
        if (!parent || !field) return;
        addType(parent);
        used.add(`${parent.name}.${field.name}`);
        addType(getNamedType(field.type));
      },
      Argument({ name }) {
        const parent = info.getParentType();
        const field = info.getFieldDef();
        if (parent && field) used.add(`${parent.name}.${field.name}.${name.value}`);
      },
      NamedType(node) {
        const type = typeFromAST(schema, node);
        if (isNamedType(type)) addType(type);
      },
    }),
  );
  return used;
}

/** Coordinates of deprecated fields that a document still selects. */
export function deprecatedFields(schema: GraphQLSchema, document: DocumentNode): string[] {
  const info = new TypeInfo(schema);
  const found = new Set<string>();
  visit(
    document,
    visitWithTypeInfo(info, {
      Field() {
        const field = info.getFieldDef();
        if (typeof field?.deprecationReason === 'string') found.add(`${info.getParentType()?.name}.${field.name}`);
      },
    }),
  );
  return [...found];
}
