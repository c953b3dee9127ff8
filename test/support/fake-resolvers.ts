import {
  getNamedType,
  getNullableType,
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type GraphQLUnionType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';
import { GatewayError } from '../../src/errors/gateway-error.ts';
import { randomNumbers } from './random-numbers.ts';

/** What a resolver of the fake world is told: how often to fail, and where chance starts. */
export interface FakeContext {
  readonly seed: number;
  /** Part of the fields that fail in one way or another, 0 to 1. */
  readonly failing: number;
  /**
   * `now`: every resolver answers at once. `later`: some answer later, and only those fail. Never both: when an item of a list fails at
   * once, graphql-js leaves promises of its neighbours behind, and the rejection of one of those has no listener.
   */
  readonly timing: 'now' | 'later';
}

/** How deep objects are given whole, their fields without resolvers. */
const maxWholeDepth = 2;

/**
 * Gives each field of a schema without resolvers one of three kinds: none (a property of its parent), a resolver that answers at once,
 * and one that answers later. What it answers, and whether it fails, hangs on the seed, the path and the arguments alone, so that two
 * executions of one operation see the same world in whatever order they ask.
 */
export function addFakeResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const kind = digest(`${type.name}.${field.name}`) % 3;
      if (kind === 0 && !isRoot(schema, type)) continue;
      field.resolve = kind === 1 ? answerNow : answerNowOrLater;
    }
  }
  return schema;
}

type Resolver = GraphQLFieldResolver<unknown, FakeContext>;

const answerNow: Resolver = (_source, args, context, info) =>
  answer(args, context, info, context.timing === 'now' ? context.failing : 0);

const answerNowOrLater: Resolver = (_source, args, context, info) =>
  context.timing === 'now'
    ? answer(args, context, info, context.failing)
    : Promise.resolve().then(() => answer(args, context, info, context.failing));

function answer(args: object, { seed, timing }: FakeContext, info: GraphQLResolveInfo, failing: number): unknown {
  const asked = JSON.stringify(Object.entries(args).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const random = randomNumbers(digest(`${seed} ${pathOf(info)} ${asked}`));
  if (random() < failing) return fail(random, info);
  return valueOf(info.returnType, info.schema, random, 0, timing === 'now' ? failing : 0);
}

/** Each way in which a resolver can go wrong. */
function fail(random: () => number, info: GraphQLResolveInfo): unknown {
  switch (Math.floor(random() * 8)) {
    case 0:
      throw new GatewayError('UPSTREAM_TIMEOUT', { service: 'orders', retryAfterMs: 100 });
    case 1:
      throw new Error('a bug');
    case 2:
      throw new GraphQLError('said with a code', { extensions: { code: 'FORBIDDEN' } });
    case 3:
      return new GatewayError('BAD_USER_INPUT', { publicMessage: 'returned, not thrown' });
    case 4:
      // eslint-disable-next-line no-throw-literal -- what a careless library does
      throw 'a text';
    case 5:
      return null;
    case 6:
      return isListType(getNullableType(info.returnType)) ? 'no list' : undefined;
    default:
      return isAbstractType(getNamedType(info.returnType)) ? { __typename: 'Nobody' } : { strange: true };
  }
}

function valueOf(
  type: GraphQLOutputType,
  schema: GraphQLSchema,
  random: () => number,
  depth: number,
  failing: number,
): unknown {
  const inner = getNullableType(type);
  if (inner !== type || random() > 0.1) {
    if (isListType(inner)) {
      const size = Math.floor(random() * 4);
      return Array.from({ length: size }, () => valueOf(inner.ofType, schema, random, depth, failing));
    }
    if (isLeafType(inner)) return leafOf(inner, random, failing);
    if (isAbstractType(inner) || isObjectType(inner)) return objectOf(inner, schema, random, depth, failing);
  }
  return null;
}

function objectOf(
  type: GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType,
  schema: GraphQLSchema,
  random: () => number,
  depth: number,
  failing: number,
): unknown {
  const members = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const member = members[Math.floor(random() * members.length)]!;
  const record: Record<string, unknown> = { __typename: member.name };
  for (const field of Object.values(member.getFields())) {
    if (isProperty(field, depth)) record[field.name] = valueOf(field.type, schema, random, depth + 1, failing);
  }
  return record;
}

function isProperty({ resolve, type }: GraphQLField<unknown, unknown>, depth: number): boolean {
  return resolve === undefined && (depth < maxWholeDepth || isLeafType(getNamedType(type)));
}

function leafOf(type: GraphQLOutputType, random: () => number, failing: number): unknown {
  // A value that the type does not know, as a service may send one.
  if (random() < failing / 4) return { no: 'leaf' };
  if (isEnumType(type)) {
    const values = type.getValues();
    return values[Math.floor(random() * values.length)]!.value;
  }
  const number = Math.floor(random() * 1_000);
  switch (getNamedType(type).name) {
    case 'Int':
      return number;
    case 'Float':
      return number / 8;
    case 'Boolean':
      return number % 2 === 0;
    default:
      return `text ${number}`;
  }
}

function pathOf({ path }: GraphQLResolveInfo): string {
  const keys: (string | number)[] = [];
  for (let at: GraphQLResolveInfo['path'] | undefined = path; at; at = at.prev) keys.unshift(at.key);
  return keys.join('.');
}

function isRoot(schema: GraphQLSchema, type: GraphQLObjectType): boolean {
  return type === schema.getQueryType() || type === schema.getMutationType();
}

/** FNV-1a: spreads texts over 32 bits. */
function digest(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
