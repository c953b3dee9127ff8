import { type GraphQLSchema, isObjectType, type OperationDefinitionNode } from 'graphql';
import type { UpstreamUses } from '../context/upstream-use.ts';
import type { FieldCost } from './cost/field-costs.ts';
import { type Length, lengthForSizedFields, lengthOf } from './cost/list-length.ts';
import type { SelectedField } from './selection-tree.ts';

export interface FanOutOptions {
  readonly uses: UpstreamUses;
  readonly costs: ReadonlyMap<string, FieldCost>;
  /** Length of a list whose size a variable says. */
  readonly maxListSize: number;
}

/**
 * The most calls to services that an operation can start, whatever its variables say. A field of a list's objects calls once for each
 * object, or once for each full batch. Fields of the same objects share a batch, as their loader does; objects in different places don't,
 * since they may arrive at different times.
 */
export function worstCaseCalls(
  tree: readonly SelectedField[],
  operation: OperationDefinitionNode,
  { uses, costs, maxListSize }: FanOutOptions,
): number {
  /** `objects`: how many of them there may be to resolve these fields on. */
  function callsOf(fields: readonly SelectedField[], objects: number, sized: Sized | undefined): number {
    let calls = 0;
    const batches = new Map<string, number>();
    for (const field of fields) {
      for (const { route, batchSize } of uses[field.coordinate] ?? []) {
        if (batchSize === undefined) calls += objects;
        else batches.set(route, Math.max(batches.get(route) ?? 0, Math.ceil(objects / batchSize)));
      }
      const cost = costs.get(field.coordinate);
      if (!cost || field.children.length === 0) continue;
      const handedDown = sized?.fields.has(field.definition.name) ? sized.length : undefined;
      const length = lengthOf(field, cost, handedDown, operation);
      const below = lengthForSizedFields(field, cost, operation);
      calls += callsOf(
        field.children,
        objects * worst(length),
        cost.listSize && below !== undefined ? { fields: cost.listSize.sizedFields, length: below } : undefined,
      );
    }
    for (const count of batches.values()) calls += count;
    return calls;
  }

  function worst(length: Length): number {
    return typeof length === 'number' ? length : maxListSize;
  }

  return callsOf(tree, 1, undefined);
}

/** A length that a connection hands down to its lists. */
interface Sized {
  readonly fields: ReadonlySet<string>;
  readonly length: Length;
}

/** Entries of the table that name no field of the schema; empty when they fit. */
export function unknownUses(schema: GraphQLSchema, uses: UpstreamUses): string[] {
  return Object.keys(uses)
    .filter((coordinate) => {
      const [typeName = '', field = ''] = coordinate.split('.');
      const type = schema.getType(typeName);
      return !isObjectType(type) || !type.getFields()[field];
    })
    .map((coordinate) => `the table of upstream uses names ${coordinate}, which does not exist`);
}
