import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'yaml';

/** A node of a parsed document. Its shape is what the linter has approved, so reading stays plain. */
export type Node = { readonly [key: string]: unknown };

export interface ContractDocument {
  /** File name without its ending: `order-service`. */
  readonly name: string;
  readonly path: string;
  /** Public name of the service, its `x-service`: `orders`. */
  readonly service: string;
  readonly root: Node;
  readonly schemas: Readonly<Record<string, Node>>;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Path template; a webhook has its event name here. */
  readonly path: string;
  readonly node: Node;
  /** Parameters of the path and the operation, references followed; the operation's own win. */
  readonly parameters: readonly Node[];
}

export const contractsFolder = 'schema/upstreams';

/** The contracts in the repository, by file name. A new file is picked up without a list to edit. */
export function readContracts(): ContractDocument[] {
  return globSync(`${contractsFolder}/*.openapi.yaml`)
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => parseContract(path, readFileSync(path, 'utf8')));
}

export function parseContract(path: string, text: string): ContractDocument {
  const root = parse(text) as Node;
  const components = asNode(root['components']);
  return {
    name: basename(path, '.openapi.yaml'),
    path,
    service: String(root['x-service']),
    root,
    schemas: asNode(components['schemas']) as Record<string, Node>,
  };
}

/** A node as an object; empty where the document has nothing. */
export const asNode = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Follows a local `$ref`, as often as needed. */
export function resolve(document: ContractDocument, value: unknown): Node {
  const node = asNode(value);
  const reference = node['$ref'];
  if (typeof reference !== 'string') return node;
  const target = reference
    .replace(/^#\//, '')
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => asNode(at)[key], document.root);
  if (target === undefined) throw new TypeError(`${document.path}: nothing at ${reference}`);
  return resolve(document, target);
}

/** The name of a component schema that a node refers to. */
export function schemaNameOf(value: unknown): string | undefined {
  const reference = asNode(value)['$ref'];
  return typeof reference === 'string' ? /^#\/components\/schemas\/([^/]+)$/.exec(reference)?.[1] : undefined;
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];

const operationsUnder = (document: ContractDocument, section: string): Operation[] =>
  Object.entries(asNode(document.root[section])).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const node = asNode(item)[method];
      if (node === undefined) return [];
      const merged = new Map<string, Node>();
      for (const parameter of [...asList(asNode(item)['parameters']), ...asList(asNode(node)['parameters'])]) {
        const resolved = resolve(document, parameter);
        merged.set(`${String(resolved['in'])}:${String(resolved['name'])}`, resolved);
      }
      const id = String(asNode(node)['operationId']);
      return [{ id, method: method.toUpperCase(), path, node: asNode(node), parameters: [...merged.values()] }];
    }),
  );

/** What the service answers, in document order. */
export const operationsOf = (document: ContractDocument): Operation[] => operationsUnder(document, 'paths');

/** What the service sends. */
export const webhooksOf = (document: ContractDocument): Operation[] => operationsUnder(document, 'webhooks');

/** The responses of an operation by status or range, references followed. */
export const responsesOf = (document: ContractDocument, operation: Operation): [status: string, response: Node][] =>
  Object.entries(asNode(operation.node['responses'])).map(([status, response]) => [
    status,
    resolve(document, response),
  ]);
