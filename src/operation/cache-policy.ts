import {
  type ConstDirectiveNode,
  getDirectiveValues,
  getNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { SelectedField } from './selection-tree.ts';

/** How long and by whom the whole answer of an operation may be kept, as the schema says. What happens at run time can only lower it. */
export interface CachePolicy {
  /** By clients and proxies; 0: not at all. */
  readonly maxAgeSeconds: number;
  /** By the gateway, which hears of changes; at least as long. */
  readonly gatewaySeconds: number;
  readonly scope: 'public' | 'private';
}

/** `@cacheControl` of one field or type. */
interface CacheHint {
  readonly maxAgeSeconds: number | undefined;
  readonly gatewaySeconds: number | undefined;
  readonly isPrivate: boolean;
}

/** The hints of a schema by coordinate: `Type` and `Type.field`. */
export type CacheHints = ReadonlyMap<string, CacheHint>;

const notKept: CachePolicy = Object.freeze({ maxAgeSeconds: 0, gatewaySeconds: 0, scope: 'private' });

/** Reads `@cacheControl` off the whole schema, once. */
export function readCacheHints(schema: GraphQLSchema): CacheHints {
  const hints = new Map<string, CacheHint>();
  const directive = schema.getDirective('cacheControl');
  if (!directive) return hints;
  const read = (coordinate: string, node: { directives?: readonly ConstDirectiveNode[] } | null | undefined): void => {
    const values = node && getDirectiveValues(directive, node);
    if (!values) return;
    const maxAgeSeconds = (values['maxAge'] as number | null | undefined) ?? undefined;
    const gatewaySeconds = (values['gatewayMaxAge'] as number | null | undefined) ?? maxAgeSeconds;
    hints.set(coordinate, { maxAgeSeconds, gatewaySeconds, isPrivate: values['scope'] === 'PRIVATE' });
  };
  for (const type of Object.values(schema.getTypeMap())) {
    read(type.name, type.astNode as { directives?: readonly ConstDirectiveNode[] } | null | undefined);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) read(`${type.name}.${field.name}`, field.astNode);
  }
  return hints;
}

/**
 * The strictest of the parts: the least age, private as soon as one part is. A hint on a field beats one on its type; a field with
 * neither inherits from its parent, and a root field with neither may not be kept. Types that a fragment narrows to count as well.
 */
export function cachePolicyOf(
  tree: readonly SelectedField[],
  kind: 'query' | 'mutation',
  hints: CacheHints,
): CachePolicy {
  if (kind === 'mutation' || tree.length === 0) return notKept;
  let maxAgeSeconds = Infinity;
  let gatewaySeconds = Infinity;
  let isPrivate = false;
  const limitAges = (hint: CacheHint | undefined): void => {
    maxAgeSeconds = Math.min(maxAgeSeconds, hint?.maxAgeSeconds ?? Infinity);
    gatewaySeconds = Math.min(gatewaySeconds, hint?.gatewaySeconds ?? Infinity);
  };
  const visit = (fields: readonly SelectedField[], isRoot: boolean): void => {
    for (const field of fields) {
      const own = hints.get(field.coordinate);
      const type = hints.get(getNamedType(field.definition.type).name);
      const ages = own?.maxAgeSeconds === undefined ? type : own;
      const narrowed = field.narrowedTo.map((name) => hints.get(name));
      for (const hint of [ages, ...narrowed]) limitAges(hint);
      if (isRoot && ages?.maxAgeSeconds === undefined) maxAgeSeconds = gatewaySeconds = 0;
      isPrivate ||= [own, type, ...narrowed].some((hint) => hint?.isPrivate);
      visit(field.children, false);
    }
  };
  visit(tree, true);
  gatewaySeconds = Math.max(gatewaySeconds, maxAgeSeconds);
  return gatewaySeconds > 0 ? { maxAgeSeconds, gatewaySeconds, scope: isPrivate ? 'private' : 'public' } : notKept;
}
