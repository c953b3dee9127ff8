import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { AssertionSigner } from '../../src/auth/assertion.ts';
import { auth } from '../../src/config/sections/auth.ts';
import { anonymous } from '../../src/context/principal.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { startFaultUpstream } from '../support/fault-upstream.ts';
import { callContext, getThing, testUpstream } from '../support/test-upstream.ts';

test('a service gets an assertion of the caller that the published key set verifies, and none for the anonymous', async (t) => {
  const service = await startFaultUpstream();
  t.after(() => service.close());
  const signer = new AssertionSigner(auth.parse({ assertion: { audience: 'things' } }).assertion, systemClock);
  const upstream = await testUpstream(service.url, {}, { assertionOf: (principal) => signer.assertionOf(principal) });
  t.after(() => upstream.close());
  const ask = upstream.bind(getThing);

  await ask('1', callContext());
  const headers = service.requests[0]?.headers ?? {};
  const { payload } = await jwtVerify(
    headers['x-identity-assertion'] ?? '',
    createLocalJWKSet({ keys: [...signer.jwks().keys] }),
    { issuer: 'facet', audience: 'things', typ: 'facet-identity+jwt' },
  );
  assert.deepEqual([payload.sub, payload['role']], [headers['x-user-id'], headers['x-user-role']]);

  await ask('2', callContext({ principal: anonymous }));
  assert.equal(service.requests[1]?.headers['x-identity-assertion'], undefined);
  assert.equal(service.requests[1]?.headers['x-user-id'], undefined);
});
