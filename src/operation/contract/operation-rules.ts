import {
  getNamedType,
  type GraphQLField,
  type GraphQLUnionType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isUnionType,
} from 'graphql';
import type { ClientSchema } from './client-schema.ts';
import { ownTypes, reachable } from './schema-walk.ts';

const verb = /^(?:add|cancel|create|delete|pay|quickPay|refund|register|remove|set|start|stop|update)(?=[A-Z]|$)/;

/** Root fields may fail alone; a mutation's failures are members of its result. */
export function* operationRules({ schema, rules }: ClientSchema): Iterable<string> {
  for (const { name, type } of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (isNonNullType(type) && !(name in rules.nonNullRootFields)) {
      yield `Query.${name} must be nullable: nothing promises that its service answers`;
    }
  }
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) yield* mutationRule(field);
  for (const type of ownTypes(schema)) if (isUnionType(type)) yield* resultUnion(type);
}

function* mutationRule({ name, args, type }: GraphQLField<unknown, unknown>): Iterable<string> {
  if (!verb.test(name)) yield `Mutation.${name} must begin with a verb`;
  const [input, ...others] = args;
  const inputType = input && getNamedType(input.type);
  const takesInput =
    input?.name === 'input' &&
    others.length === 0 &&
    isNonNullType(input.type) &&
    isInputObjectType(inputType) &&
    inputType.name.endsWith('Input');
  if (!takesInput) yield `Mutation.${name} must take one argument, input, a non-null input object`;
  const result = getNamedType(type);
  if (!isNonNullType(type) || !isUnionType(result) || !result.name.endsWith('Result')) {
    yield `Mutation.${name} must return a non-null union that ends in Result`;
  }
}

/** `XResult = XSuccess | …Problem`, and every problem can be shown by a client that never heard of it. */
function* resultUnion(union: GraphQLUnionType): Iterable<string> {
  if (!union.name.endsWith('Result')) return yield `${union.name} must end in Result`;
  const success = union.name.replace(/Result$/, 'Success');
  const members = union.getTypes();
  if (!members.some(({ name }) => name === success)) yield `${union.name} must have the success member ${success}`;
  if (members.length < 2) yield `${union.name} must have a problem`;
  for (const member of members) {
    const { code, message } = member.getFields();
    const problem = code?.type.toString() === 'String!' && message?.type.toString() === 'String!';
    if (member.name === success || (member.name.endsWith('Problem') && problem)) continue;
    yield `${union.name}: ${member.name} must end in Problem and have code: String! and message: String!`;
  }
}

/** Where old builds live for years, outputs have no open sets of types: an interface or a union may grow a member they can't draw. */
export function* abstractOutputRules({ schema, rules: { abstractOutputs } }: ClientSchema): Iterable<string> {
  if (abstractOutputs === 'any') return;
  const { outputs } = reachable(schema);
  for (const type of ownTypes(schema)) {
    const open = isInterfaceType(type) || (isUnionType(type) && !type.name.endsWith('Result'));
    if (!open || !outputs.has(type.name) || abstractOutputs.includes(type.name)) continue;
    yield `${type.name} is abstract: this client's outputs may only have ${abstractOutputs.join(', ')} and results`;
  }
}
