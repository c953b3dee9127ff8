import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContractRoute } from '../../../src/lib/contract-route.ts';
import { contractRoute } from '../../../src/upstream/openapi-client.ts';

const contract: ContractRoute = {
  method: 'GET',
  path: '/v1/orders/{id}/items/{itemId}',
  safe: true,
  authenticated: true,
  idempotencyKey: false,
  ifMatch: 'none',
  ifNoneMatch: false,
  query: { status: 'repeat', ids: 'csv', limit: 'single' },
  request: null,
  responses: { 200: 'OrderPage', 304: null },
  rows: { field: 'items', schema: 'Order' },
};

type Input = { id: string; query?: Record<string, string | number | readonly string[] | undefined> };

const route = contractRoute<Input, unknown>('orders', 'listItems', contract, {
  scope: 'caller',
  input: ({ id, query = {} }) => ({ path: { id, itemId: 'a/b' }, query }),
  map: (body) => body,
});

test('method, kind, schema and rows come from the contract', () => {
  const { method, kind, contract: schema, rows } = route;
  assert.deepEqual(
    { method, kind, schema, rows },
    { method: 'GET', kind: 'read', schema: 'OrderPage', rows: contract.rows },
  );
});

test('path values are encoded, so that an identifier cannot leave its segment', () => {
  assert.equal(route.request({ id: '../x?y#z' }).path, '/v1/orders/..%2Fx%3Fy%23z/items/a%2Fb');
});

test('an identifier that names another resource however it is written, or is absurdly long, is refused', () => {
  for (const id of ['', '.', '..', 'x'.repeat(513)])
    assert.throws(() => route.request({ id }), { code: 'BAD_USER_INPUT' });
});

test('query values are written in the style of their parameter and left out when there are none', () => {
  const { path } = route.request({ id: 'o', query: { status: ['a', 'b&c'], ids: ['1', '2,3'], limit: 5 } });
  assert.equal(path.split('?')[1], 'status=a&status=b%26c&ids=1,2%2C3&limit=5');
  assert.equal(route.request({ id: 'o', query: { status: [], limit: undefined } }).path.includes('?'), false);
});

test('a query parameter that the contract lacks is a bug, told at once', () => {
  assert.throws(() => route.request({ id: 'o', query: { colour: 'red' } }), /no query parameter colour/);
});

test('an unpaired surrogate in an identifier is replaced, not thrown on', () => {
  assert.equal(route.request({ id: 'a\ud800' }).path.startsWith('/v1/orders/a%EF%BF%BD/'), true);
});

test('a body goes out with the media type of the contract', () => {
  const patch: ContractRoute = {
    ...contract,
    method: 'PATCH',
    path: '/v1/users/{id}',
    safe: false,
    request: { schema: 'UserPatch', mediaType: 'application/merge-patch+json', required: true },
  };
  const update = contractRoute<{ name: string }, unknown>('users', 'updateUser', patch, {
    scope: 'caller',
    input: (body) => ({ path: { id: 'usr_1' }, body }),
    map: (body) => body,
  });
  assert.equal(update.kind, 'write');
  assert.deepEqual(update.request({ name: 'Ada' }), {
    path: '/v1/users/usr_1',
    body: { name: 'Ada' },
    headers: { 'content-type': 'application/merge-patch+json' },
  });
});
