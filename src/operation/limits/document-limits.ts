import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationLimits } from '../../context/profile.ts';
import { GatewayError } from '../../errors/gateway-error.ts';
import { tooComplex } from './too-complex.ts';

/**
 * Fields of a document with every fragment put in its place, introspection included. Steps after this one may expand fragments
 * and still end soon; the largest registered operation has some 150.
 */
export const maxExpandedFields = 5_000;

/** What a part of a document comes to with its fragments in place. Introspection adds to `fields` and `directives` only. */
interface Size {
  /** Nested selection sets below this one. */
  depth: number;
  fields: number;
  aliases: number;
  directives: number;
}

/**
 * Refuses a document that is small on paper and large in effect, before validation (whose rules compare fields pairwise) and before
 * anything else expands its fragments. Each fragment is measured once and its figures are added wherever it is spread, so the
 * counting itself takes time in proportion to the text, whatever the figures come to. Throws `OPERATION_TOO_COMPLEX`, or
 * `GRAPHQL_VALIDATION_FAILED` for fragments that contain themselves: graphql-js overflows its stack on some of those.
 */
export function checkDocumentLimits(document: DocumentNode, limits: OperationLimits): void {
  const fragments = new FragmentSizes(document);
  let fields = 0;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.sizeOf(definition.name.value);
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    fields += checkOperation(definition, fragments, limits);
    if (fields > maxExpandedFields)
      throw tooComplex('fields', maxExpandedFields, `A document may select at most ${maxExpandedFields} fields.`);
  }
}

function checkOperation(operation: OperationDefinitionNode, fragments: FragmentSizes, limits: OperationLimits): number {
  const { depth, fields, aliases, directives } = fragments.measure(operation.selectionSet);
  const rootFields = fragments.countRootFields(operation.selectionSet);
  const ownDirectives = (operation.variableDefinitions ?? []).reduce(
    (count, definition) => count + lengthOf(definition.directives),
    lengthOf(operation.directives),
  );
  within('depth', depth + 1, limits.maxDepth, 'levels');
  within('aliases', aliases, limits.maxAliases, 'aliases');
  within('directives', directives + ownDirectives, limits.maxDirectives, 'directives');
  within('rootFields', rootFields, limits.maxRootFields, 'root fields');
  return fields;
}

function within(limit: string, found: number, maximum: number, things: string): void {
  if (found > maximum) throw tooComplex(limit, maximum, `An operation may have at most ${maximum} ${things}.`);
}

class FragmentSizes {
  readonly #definitions = new Map<string, FragmentDefinitionNode>();
  readonly #sizes = new Map<string, Size>();
  readonly #rootFields = new Map<string, number>();
  /** Names of the fragments that are being measured, outermost first. */
  readonly #open: string[] = [];

  constructor(document: DocumentNode) {
    for (const node of document.definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#definitions.set(node.name.value, node);
  }

  sizeOf(name: string): Size {
    const known = this.#sizes.get(name);
    if (known) return known;
    const definition = this.#definitions.get(name);
    // Validation reports a spread of nothing.
    if (!definition) return { depth: 0, fields: 0, aliases: 0, directives: 0 };
    if (this.#open.includes(name)) throw cycle(name, definition, this.#open.slice(this.#open.indexOf(name) + 1));
    this.#open.push(name);
    const size = this.measure(definition.selectionSet);
    size.directives += lengthOf(definition.directives);
    this.#open.pop();
    this.#sizes.set(name, size);
    return size;
  }

  measure(set: SelectionSetNode): Size {
    const total: Size = { depth: 0, fields: 0, aliases: 0, directives: 0 };
    for (const selection of set.selections) {
      total.directives += lengthOf(selection.directives);
      if (selection.kind === Kind.FIELD) {
        const introspection = selection.name.value.startsWith('__');
        total.fields += 1;
        if (selection.alias && !introspection) total.aliases += 1;
        if (!selection.selectionSet) continue;
        const below = this.measure(selection.selectionSet);
        total.fields += below.fields;
        total.directives += below.directives;
        if (introspection) continue;
        total.aliases += below.aliases;
        total.depth = Math.max(total.depth, below.depth + 1);
      } else {
        const inside =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? this.sizeOf(selection.name.value)
            : this.measure(selection.selectionSet);
        total.fields += inside.fields;
        total.aliases += inside.aliases;
        total.directives += inside.directives;
        total.depth = Math.max(total.depth, inside.depth);
      }
    }
    return total;
  }

  /** Only after `measure`, which refuses cycles. */
  countRootFields(set: SelectionSetNode): number {
    let count = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) count += selection.name.value.startsWith('__') ? 0 : 1;
      else if (selection.kind === Kind.INLINE_FRAGMENT) count += this.countRootFields(selection.selectionSet);
      else count += this.#rootFieldsOf(selection.name.value);
    }
    return count;
  }

  #rootFieldsOf(name: string): number {
    const known = this.#rootFields.get(name);
    if (known !== undefined) return known;
    const definition = this.#definitions.get(name);
    const count = definition ? this.countRootFields(definition.selectionSet) : 0;
    this.#rootFields.set(name, count);
    return count;
  }
}

/** GraphQL specification §5.5.2.2, in graphql-js's own words. */
function cycle(name: string, { loc }: FragmentDefinitionNode, between: readonly string[]): GatewayError {
  const via = between.length === 0 ? '' : ` via ${between.map((one) => `"${one}"`).join(', ')}`;
  const message = `Cannot spread fragment "${name}" within itself${via}.`;
  const place = loc && { line: loc.startToken.line, column: loc.startToken.column };
  return new GatewayError('GRAPHQL_VALIDATION_FAILED', { issues: [{ message, ...(place && { locations: [place] }) }] });
}

function lengthOf(directives: readonly DirectiveNode[] | undefined): number {
  return directives?.length ?? 0;
}
