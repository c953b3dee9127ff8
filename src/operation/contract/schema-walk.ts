import {
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  type InputValueDefinitionNode,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';

export interface OutputField {
  /** `Type.field`. */
  readonly coordinate: string;
  readonly parent: GraphQLNamedType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** The schema's own types, without introspection and built-in scalars. */
export function ownTypes(schema: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
}

/** Every field of every object and interface. */
export function outputFields(schema: GraphQLSchema): OutputField[] {
  return ownTypes(schema)
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((parent) =>
      Object.values(parent.getFields()).map((field) => ({ coordinate: `${parent.name}.${field.name}`, parent, field })),
    );
}

/** One named and typed place that holds a value: a field, an argument, a field of an input or a value of an enum. */
export interface Place {
  /** `Type.field`, `Type.field.argument`, `Input.field` or `Enum.VALUE`. */
  readonly coordinate: string;
  readonly name: string;
  readonly type: GraphQLType;
  readonly deprecationReason: string | null | undefined;
  readonly astNode: FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode | null | undefined;
}

/** Every place of the schema's own types. */
export function* places(schema: GraphQLSchema): Iterable<Place> {
  for (const owner of ownTypes(schema)) {
    if (isEnumType(owner)) {
      for (const value of owner.getValues()) yield placeOf(`${owner.name}.${value.name}`, { ...value, type: owner });
    }
    if (!isObjectType(owner) && !isInterfaceType(owner) && !isInputObjectType(owner)) continue;
    for (const field of Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(owner.getFields())) {
      const coordinate = `${owner.name}.${field.name}`;
      yield placeOf(coordinate, field);
      for (const argument of 'args' in field ? field.args : []) {
        yield placeOf(`${coordinate}.${argument.name}`, argument);
      }
    }
  }
}

function placeOf(coordinate: string, { name, type, deprecationReason, astNode }: Omit<Place, 'coordinate'>): Place {
  return { coordinate, name, type, deprecationReason, astNode };
}

export interface Reached {
  readonly types: ReadonlySet<string>;
  /** Coordinate of each field, argument and input field → the path by which it was found first. */
  readonly paths: ReadonlyMap<string, string>;
  /** Types that answers may contain, as opposed to those that are only sent. */
  readonly outputs: ReadonlySet<string>;
}

/** All that a client can get at from the roots: through fields, arguments, members of unions and implementations of interfaces. */
export function reachable(schema: GraphQLSchema): Reached {
  const types = new Set<string>();
  const outputs = new Set<string>();
  const paths = new Map<string, string>();
  const enterInput = (type: GraphQLNamedType, path: string): void => {
    if (types.has(type.name)) return;
    types.add(type.name);
    if (!isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      const here = `${path}.${field.name}`;
      paths.set(`${type.name}.${field.name}`, here);
      enterInput(getNamedType(field.type), here);
    }
  };
  const enterArgument = (coordinate: string, { name, type }: GraphQLArgument, path: string): void => {
    paths.set(`${coordinate}.${name}`, `${path}(${name})`);
    enterInput(getNamedType(type), `${path}(${name})`);
  };
  const enterOutput = (type: GraphQLNamedType, path: string): void => {
    if (outputs.has(type.name)) return;
    types.add(type.name);
    outputs.add(type.name);
    if (isUnionType(type)) for (const member of type.getTypes()) enterOutput(member, path);
    if (isInterfaceType(type)) for (const one of schema.getPossibleTypes(type)) enterOutput(one, path);
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    for (const one of type.getInterfaces()) enterOutput(one, path);
    for (const field of Object.values(type.getFields())) {
      const here = `${path}.${field.name}`;
      const coordinate = `${type.name}.${field.name}`;
      paths.set(coordinate, here);
      for (const argument of field.args) enterArgument(coordinate, argument, here);
      enterOutput(getNamedType(field.type), here);
    }
  };
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    if (root) enterOutput(root, root.name);
  }
  return { types, paths, outputs };
}
