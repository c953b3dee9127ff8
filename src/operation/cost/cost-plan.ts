import type { OperationDefinitionNode } from 'graphql';
import { tooComplex } from '../limits/too-complex.ts';
import type { Condition, SelectedField } from '../selection-tree.ts';
import type { FieldCost } from './field-costs.ts';
import {
  isGiven,
  type Length,
  lengthForSizedFields,
  lengthOf,
  resolveLength,
  type VariableLength,
  type Variables,
} from './list-length.ts';

/** What an operation costs, worked out as far as it can be without variables. */
export interface CostPlan {
  /** Cost units with these variables. Throws `OPERATION_TOO_COMPLEX` when one asks for a longer list than is served. */
  estimate(variables: Variables | undefined): number;
  /** What a mutation costs at least, whatever it returns; 0 for a query. */
  readonly base: number;
}

export interface CostPlanOptions {
  readonly costs: ReadonlyMap<string, FieldCost>;
  readonly maxListSize: number;
}

/** `constant + Σ factor × inner`: all that does not hang on a variable is in the constants. */
interface Sum {
  constant: number;
  readonly terms: Term[];
}

/** A factor is a list's length by variables, or `@skip` and `@include` by variables: 1 when any of the lists holds, else 0. */
type Term =
  | { readonly length: VariableLength; readonly inner: Sum }
  | { readonly anyOf: readonly (readonly Condition[])[]; readonly inner: Sum };

/**
 * The cost of a field is its list's length times (its weight + the cost of what is selected below), plus the weights of its
 * arguments. Compiled to a sum of products, so that a request pays for a few look-ups and multiplications and never walks the document.
 */
export function compileCost(
  tree: readonly SelectedField[],
  operation: OperationDefinitionNode,
  { costs, maxListSize }: CostPlanOptions,
): CostPlan {
  const slices: { readonly length: VariableLength; readonly coordinate: string }[] = [];

  function costOf(coordinate: string): FieldCost {
    const cost = costs.get(coordinate);
    if (!cost) throw new Error(`The schema's costs do not know ${coordinate}.`);
    return cost;
  }

  /** A page is fetched as long as asked for, whatever is selected of it. */
  function checkLength(coordinate: string, length: Length | undefined): void {
    if (typeof length === 'object') slices.push({ length, coordinate });
    else if (length !== undefined && length > maxListSize) throw listTooLong(coordinate, maxListSize);
  }

  function addField(total: Sum, field: SelectedField, handedDown: Length | undefined): void {
    const cost = costOf(field.coordinate);
    const below = lengthForSizedFields(field, cost, operation);
    const length = lengthOf(field, cost, handedDown, operation);
    checkLength(field.coordinate, below);
    if (handedDown === undefined) checkLength(field.coordinate, length);
    const each: Sum = { constant: cost.weight, terms: [] };
    for (const child of field.children)
      addField(each, child, cost.listSize?.sizedFields.has(child.definition.name) ? below : undefined);
    const all = field.when ? conditional(total, field.when) : total;
    addProduct(all, length, each);
    for (const [argument, weight] of cost.argumentWeights)
      if (isGiven(field.arguments, argument)) all.constant += weight;
  }

  const sum: Sum = { constant: 0, terms: [] };
  for (const field of tree) addField(sum, field, undefined);
  const booleans = booleanDefaults(operation);
  const base =
    operation.operation === 'mutation' ? tree.reduce((all, one) => all + costOf(one.coordinate).weight, 0) : 0;
  return {
    base,
    estimate(variables) {
      for (const { length, coordinate } of slices)
        if (resolveLength(length, variables) > maxListSize) throw listTooLong(coordinate, maxListSize);
      return valueOf(sum, variables, booleans);
    },
  };
}

/** A new sum inside `total` that counts only under the conditions. */
function conditional(total: Sum, anyOf: readonly (readonly Condition[])[]): Sum {
  const inner: Sum = { constant: 0, terms: [] };
  total.terms.push({ anyOf, inner });
  return inner;
}

function addProduct(total: Sum, length: Length, each: Sum): void {
  if (typeof length === 'object') {
    if (each.constant > 0 || each.terms.length > 0) total.terms.push({ length, inner: each });
    return;
  }
  total.constant += length * each.constant;
  for (const term of each.terms) {
    if (length === 1) total.terms.push(term);
    else if (length > 0) total.terms.push({ ...term, inner: scaled(term.inner, length) });
  }
}

function scaled(sum: Sum, by: number): Sum {
  const product: Sum = { constant: 0, terms: [] };
  addProduct(product, by, sum);
  return product;
}

function valueOf(sum: Sum, variables: Variables | undefined, booleans: ReadonlyMap<string, boolean>): number {
  let total = sum.constant;
  for (const term of sum.terms) {
    const times =
      'length' in term ? resolveLength(term.length, variables) : holds(term.anyOf, variables, booleans) ? 1 : 0;
    if (times > 0) total += times * valueOf(term.inner, variables, booleans);
  }
  return total;
}

function holds(
  anyOf: readonly (readonly Condition[])[],
  variables: Variables | undefined,
  booleans: ReadonlyMap<string, boolean>,
): boolean {
  for (const conditions of anyOf) {
    let all = true;
    for (const { variable, value } of conditions) all &&= (variables?.[variable] ?? booleans.get(variable)) === value;
    if (all) return true;
  }
  return false;
}

function booleanDefaults({ variableDefinitions }: OperationDefinitionNode): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const { variable, defaultValue } of variableDefinitions ?? [])
    if (defaultValue?.kind === 'BooleanValue') found.set(variable.name.value, defaultValue.value);
  return found;
}

function listTooLong(coordinate: string, maxListSize: number): Error {
  return tooComplex('listSize', maxListSize, `A list may be asked for at most ${maxListSize} items.`, { coordinate });
}
