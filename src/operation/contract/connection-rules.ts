import {
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLInt,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import type { ClientSchema } from './client-schema.ts';
import { type OutputField, outputFields, ownTypes } from './schema-walk.ts';

/** Lists are Relay connections with announced page sizes, and the cost directives know how long they get. */
export function* connectionRules({ schema, rules }: ClientSchema): Iterable<string> {
  for (const type of ownTypes(schema)) if (type.name.endsWith('Connection')) yield* connectionShape(type);
  for (const one of outputFields(schema)) {
    const size = listSizeOf(schema, one);
    yield* slicingArguments(one, size, rules.maximumPageSize);
    if (size) yield* listSize(one, size);
    if (getNamedType(one.field.type).name.endsWith('Connection')) yield* connectionField(one, size);
  }
}

function* connectionShape(type: GraphQLNamedType): Iterable<string> {
  if (!isObjectType(type)) return yield `${type.name} must be an object type`;
  const { edges, pageInfo, nodes } = type.getFields();
  const edgeName = type.name.replace(/Connection$/, 'Edge');
  const edge = edges && getNamedType(edges.type);
  if (!isObjectType(edge) || edges?.type.toString() !== `[${edgeName}!]!`) {
    return yield `${type.name}.edges must be [${edgeName}!]!`;
  }
  const { cursor, node } = edge.getFields();
  if (pageInfo?.type.toString() !== 'PageInfo!') yield `${type.name}.pageInfo must be PageInfo!`;
  if (cursor?.type.toString() !== 'String!') yield `${edgeName}.cursor must be String!`;
  if (!node || isListType(getNullableType(node.type))) return yield `${edgeName}.node must be one item`;
  const nodeList = `[${getNamedType(node.type).name}!]!`;
  if (nodes && nodes.type.toString() !== nodeList) yield `${type.name}.nodes must be ${nodeList}`;
}

/** Forward paging always, backward paging whole or not at all, and every list of the page is sized. */
function* connectionField({ coordinate, field }: OutputField, size: ListSize | undefined): Iterable<string> {
  const types = new Map(field.args.map(({ name, type }) => [name, type.toString()]));
  if (types.get('first') !== 'Int' || types.get('after') !== 'String') {
    yield `${coordinate} must take first: Int and after: String`;
  }
  const backward = types.has('last') || types.has('before');
  if (backward && (types.get('last') !== 'Int' || types.get('before') !== 'String')) {
    yield `${coordinate} must take last: Int and before: String, or neither`;
  }
  if (!size) return yield `${coordinate} needs @listSize`;
  const page = getNamedType(field.type);
  for (const { name, type } of isObjectType(page) ? Object.values(page.getFields()) : []) {
    const isList = isListType(getNullableType(type)) && isCompositeType(getNamedType(type));
    if (isList && !size.sizedFields?.includes(name)) yield `@listSize of ${coordinate} does not name the list ${name}`;
  }
}

const announced = /(?:Default (\d+), at most|At most) (\d+)\.$/;

/** The sizes that people read and the default that machines use are the same, and within the client's bound. */
function* slicingArguments(
  { coordinate, field }: OutputField,
  size: ListSize | undefined,
  maximum: number,
): Iterable<string> {
  for (const { name, type, description, defaultValue } of field.args) {
    if ((name !== 'first' && name !== 'last') || getNamedType(type) !== GraphQLInt) continue;
    const [, said, most] = announced.exec(description ?? '') ?? [];
    if (!most) {
      yield `${coordinate}(${name}) must say "Default n, at most m." (or "At most m.")`;
      continue;
    }
    const actual: unknown = defaultValue ?? size?.assumedSize;
    if (Number(most) > maximum) yield `${coordinate}(${name}) promises ${most}, more than ${maximum}`;
    if (said !== undefined && Number(said) !== actual) {
      yield `${coordinate}(${name}) says ${said} by default but has ${String(actual)}`;
    }
  }
}

/** The arguments and lists that `@listSize` names exist. */
function* listSize({ coordinate, field }: OutputField, size: ListSize): Iterable<string> {
  for (const name of size.slicingArguments ?? []) {
    if (!field.args.some((argument) => argument.name === name)) {
      yield `${coordinate} has no argument ${name} that @listSize names`;
    }
  }
  const type = getNamedType(field.type);
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  for (const name of size.sizedFields ?? []) {
    if (!fields[name] || !isListType(getNullableType(fields[name].type))) {
      yield `${type.name} has no list ${name} that @listSize of ${coordinate} names`;
    }
  }
}

interface ListSize {
  readonly assumedSize?: number;
  readonly slicingArguments?: readonly string[];
  readonly sizedFields?: readonly string[];
}

function listSizeOf(schema: GraphQLSchema, { field }: OutputField): ListSize | undefined {
  const directive = schema.getDirective('listSize');
  return directive && field.astNode
    ? (getDirectiveValues(directive, field.astNode) as ListSize | undefined)
    : undefined;
}
