import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorsOf, routes, validatorFor } from '../../src/generated/index.ts';
import {
  asList,
  asNode,
  operationsOf,
  readContracts,
  resolve,
  responsesOf,
  schemaNameOf,
  webhooksOf,
} from '../../scripts/contracts/contract-document.ts';

const contracts = readContracts();

interface Example {
  readonly service: string;
  readonly place: string;
  readonly schema: string;
  readonly value: unknown;
}

/** Every example of a named schema: on the schema itself, on a request, an answer, a problem or an event. */
const examples: Example[] = contracts.flatMap((document) => {
  const { service } = document;
  const onSchemas = Object.entries(document.schemas).flatMap(([schema, node]) =>
    asList(node['examples']).map((value): Example => ({ service, place: schema, schema, value })),
  );
  const inContent = (content: unknown, place: string): Example[] =>
    Object.values(asNode(content)).flatMap((media) => {
      const schema = schemaNameOf(asNode(media)['schema']);
      if (schema === undefined) return [];
      return Object.entries(asNode(asNode(media)['examples'])).map(([name, example]) => ({
        service,
        place: `${place} "${name}"`,
        schema,
        value: asNode(example)['value'],
      }));
    });
  const onBodies = [...operationsOf(document), ...webhooksOf(document)].flatMap((operation) => {
    const request = inContent(resolve(document, operation.node['requestBody'])['content'], `${operation.id} body`);
    const answers = responsesOf(document, operation).flatMap(([status, { content }]) =>
      inContent(content, `${operation.id} ${status}`),
    );
    return request.concat(answers);
  });
  return onSchemas.concat(onBodies);
});

test('every example fits the schema it stands under, by the very checks that run in the gateway', () => {
  assert.ok(examples.length > 300, String(examples.length));
  const wrong = examples
    .filter(({ service, schema, value }) => !validatorFor(service, schema)(value))
    .map(
      ({ service, place, schema, value }) => `${service} ${place}: ${JSON.stringify(errorsOf(service, schema, value))}`,
    );
  assert.deepEqual(wrong, []);
});

test('every request and every answer with a body has an example, of its own or on its schema', () => {
  const places = new Set(examples.map(({ service, place }) => `${service} ${place.replace(/ ".*$/, '')}`));
  const bodies = Object.entries(routes).flatMap(([service, operations]) =>
    Object.entries(operations).flatMap(([id, { request, responses }]) =>
      [['body', request?.schema ?? null] as const, ...Object.entries(responses)].map(([part, schema]) => ({
        service,
        place: `${id} ${part}`,
        schema,
      })),
    ),
  );
  const bare = bodies.filter(
    ({ service, place, schema }) =>
      schema !== null && !places.has(`${service} ${place}`) && !places.has(`${service} ${schema}`),
  );
  assert.ok(bodies.length > 80, String(bodies.length));
  assert.deepEqual(bare, []);
});

const exampleOf = (service: string, schema: string): Record<string, unknown> =>
  structuredClone(examples.find((item) => item.service === service && item.place === schema)?.value) as Record<
    string,
    unknown
  >;

test('readers stay forward compatible: new fields and new values of open sets pass', () => {
  const order = { ...exampleOf('orders', 'Order'), status: 'paused', from_next_year: { any: ['thing'] } };
  assert.equal(validatorFor('orders', 'Order')(order), true);
  const payment = { ...exampleOf('payments', 'Payment'), status: 'requires_patience' };
  assert.equal(validatorFor('payments', 'Payment')(payment), true);
});

test('readers stay backward compatible: fields since 1.1.0 may be absent', () => {
  for (const [service, schema, field] of [
    ['users', 'User', 'last_login_at'],
    ['orders', 'LineItem', 'refunded_quantity'],
    ['orders', 'OrderEvent', 'state'],
    ['payments', 'Payment', 'receipt_url'],
  ] as const) {
    const value = exampleOf(service, schema);
    assert.ok(field in value, field);
    delete value[field];
    assert.deepEqual(errorsOf(service, schema, value), [], field);
  }
});

test('amounts beyond 2^31 fit and amounts that JSON rounds do not', () => {
  const fits = validatorFor('payments', 'Money');
  assert.equal(fits(JSON.parse('{"amount":5000000000,"currency":"JPY"}')), true);
  assert.equal(fits(JSON.parse('{"amount":9007199254740991,"currency":"JPY"}')), true);
  assert.equal(fits(JSON.parse('{"amount":9007199254740992,"currency":"JPY"}')), false);
  assert.equal(fits(JSON.parse('{"amount":12.5,"currency":"EUR"}')), false);
});

test('an instant must be UTC and a link must be http, so that no other scheme reaches a client', () => {
  const payment = exampleOf('payments', 'Payment');
  const kindOf = (change: object) => errorsOf('payments', 'Payment', { ...payment, ...change })[0]?.kind;
  assert.equal(kindOf({ created_at: '2026-11-18T20:15:32+01:00' }), 'format');
  assert.equal(kindOf({ created_at: '2026-13-18T20:15:32Z' }), 'format');
  assert.equal(kindOf({ created_at: '2026-11-18T20:15:32.123Z' }), undefined);
  assert.equal(kindOf({ receipt_url: 'javascript:alert(1)' }), 'format');
});
