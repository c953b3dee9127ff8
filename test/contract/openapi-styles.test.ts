import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routes, validatorFor } from '../../src/generated/index.ts';
import {
  operationsOf,
  readContracts,
  resolve,
  responsesOf,
  asNode,
} from '../../scripts/contracts/contract-document.ts';
import type { ContractRoute } from '../../src/lib/contract-route.ts';

const route = (service: keyof typeof routes, id: string): ContractRoute => {
  const found = routes[service][id];
  assert.ok(found, `${service} has no ${id}`);
  return found;
};

test('users are read in batches by comma separated ids and searched by page tokens', () => {
  const { method, path, query, rows, responses } = route('users', 'listUsers');
  assert.deepEqual([method, path, query['ids'], query['status']], ['GET', '/v1/users', 'csv', 'repeat']);
  assert.deepEqual([query['cursor'], query['limit']], ['single', 'single']);
  assert.deepEqual([responses[200], rows], ['UserPage', { field: 'items', schema: 'User' }]);
  const isPage = validatorFor('users', 'UserPage');
  assert.equal(isPage({ items: [], next_cursor: null, prev_cursor: null }), true);
  assert.equal(isPage({ items: [], next_cursor: null }), false);
});

test('orders are read in batches by a safe POST and listed with a cursor on each item', () => {
  const batch = route('orders', 'batchGetOrders');
  assert.deepEqual([batch.method, batch.safe, batch.idempotencyKey], ['POST', true, false]);
  assert.deepEqual(batch.request, { schema: 'OrderBatchRequest', mediaType: 'application/json', required: true });
  assert.equal(validatorFor('orders', 'OrderBatch')({ items: [] }), false);
  assert.equal(validatorFor('orders', 'OrderBatch')({ items: [], missing: ['ord_1'] }), true);
  const { query, rows } = route('orders', 'listOrders');
  assert.deepEqual([query['after'], query['before'], query['status']], ['single', 'single', 'csv']);
  assert.deepEqual(rows, { field: 'items', schema: 'OrderListItem' });
  assert.equal(query['with_total'], 'single');
});

test('the order search takes every parameter of the list', () => {
  const search = route('orders', 'searchOrders').query;
  assert.deepEqual({ q: 'single', ...route('orders', 'listOrders').query }, search);
});

test('payments are read in batches by a repeated filter and paged by the id of the last item', () => {
  const { query, rows } = route('payments', 'listPayments');
  assert.deepEqual(
    [query['order_id'], query['starting_after'], query['ending_before']],
    ['repeat', 'single', 'single'],
  );
  assert.deepEqual(rows, { field: 'data', schema: 'Payment' });
  assert.equal(route('payments', 'listDisputes').query['payment_id'], 'repeat');
});

test('users take If-Match, orders insist on it for a change but not for a cancellation, payments know none', () => {
  assert.equal(route('users', 'updateUser').ifMatch, 'optional');
  assert.equal(route('orders', 'updateOrder').ifMatch, 'required');
  assert.equal(route('orders', 'cancelOrder').ifMatch, 'optional');
  assert.deepEqual([...new Set(Object.values(routes.payments).map(({ ifMatch }) => ifMatch))], ['none']);
});

test('the single reads of users and orders answer 304; payments never do', () => {
  for (const [service, id] of [
    ['users', 'getUser'],
    ['orders', 'getOrder'],
  ] as const) {
    const { ifNoneMatch, responses } = route(service, id);
    assert.deepEqual([ifNoneMatch, responses[304]], [true, null], id);
  }
  assert.ok(Object.values(routes.payments).every(({ ifNoneMatch, responses }) => !ifNoneMatch && !(304 in responses)));
});

test('profile and order changes are merge patches', () => {
  assert.equal(route('users', 'updateUser').request?.mediaType, 'application/merge-patch+json');
  assert.equal(route('orders', 'updateOrder').request?.mediaType, 'application/merge-patch+json');
});

test('money that moves may be accepted and settle later', () => {
  assert.deepEqual(Object.keys(route('payments', 'createRefund').responses), ['201', '202']);
  assert.deepEqual(Object.keys(route('payments', 'capturePayment').responses), ['200', '202']);
  assert.deepEqual(Object.keys(route('orders', 'cancelOrder').responses), ['200', '202']);
});

test('a payment source is exactly one of four', () => {
  const fits = validatorFor('payments', 'PaymentSource');
  const sources = {
    saved_method_id: 'pm_1',
    provider_token: 'tok_12345678',
    apple_pay_token: 'eyJ2ZXIi',
    google_pay_token: 'eyJ2ZXIi',
  };
  for (const [name, value] of Object.entries(sources)) assert.equal(fits({ [name]: value }), true, name);
  assert.equal(fits({}), false);
  assert.equal(fits({ saved_method_id: 'pm_1', apple_pay_token: 'eyJ2ZXIi' }), false);
});

test('every read says how it may be cached', () => {
  const wrong = readContracts().flatMap((document) =>
    operationsOf(document)
      .filter(({ method, node }) => method === 'GET' && node['security'] === undefined)
      .filter((operation) =>
        responsesOf(document, operation)
          .filter(([status]) => status === '200')
          .some(([, response]) => !('Cache-Control' in asNode(resolve(document, response)['headers']))),
      )
      .map(({ id }) => id),
  );
  assert.deepEqual(wrong, []);
});
