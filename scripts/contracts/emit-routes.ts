import type { ContractRoute } from '../../src/lib/contract-route.ts';
import {
  asList,
  asNode,
  operationsOf,
  resolve,
  responsesOf,
  schemaNameOf,
  webhooksOf,
  type ContractDocument,
  type Node,
  type Operation,
} from './contract-document.ts';

/** The table of operations, the types of their bodies, and the schemas of the events the service sends. */
export function emitRoutes(document: ContractDocument): string {
  const operations = operationsOf(document);
  const routes = operations.map((operation) => ({ operation, route: routeOf(document, operation) }));
  const table = routes.map(({ operation, route }) => `${operation.id}: ${JSON.stringify(route)}`);
  const types = routes.map(({ operation, route }) => {
    const bodies = [...new Set(Object.values(route.responses))].map((name) => name ?? 'undefined');
    return `${operation.id}: { request: ${route.request?.schema ?? 'undefined'}; response: ${bodies.join(' | ')} };`;
  });
  const events = webhooksOf(document).map(
    (operation) => `${JSON.stringify(operation.path)}: ${JSON.stringify(requestOf(document, operation)?.schema)}`,
  );
  return [
    `/** Every operation by its operationId. */
export const routes = { ${table.join(', ')} } as const satisfies Readonly<Record<string, ContractRoute>>;`,
    `/** Bodies of each operation. */
export interface Operations { ${types.join(' ')} }`,
    `/** Schema of each event the service sends, by event name. */
export const webhooks = { ${events.join(', ')} } as const;`,
  ].join('\n\n');
}

export function routeOf(document: ContractDocument, operation: Operation): ContractRoute {
  const header = (name: string) =>
    operation.parameters.find((item) => item['in'] === 'header' && item['name'] === name);
  const ifMatch = header('If-Match');
  const security = operation.node['security'] ?? document.root['security'];
  const responses = Object.fromEntries(
    responsesOf(document, operation)
      .filter(([status]) => /^[23]\d\d$/.test(status))
      .map(([status, response]) => [status, bodySchema(document, operation, response)]),
  );
  return {
    method: operation.method as ContractRoute['method'],
    path: operation.path,
    safe: operation.method === 'GET' || operation.node['x-safe'] === true,
    authenticated: asList(security).length > 0,
    idempotencyKey: header('Idempotency-Key')?.['required'] === true,
    ifMatch: ifMatch === undefined ? 'none' : ifMatch['required'] === true ? 'required' : 'optional',
    ifNoneMatch: header('If-None-Match') !== undefined,
    query: Object.fromEntries(
      operation.parameters
        .filter((item) => item['in'] === 'query')
        .map((item) => [String(item['name']), queryStyle(document, item)]),
    ),
    request: requestOf(document, operation),
    responses,
    rows: rowsOf(document, responses['200']),
  };
}

function queryStyle(document: ContractDocument, parameter: Node): 'single' | 'csv' | 'repeat' {
  if (resolve(document, parameter['schema'])['type'] !== 'array') return 'single';
  // OAS 3.1, Parameter Object: for style `form` explode is true unless said otherwise.
  return parameter['explode'] === false ? 'csv' : 'repeat';
}

function requestOf(document: ContractDocument, operation: Operation): ContractRoute['request'] {
  if (operation.node['requestBody'] === undefined) return null;
  const body = resolve(document, operation.node['requestBody']);
  const [[mediaType, content] = ['', {}]] = Object.entries(asNode(body['content']));
  return {
    schema: named(document, operation, asNode(content)['schema']),
    mediaType,
    required: body['required'] === true,
  };
}

function bodySchema(document: ContractDocument, operation: Operation, response: Node): string | null {
  const json = asNode(response['content'])['application/json'];
  return json === undefined ? null : named(document, operation, asNode(json)['schema']);
}

function named(document: ContractDocument, operation: Operation, schema: unknown): string {
  const name = schemaNameOf(schema);
  if (name !== undefined) return name;
  throw new TypeError(`${document.path}: ${operation.id}: give every body a name under components/schemas`);
}

/** A body is a page or a batch when exactly one of its required fields is an array of named objects. */
function rowsOf(document: ContractDocument, bodyName: string | null | undefined): ContractRoute['rows'] {
  const body = asNode(document.schemas[bodyName ?? '']);
  const required = new Set(asList(body['required']));
  const found = Object.entries(asNode(body['properties'])).flatMap(([field, value]) => {
    const schema = schemaNameOf(asNode(value)['items']);
    const row = asNode(document.schemas[schema ?? '']);
    const isRecord = row['type'] === 'object' || row['allOf'] !== undefined;
    return schema !== undefined && required.has(field) && isRecord ? [{ field, schema }] : [];
  });
  return found.length === 1 && found[0] !== undefined ? found[0] : null;
}
