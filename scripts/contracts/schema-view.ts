import { asList, asNode, resolve, type ContractDocument, type Node } from './contract-document.ts';

/** A schema with references followed, `allOf` merged and `null` alternatives folded into the types: what two versions are compared by. */
export interface SchemaView {
  /** JSON types; `any` when none is named. */
  readonly types: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, unknown>;
  readonly required: ReadonlySet<string>;
  /** Unknown fields are refused. */
  readonly closed: boolean;
  /** Schema of the values of a map. */
  readonly values: unknown;
  readonly items: unknown;
  /** A closed set of values. */
  readonly enum: readonly string[] | undefined;
  /** The known values of an open set. */
  readonly open: readonly string[] | undefined;
  readonly form: { readonly pattern: string | undefined; readonly format: string | undefined };
  readonly lower: ReadonlyMap<string, number>;
  readonly upper: ReadonlyMap<string, number>;
  /** The alternatives of `oneOf` or `anyOf`, `null` left out. */
  readonly variants: readonly Node[];
}

const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

export function schemaView(document: ContractDocument, schema: unknown): SchemaView {
  const node = flatten(document, schema);
  const type = node['type'];
  const types = type === undefined ? [] : [type].flat().map(String);
  const values = node['additionalProperties'];
  return {
    types: new Set(types.length === 0 ? ['any'] : types),
    properties: new Map(Object.entries(asNode(node['properties']))),
    required: new Set(asList(node['required']).map(String)),
    closed: values === false,
    values: typeof values === 'object' ? values : undefined,
    items: node['items'],
    enum: texts(node['enum']),
    open: texts(node['x-extensible-enum']),
    form: { pattern: text(node['pattern']), format: text(node['format']) },
    lower: numbers(node, lowerBounds),
    upper: numbers(node, upperBounds),
    variants: [...asList(node['oneOf']), ...asList(node['anyOf'])].map((item) => resolve(document, item)),
  };
}

function flatten(document: ContractDocument, schema: unknown): Node {
  const own = asNode(schema);
  const target = resolve(document, schema);
  const node: Node = own === target ? target : { ...target, ...own, $ref: undefined };
  return mergeNull(document, mergeAll(document, node));
}

/** `allOf` is conjunction: for objects, the union of their fields and of what they require. */
function mergeAll(document: ContractDocument, node: Node): Node {
  const parts = asList(node['allOf']).map((part) => flatten(document, part));
  if (parts.length === 0) return node;
  const all = [node, ...parts];
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map((part) => part['properties'])) as Node,
    required: all.flatMap((part) => asList(part['required'])),
  };
}

/** `anyOf: [X, null]` is X that may be null. */
function mergeNull(document: ContractDocument, node: Node): Node {
  const key = node['anyOf'] === undefined ? 'oneOf' : 'anyOf';
  const parts = asList(node[key]);
  const rest = parts.filter((part) => asNode(part)['type'] !== 'null');
  if (rest.length === parts.length || rest.length !== 1) return node;
  const only = flatten(document, rest[0]);
  return { ...node, [key]: undefined, ...only, type: [only['type'] ?? 'any', 'null'].flat() };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.map((item) => JSON.stringify(item)) : undefined;

const numbers = (node: Node, names: readonly string[]): ReadonlyMap<string, number> =>
  new Map(names.flatMap((name) => (typeof node[name] === 'number' ? [[name, node[name]]] : [])));
