import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  asList,
  asNode,
  operationsOf,
  readContracts,
  resolve,
  responsesOf,
  webhooksOf,
  type ContractDocument,
  type Node,
  type Operation,
} from '../../scripts/contracts/contract-document.ts';

const contracts = readContracts();
const isHealth = (operation: Operation): boolean => asList(operation.node['tags']).includes('health');

const operations = contracts.flatMap((document) =>
  operationsOf(document).map((operation) => ({ document, operation })),
);
const calls = operations.filter(({ operation }) => !isHealth(operation));

/** Where a rule is not kept, as `service operation`. */
const breaches = (keeps: (operation: Operation, document: ContractDocument) => boolean, among = calls): string[] =>
  among
    .filter(({ document, operation }) => !keeps(operation, document))
    .map(({ document, operation }) => `${document.service} ${operation.id}`);

const hasHeader = (operation: Operation, name: string, required?: boolean): boolean =>
  operation.parameters.some(
    (item) =>
      item['in'] === 'header' &&
      item['name'] === name &&
      (required === undefined || (item['required'] === true) === required),
  );

/** Every node of a document that `wanted` picks, with its place. */
function nodesOf(
  document: ContractDocument,
  wanted: (node: Node, key: string) => boolean,
): { place: string; node: Node }[] {
  const found: { place: string; node: Node }[] = [];
  const visit = (value: unknown, place: string, key: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (key === 'example' || key === 'examples') return;
    if (!Array.isArray(value) && wanted(value as Node, key)) found.push({ place, node: value as Node });
    for (const [name, child] of Object.entries(value)) visit(child, `${place}/${name}`, name);
  };
  visit(document.root, document.service, '');
  return found;
}

test('there are three contracts, each of another service', () => {
  assert.deepEqual(contracts.map(({ service }) => service).sort(), ['orders', 'payments', 'users']);
});

test('every operation and every event has an operationId of its own in its contract', () => {
  for (const document of contracts) {
    const ids = [...operationsOf(document), ...webhooksOf(document)].map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id)),
      [],
    );
    assert.equal(new Set(ids).size, ids.length, document.service);
  }
});

test('every operation declares problems for 4XX, 5XX and default, and each body of a failure is a problem', () => {
  const wrong = breaches((operation, document) => {
    const responses = responsesOf(document, operation);
    const declared = ['4XX', '5XX', 'default'].every((status) => responses.some(([name]) => name === status));
    return (
      declared &&
      responses.filter(([status]) => /^[45d]/.test(status)).every(([, response]) => isProblem(document, response))
    );
  });
  assert.deepEqual(wrong, []);
});

function isProblem(document: ContractDocument, response: Node): boolean {
  const content = asNode(response['content']);
  const schema = asNode(asNode(content['application/problem+json'])['schema']);
  return Object.keys(content).length === 1 && resolve(document, schema) === document.schemas['Problem'];
}

test('every problem has a stable code, a correlation id and faults with pointers', () => {
  for (const { schemas } of contracts) {
    const required = asList(asNode(schemas['Problem'])['required']);
    for (const field of ['code', 'correlation_id', 'status', 'title', 'type'])
      assert.ok(required.includes(field), field);
    assert.ok('pointer' in asNode(asNode(schemas['ProblemError'])['properties']));
  }
});

test('every call takes the identity, tracing and deadline headers and the service credential; health takes neither', () => {
  const identity = [
    'X-Correlation-ID',
    'X-User-ID',
    'X-User-Role',
    'X-Client-Name',
    'X-Client-Version',
    'traceparent',
    'X-Request-Deadline-Ms',
  ];
  assert.deepEqual(
    breaches((operation) => identity.every((name) => hasHeader(operation, name))),
    [],
  );
  assert.deepEqual(
    breaches((operation, document) => asList(operation.node['security'] ?? document.root['security']).length > 0),
    [],
  );
  const health = operations.filter(({ operation }) => isHealth(operation));
  assert.deepEqual(
    breaches((operation) => asList(operation.node['security'] ?? ['none']).length === 0, health),
    [],
  );
  assert.deepEqual(health.map(({ operation }) => operation.path).sort(), [
    '/livez',
    '/livez',
    '/livez',
    '/metrics',
    '/metrics',
    '/metrics',
    '/readyz',
    '/readyz',
    '/readyz',
  ]);
});

test('every POST that changes something needs an Idempotency-Key', () => {
  const posts = calls.filter(({ operation }) => operation.method === 'POST' && operation.node['x-safe'] !== true);
  assert.ok(posts.length >= 10, String(posts.length));
  assert.deepEqual(
    breaches((operation) => hasHeader(operation, 'Idempotency-Key', true), posts),
    [],
  );
});

test('a replayed answer says so', () => {
  const keyed = calls.filter(({ operation }) => hasHeader(operation, 'Idempotency-Key'));
  const wrong = breaches(
    (operation, document) =>
      responsesOf(document, operation)
        .filter(([status]) => status.startsWith('2'))
        .every(([, response]) => 'Idempotency-Replayed' in asNode(response['headers'])),
    keyed,
  );
  assert.deepEqual(wrong, []);
});

test('a 429 tells when to come back, and every success tells the quota and a coming end', () => {
  const wrong = breaches((operation, document) => {
    const responses = responsesOf(document, operation);
    const names = (status: string) => Object.keys(asNode(responses.find(([name]) => name === status)?.[1]['headers']));
    const refused = names('429');
    const successes = responses.filter(([status]) => status.startsWith('2')).map(([status]) => names(status));
    return (
      refused.includes('Retry-After') &&
      refused.includes('RateLimit') &&
      successes.every((all) =>
        ['RateLimit', 'RateLimit-Policy', 'Deprecation', 'Sunset'].every((name) => all.includes(name)),
      )
    );
  });
  assert.deepEqual(wrong, []);
});

test('amounts are integers no larger than every JSON reader keeps, never below zero', () => {
  const places = contracts.flatMap((document) =>
    nodesOf(
      document,
      (node) => 'amount' in asNode(node['properties']) && 'currency' in asNode(node['properties']),
    ).flatMap(({ place, node }) => {
      const schema = asNode(asNode(node['properties'])['amount']);
      const isMoney = asNode(schema)['$ref'] === undefined;
      return isMoney ? [{ place, schema }] : [];
    }),
  );
  assert.ok(places.length >= 3);
  for (const { place, schema } of places) {
    assert.deepEqual([schema['type'], schema['maximum']], ['integer', Number.MAX_SAFE_INTEGER], place);
    assert.ok(Number(schema['minimum']) >= 0, place);
  }
});

test('every id is an opaque string with its prefix', () => {
  for (const { schemas, service } of contracts) {
    const ids = Object.entries(schemas).filter(([name]) => name.endsWith('Id'));
    assert.ok(ids.length >= 2, service);
    for (const [name, schema] of ids)
      assert.match(String(schema['pattern']), /^\^[a-z]{2,3}_\[A-Za-z0-9\]\{1,40\}\$$/, name);
  }
});

test('no field called id or ending in _id is a free string or a number', () => {
  const free = new Set(['ref_id', 'correlation_id']);
  const wrong = contracts.flatMap((document) =>
    nodesOf(document, (_, key) => key === 'properties').flatMap(({ place, node }) =>
      Object.entries(node)
        .filter(([name]) => (name === 'id' || name.endsWith('_id')) && !free.has(name))
        .filter(([, schema]) => !JSON.stringify(schema).includes('Id"'))
        .map(([name]) => `${place}/${name}`),
    ),
  );
  assert.deepEqual(wrong, []);
});

test('instants end in _at and say date-time; an event of the order history may call its own `at`', () => {
  const wrong = contracts.flatMap((document) =>
    nodesOf(document, (_, key) => key === 'properties').flatMap(({ place, node }) =>
      Object.entries(node)
        .filter(([name, schema]) => (asNode(schema)['format'] === 'date-time') !== /_at$|^at$|^timestamp$/.test(name))
        .map(([name]) => `${place}/${name}`),
    ),
  );
  assert.deepEqual(wrong, []);
});

test('answers are open: no closed set of values, no refusal of fields, all the way down', () => {
  const closed = calls.flatMap(({ document, operation }) =>
    responsesOf(document, operation).flatMap(([status, response]) =>
      Object.values(asNode(response['content'])).flatMap((media) =>
        closedPlaces(document, asNode(media)['schema'], `${operation.id} ${status}`),
      ),
    ),
  );
  assert.deepEqual(closed, []);
});

test('requests are strict: every body refuses fields it does not know', () => {
  const wrong = breaches((operation, document) => {
    const content = Object.values(asNode(resolve(document, operation.node['requestBody'])['content']));
    return content.every((media) => resolve(document, asNode(media)['schema'])['additionalProperties'] === false);
  });
  assert.deepEqual(wrong, []);
});

function closedPlaces(document: ContractDocument, schema: unknown, place: string): string[] {
  const node = resolve(document, schema);
  const here = node['enum'] !== undefined || node['const'] !== undefined || node['additionalProperties'] === false;
  const parts = [...asList(node['allOf']), ...asList(node['anyOf']), ...asList(node['oneOf']), node['items']].filter(
    Boolean,
  );
  return [
    ...(here ? [place] : []),
    ...parts.flatMap((part) => closedPlaces(document, part, place)),
    ...Object.entries(asNode(node['properties'])).flatMap(([name, part]) =>
      closedPlaces(document, part, `${place}/${name}`),
    ),
  ];
}

test('the closed-set rule sees through references and lists', () => {
  const document = { ...(contracts[0] as ContractDocument), root: { a: { type: 'string', enum: ['x'] } } };
  const schema = { type: 'array', items: { properties: { deep: { anyOf: [{ $ref: '#/a' }, { type: 'null' }] } } } };
  assert.deepEqual(closedPlaces(document, schema, 'list'), ['list/deep']);
});

test('events are signed the Standard Webhooks way', () => {
  const events = contracts.flatMap((document) => webhooksOf(document));
  assert.deepEqual(events.map(({ path }) => path).sort(), [
    'order.cancelled',
    'order.updated',
    'payment.failed',
    'payment.succeeded',
    'refund.updated',
    'user.updated',
  ]);
  for (const event of events) {
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      assert.ok(hasHeader(event, name, true), event.id);
  }
});
