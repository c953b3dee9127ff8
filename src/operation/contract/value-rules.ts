import {
  getDirectiveValues,
  getNamedType,
  GraphQLFloat,
  GraphQLInt,
  type GraphQLNamedType,
  isEnumType,
  isNonNullType,
} from 'graphql';
import type { ClientSchema } from './client-schema.ts';
import { parseDeprecation } from './deprecation.ts';
import { outputFields, ownTypes, places, reachable } from './schema-walk.ts';

const moneyWords = new Set(
  'amount balance captured discount due fee minor paid price refundable refunded shipping spend subtotal tax total'.split(
    ' ',
  ),
);
const notMoney = new Set(['at', 'count', 'percent', 'quantity', 'seconds', 'size']);

/** Money never passes as `Int` (31 bits) or `Float` (rounds). */
export function* moneyRules({ schema }: ClientSchema): Iterable<string> {
  for (const { coordinate, name, type } of places(schema)) {
    const named = getNamedType(type);
    if ((named === GraphQLInt || named === GraphQLFloat) && soundsLikeMoney(name)) {
      yield `${coordinate} sounds like money and must not be ${named.name}`;
    }
  }
}

function soundsLikeMoney(name: string): boolean {
  const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
  return words.some((word) => moneyWords.has(word)) && !notMoney.has(words.at(-1) ?? '');
}

/** Enums that clients receive can carry a value that isn't known yet, or say why there will be none. */
export function* enumRules({ schema }: ClientSchema): Iterable<string> {
  const { outputs } = reachable(schema);
  for (const type of ownTypes(schema)) {
    if (!isEnumType(type) || !outputs.has(type.name) || hasDirective(type, 'closed')) continue;
    if (!type.getValue('UNKNOWN')) yield `${type.name} is an output and needs UNKNOWN, or @closed with a reason`;
  }
}

/** `@semanticNonNull` stands only where the type itself still allows null. */
export function* semanticNonNullRules({ schema }: ClientSchema): Iterable<string> {
  for (const { coordinate, field } of outputFields(schema)) {
    if (isNonNullType(field.type) && hasDirective(field, 'semanticNonNull')) {
      yield `${coordinate} is non-null already: @semanticNonNull says nothing`;
    }
  }
}

/** A deprecation says to machines since when, and when the field may go. */
export function* deprecationRules({ schema }: ClientSchema): Iterable<string> {
  for (const { coordinate, deprecationReason } of places(schema)) {
    if (typeof deprecationReason === 'string' && !parseDeprecation(deprecationReason)) {
      yield `${coordinate}: its reason must read "<advice> since=YYYY-MM removeAfter=YYYY-MM"`;
    }
  }
}

/** Weights are numbers, zero or more, as the cost directives' specification has them. */
export function* costRules({ schema }: ClientSchema): Iterable<string> {
  const directive = schema.getDirective('cost');
  if (!directive) return yield '@cost is not declared';
  const types = ownTypes(schema).map(({ name, astNode }) => ({ coordinate: name, astNode }));
  for (const { coordinate, astNode } of [...types, ...places(schema)]) {
    const weight = astNode ? getDirectiveValues(directive, astNode)?.['weight'] : undefined;
    if (weight !== undefined && !/^\d+(?:\.\d+)?$/.test(String(weight))) yield `@cost of ${coordinate} is no number`;
  }
}

/** What a person needs to use the schema without asking: every type and every root field says what it is. */
export function* descriptionRules({ schema }: ClientSchema): Iterable<string> {
  for (const { name, description } of ownTypes(schema)) if (!description) yield `${name} needs a description`;
  const roots = new Set<GraphQLNamedType | null | undefined>([schema.getQueryType(), schema.getMutationType()]);
  for (const { coordinate, parent, field } of outputFields(schema)) {
    if (roots.has(parent) && !field.description) yield `${coordinate} needs a description`;
  }
}

function hasDirective(
  { astNode }: { readonly astNode?: { readonly directives?: readonly DirectiveName[] | undefined } | null | undefined },
  directive: string,
): boolean {
  return astNode?.directives?.some(({ name }) => name.value === directive) ?? false;
}

interface DirectiveName {
  readonly name: { readonly value: string };
}
