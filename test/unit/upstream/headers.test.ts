import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../../src/upstream/call.ts';
import { fixedHeaders, requestHeaders } from '../../../src/upstream/headers.ts';
import { callContext, getThing } from '../../support/test-upstream.ts';
import { principalOf } from '../../support/call-context.ts';

const service = { fixedHeaders: fixedHeaders('service-credential'), assertionOf: undefined };

function sent(
  given: Partial<Call> = {},
  context = callContext(),
  request = getThing.request('a'),
): Record<string, string> {
  const flat = requestHeaders(service, { route: getThing as Call['route'], input: 'a', ...given }, request, context);
  return Object.fromEntries(flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1]!]] : [])));
}

test('an attempt carries the service credential, the verified identity and the correlation id', () => {
  const headers = sent({}, callContext({ traceparent: '00-a-b-01' }));
  assert.equal(headers['authorization'], 'Bearer service-credential');
  assert.equal(headers['x-user-id'], 'usr_1');
  assert.equal(headers['x-user-role'], 'customer');
  assert.equal(headers['x-correlation-id'], callContext().correlationId);
  assert.equal(headers['traceparent'], '00-a-b-01');
});

test('a caller without a credential has no identity at all, not one called anonymous', () => {
  const headers = sent({}, callContext({ principal: { ...principalOf(''), role: 'anonymous' } }));
  assert.equal(headers['x-user-id'], undefined);
  assert.equal(headers['x-user-role'], undefined);
});

test('an identity that would break a header is encoded', () => {
  const headers = sent({}, callContext({ principal: principalOf('a\r\nx-user-role: admin\u00e9') }));
  assert.equal(headers['x-user-id'], 'a%0D%0Ax-user-role%3A%20admin%C3%A9');
});

test('keys, versions and the time that is left are told', () => {
  const headers = sent({ idempotencyKey: 'k', ifMatch: '7', timeoutMs: 120.2 });
  assert.equal(headers['idempotency-key'], 'k');
  assert.equal(headers['if-match'], '"7"');
  assert.equal(headers['x-request-deadline-ms'], '121');
});

test("a version that is no entity tag is the client's mistake", () => {
  for (const ifMatch of ['a\r\nb', '"', 'a"b', 'x'.repeat(300)])
    assert.throws(() => sent({ ifMatch }), { code: 'BAD_USER_INPUT' });
});

test('a body is JSON unless its route says otherwise', () => {
  const request = { path: '/', body: {} };
  assert.equal(sent({}, callContext(), request)['content-type'], 'application/json');
  const patch = { ...request, headers: { 'content-type': 'application/merge-patch+json' } };
  assert.equal(sent({}, callContext(), patch)['content-type'], 'application/merge-patch+json');
  assert.equal(sent()['content-type'], undefined);
});
