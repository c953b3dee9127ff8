import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { parseContract } from '../../scripts/contracts/contract-document.ts';
import { diffContracts, isMajorStep } from '../../scripts/contracts/diff-contracts.ts';

const path = 'schema/upstreams/order-service.openapi.yaml';
const text = readFileSync(path, 'utf8');
const before = parseContract(path, text);

// A parsed document is edited freely here; the linter's types would only stand in the way of wrong edits that are wanted.
// oxlint-disable-next-line typescript/no-explicit-any
type Editable = any;

/** The order contract after an edit, compared with the one in the repository: `severity at: what`. */
function changesAfter(edit: (document: Editable) => void): string[] {
  const document = parse(text) as Editable;
  edit(document);
  const after = parseContract(path, stringify(document, { aliasDuplicateObjects: false }));
  return diffContracts(before, after).map(({ severity, at, what }) => `${severity} ${at}: ${what}`);
}

const schemas = (document: Editable): Editable => document.components.schemas;
const get = (document: Editable, route: string): Editable => document.paths[route].get;

type Case = readonly [sentence: string, edit: (document: Editable) => void, expected: RegExp];

const breaking: readonly Case[] = [
  [
    'a field of an answer is gone',
    (d) => delete schemas(d).Order.properties.number,
    /^breaking getOrder 200: field number is gone$/,
  ],
  [
    'a field deep in a page is gone',
    (d) => delete schemas(d).LineItem.properties.sku,
    /^breaking listOrders 200\/items\/\[\]\/line_items\/\[\]: field sku is gone$/,
  ],
  [
    'a promised field may be absent',
    (d) => schemas(d).Order.required.shift(),
    /^breaking getOrder 200: field id may now be absent$/,
  ],
  [
    'a field may be null',
    (d) => (schemas(d).Order.properties.number.type = ['string', 'null']),
    /number: may now be of type null$/,
  ],
  [
    'a record may be null',
    (d) => (schemas(d).Order.properties.total = { anyOf: [{ $ref: '#/components/schemas/Money' }, { type: 'null' }] }),
    /getOrder 200\/total: may now be of type null$/,
  ],
  [
    'money may be larger than JSON keeps',
    (d) => delete schemas(d).Money.properties.amount.maximum,
    /amount: maximum loosened from 9007199254740991 to none$/,
  ],
  [
    'ids have another form',
    (d) => (schemas(d).OrderId.pattern = '^order-[0-9]+$'),
    /^breaking getOrder 200\/id: pattern changed/,
  ],
  [
    'a known value is gone',
    (d) => schemas(d).OrderStatus['x-extensible-enum'].pop(),
    /^breaking getOrder 200\/status: value "cancelled" is gone$/,
  ],
  [
    'a parameter is new and required',
    (d) =>
      get(d, '/v1/orders').parameters.push({ name: 'tenant', in: 'query', required: true, schema: { type: 'string' } }),
    /^breaking listOrders: query tenant is required now$/,
  ],
  [
    'a parameter becomes required',
    (d) => (d.components.parameters.CustomerFilter.required = true),
    /^breaking listOrders: query customer_id is required now$/,
  ],
  ['a parameter is gone', (d) => get(d, '/v1/orders').parameters.pop(), /^breaking listOrders: query include is gone$/],
  [
    'a list in the query is written otherwise',
    (d) => (d.components.parameters.StatusFilter.explode = true),
    /^breaking listOrders: query status is written otherwise/,
  ],
  [
    'a page may be asked for fewer items',
    (d) => (d.components.parameters.Limit.schema.maximum = 50),
    /query limit: maximum tightened from 100 to 50$/,
  ],
  [
    'a sort key is no longer taken',
    (d) => d.components.parameters.Sort.schema.enum.pop(),
    /query sort: value "-total" is gone$/,
  ],
  [
    'a request field is new and required',
    (d) => schemas(d).CancelRequest.required.push('note'),
    /^breaking cancelOrder body: field note is required now$/,
  ],
  [
    'a request field is no longer taken',
    (d) => delete schemas(d).OrderPatch.properties.note,
    /^breaking updateOrder body: field note is no longer taken$/,
  ],
  [
    'a free text becomes a closed set',
    (d) => (schemas(d).LineItemInput.properties.title.enum = ['Mug']),
    /line_items\/\[\]\/title: only "Mug" are taken now$/,
  ],
  [
    'an operation is gone',
    (d) => delete d.paths['/v1/orders/summary'],
    /^breaking getOrderSummary: operation GET \/v1\/orders\/summary is gone$/,
  ],
  [
    'an operation moved',
    (d) => {
      d.paths['/v2/orders/summary'] = d.paths['/v1/orders/summary'];
      delete d.paths['/v1/orders/summary'];
    },
    /^breaking getOrderSummary: moved from GET \/v1\/orders\/summary to GET \/v2\/orders\/summary$/,
  ],
  [
    'a success answer is gone',
    (d) => delete get(d, '/v1/orders/{id}').responses['304'],
    /^breaking getOrder: answer 304 is gone$/,
  ],
  [
    'an answer has no entity tag',
    (d) => delete get(d, '/v1/orders/{id}').responses['200'].headers.ETag,
    /^breaking getOrder 200: header ETag is gone$/,
  ],
  [
    'an open operation asks for a credential',
    (d) => delete get(d, '/livez').security,
    /^breaking getLiveness: security changed/,
  ],
  [
    'an event is no longer sent',
    (d) => delete d.webhooks['order.cancelled'],
    /^breaking onOrderCancelled: event POST order.cancelled is gone$/,
  ],
  [
    'an event loses a field',
    (d) => delete schemas(d).OrderEventMessage.properties.data.properties.version,
    /^breaking onOrderUpdated\/data: field version is gone$/,
  ],
];

for (const [sentence, edit, expected] of breaking) {
  test(`breaking: ${sentence}`, () => {
    const found = changesAfter(edit);
    assert.ok(
      found.some((line) => expected.test(line) && line.startsWith('breaking ')),
      found.join('\n') || 'nothing found',
    );
  });
}

const warnings: readonly Case[] = [
  [
    'an open set has a new value',
    (d) => schemas(d).OrderStatus['x-extensible-enum'].push('on_hold'),
    /^warning getOrder 200\/status: value "on_hold" is new$/,
  ],
  [
    'a request takes a new value',
    (d) => schemas(d).CancelRequest.properties.reason.enum.push('regret'),
    /^warning cancelOrder body\/reason: value "regret" is new$/,
  ],
  [
    'an operation is deprecated',
    (d) => (get(d, '/v1/orders/summary').deprecated = true),
    /^warning getOrderSummary: is deprecated now$/,
  ],
  [
    'a named refusal is gone',
    (d) => delete get(d, '/v1/orders/{id}').responses['404'],
    /^warning getOrder: answer 404 is gone$/,
  ],
];

for (const [sentence, edit, expected] of warnings) {
  test(`a warning, not breaking: ${sentence}`, () => {
    const found = changesAfter(edit);
    assert.ok(
      found.some((line) => expected.test(line)),
      found.join('\n') || 'nothing found',
    );
    assert.deepEqual(
      found.filter((line) => line.startsWith('breaking ')),
      [],
    );
  });
}

test('what only adds, or only tightens what the service itself sends, needs nobody', () => {
  const found = changesAfter((d) => {
    schemas(d).Order.properties.channel = { type: 'string' };
    schemas(d).Order.properties.number.maxLength = 16;
    schemas(d).CancelRequest.properties.ticket = { type: 'string' };
    d.components.parameters.Limit.schema.maximum = 200;
    get(d, '/v1/orders').parameters.push({ name: 'channel', in: 'query', schema: { type: 'string' } });
    d.paths['/v1/returns'] = { get: { operationId: 'listReturns', responses: {} } };
    schemas(d).Order.description = 'In other words.';
  });
  assert.deepEqual(found, []);
});

test('the contract compared with itself has no change', () => {
  assert.deepEqual(
    changesAfter(() => undefined),
    [],
  );
});

test('a new major version says that breaking is meant', () => {
  const at = (version: string) => parseContract(path, text.replace(/^ {2}version: .*$/m, `  version: ${version}`));
  assert.equal(isMajorStep(at('1.9.0'), at('2.0.0')), true);
  assert.equal(isMajorStep(at('1.9.0'), at('1.10.0')), false);
});

test('the command compares with a commit, and says so when there is no such commit', () => {
  const run = (ref: string) => spawnSync(process.execPath, ['scripts/diff-upstreams.ts', ref], { encoding: 'utf8' });
  const head = run('HEAD');
  assert.match(head.stdout, /Upstream contracts against HEAD: \d+ changes to look at, \d+ of them breaking\./);
  const nowhere = run('no-such-commit');
  assert.equal(nowhere.status, 2);
  assert.match(nowhere.stderr, /"no-such-commit" cannot be read/);
});
