import { type ArgumentNode, Kind, type OperationDefinitionNode, valueFromASTUntyped } from 'graphql';
import { GatewayError } from '../../errors/gateway-error.ts';
import type { SelectedField } from '../selection-tree.ts';
import { defaultListSize, type FieldCost } from './field-costs.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** How many items a list may have: a number, or a question to the request's variables. */
export type Length = number | VariableLength;

export interface VariableLength {
  /** Variables that slicing arguments are given by, with the defaults of the operation. */
  readonly variables: readonly { readonly name: string; readonly default: unknown }[];
  /** The largest of the slicing arguments that are written out; 0 when there is none. */
  readonly constant: number;
  /** When neither a variable nor a written-out argument has a value. */
  readonly fallback: number;
}

/** The length of the list that a field gives, by its own `@listSize` or handed down by the connection above it; 1 for what is no list. */
export function lengthOf(
  field: SelectedField,
  cost: FieldCost,
  handedDown: Length | undefined,
  operation: OperationDefinitionNode,
): Length {
  if (!cost.isList) return 1;
  return handedDown ?? ownLength(field, cost, operation) ?? defaultListSize;
}

/** The length that a field hands down to its `sizedFields`. */
export function lengthForSizedFields(
  field: SelectedField,
  { listSize }: FieldCost,
  operation: OperationDefinitionNode,
): Length | undefined {
  return listSize && listSize.sizedFields.size > 0 ? sliceLength(field, listSize, operation) : undefined;
}

function ownLength(field: SelectedField, { listSize }: FieldCost, operation: OperationDefinitionNode) {
  return listSize && listSize.sizedFields.size === 0 ? sliceLength(field, listSize, operation) : undefined;
}

function sliceLength(
  field: SelectedField,
  { slicingArguments, fallback, requireOneSlicingArgument }: NonNullable<FieldCost['listSize']>,
  operation: OperationDefinitionNode,
): Length {
  const given = field.arguments.filter(({ name }) => slicingArguments.includes(name.value));
  if (requireOneSlicingArgument && given.length !== 1) {
    const message = `Field "${field.coordinate}" needs exactly one of the arguments ${slicingArguments.join(', ')}.`;
    throw new GatewayError('GRAPHQL_VALIDATION_FAILED', { issues: [{ message }] });
  }
  let constant = 0;
  let written = false;
  const variables: { name: string; default: unknown }[] = [];
  for (const { value } of given) {
    if (value.kind === Kind.VARIABLE) {
      const name = value.name.value;
      variables.push({ name, default: defaultOf(operation, name) });
    } else if (value.kind === Kind.INT) {
      constant = Math.max(constant, Number(value.value));
      written = true;
    }
  }
  const otherwise = written ? constant : fallback;
  return variables.length === 0 ? otherwise : { variables, constant, fallback: otherwise };
}

/** GraphQL specification §6.1.2: a variable that is not given has its default; one that is given as null has none. */
function defaultOf(operation: OperationDefinitionNode, name: string): unknown {
  const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  return definition?.defaultValue && valueFromASTUntyped(definition.defaultValue);
}

/** Whether an argument is written down at all. */
export function isGiven(given: readonly ArgumentNode[], name: string): boolean {
  return given.some((argument) => argument.name.value === name);
}

/** The length with this request's variables. What is no whole number counts as not given: coercion will refuse it. */
export function resolveLength(length: VariableLength, variables: Variables | undefined): number {
  let largest = -1;
  for (const { name, default: fallback } of length.variables) {
    const given = variables?.[name];
    const value = given === undefined ? fallback : given;
    if (typeof value === 'number' && value > largest) largest = value;
  }
  return largest < 0 ? length.fallback : Math.max(largest, length.constant);
}
