import {
  type ConstDirectiveNode,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';

/** What the schema says of one field's cost. */
export interface FieldCost {
  /** Of one object (or value) that the field gives. */
  readonly weight: number;
  /** Arguments that cost something when given. */
  readonly argumentWeights: readonly (readonly [argument: string, weight: number])[];
  readonly isList: boolean;
  readonly listSize: ListSize | undefined;
}

/** `@listSize`. */
export interface ListSize {
  readonly slicingArguments: readonly string[];
  /** Fields of the returned object that are the list; empty when the field itself is. */
  readonly sizedFields: ReadonlySet<string>;
  /** Items when no slicing argument has a value. */
  readonly fallback: number;
  readonly requireOneSlicingArgument: boolean;
}

/** Items of a list that says nothing about its size. */
export const defaultListSize = 5;
/** A field of the mutation root that says nothing about its cost. */
const mutationWeight = 10;

/**
 * Reads `@cost` and `@listSize` (IBM GraphQL Cost Directives) off the whole schema, once, by coordinate. Without `@cost` on the field
 * or its type, an object weighs 1, a mutation 10, a scalar or enum nothing. Throws for weights that are not understood, so that none
 * is silently ignored.
 */
export function readFieldCosts(schema: GraphQLSchema): ReadonlyMap<string, FieldCost> {
  const costs = new Map<string, FieldCost>();
  const mutationRoot = schema.getMutationType()?.name;
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) refuseInputWeights(schema, type);
    if ((!isObjectType(type) && !isInterfaceType(type)) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      costs.set(coordinate, costOf(schema, coordinate, field, type.name === mutationRoot));
    }
  }
  return costs;
}

type Field = GraphQLField<unknown, unknown>;

function costOf(schema: GraphQLSchema, coordinate: string, field: Field, isMutation: boolean): FieldCost {
  const named = getNamedType(field.type);
  return {
    weight:
      weightOf(schema, coordinate, field) ??
      (isMutation ? mutationWeight : (weightOf(schema, named.name, named) ?? (isCompositeType(named) ? 1 : 0))),
    argumentWeights: field.args.flatMap((argument) => {
      const weight = weightOf(schema, `${coordinate}(${argument.name}:)`, argument);
      return weight ? [[argument.name, weight] as const] : [];
    }),
    isList: isListType(getNullableType(field.type)),
    listSize: listSizeOf(schema, field),
  };
}

interface Annotated {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined;
}

function weightOf(schema: GraphQLSchema, coordinate: string, { astNode }: Annotated): number | undefined {
  const directive = schema.getDirective('cost');
  const values = directive && astNode && getDirectiveValues(directive, astNode);
  if (!values) return undefined;
  const weight = Number(values['weight']);
  if (!Number.isFinite(weight) || weight < 0)
    throw new Error(`@cost of ${coordinate} is not a number of 0 or more: the cost analysis cannot use it.`);
  return weight;
}

function listSizeOf(schema: GraphQLSchema, field: Field): ListSize | undefined {
  const directive = schema.getDirective('listSize');
  const values = directive && field.astNode && getDirectiveValues(directive, field.astNode);
  if (!values) return undefined;
  const slicingArguments = (values['slicingArguments'] ?? []) as readonly string[];
  const defaults = slicingArguments.map((name) => field.args.find((argument) => argument.name === name)?.defaultValue);
  return {
    slicingArguments,
    sizedFields: new Set((values['sizedFields'] ?? []) as readonly string[]),
    fallback:
      (values['assumedSize'] as number | null | undefined) ??
      defaults.find((value) => typeof value === 'number') ??
      defaultListSize,
    requireOneSlicingArgument: slicingArguments.length > 0 && values['requireOneSlicingArgument'] === true,
  };
}

/** The directive may stand there, but such weights would need a walk through every request's variables. */
function refuseInputWeights(
  schema: GraphQLSchema,
  type: { name: string; getFields(): Record<string, Annotated> },
): void {
  for (const [name, field] of Object.entries(type.getFields()))
    if (weightOf(schema, `${type.name}.${name}`, field) !== undefined)
      throw new Error(`@cost of the input field ${type.name}.${name} is not supported: weigh the argument instead.`);
}
