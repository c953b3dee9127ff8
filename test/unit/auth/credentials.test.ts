import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { credentialsFrom } from '../../../src/auth/credentials.ts';

describe('the credentials of a request', () => {
  test('are read from raw headers whatever their case, and absent ones are undefined', () => {
    assert.deepEqual(credentialsFrom(['Host', 'a', 'AUTHORIZATION', 'Bearer x']), {
      authorization: 'Bearer x',
      apiKey: undefined,
      session: undefined,
      repeated: false,
    });
    assert.equal(credentialsFrom(['x-Api-Key', 'k']).apiKey, 'k');
    assert.equal(credentialsFrom([], 's').session, 's');
    assert.equal(credentialsFrom(['Authorization', '']).authorization, '');
  });

  test('are marked when a header comes twice, in any case and also when both are equal or empty', () => {
    for (const headers of [
      ['Authorization', 'Bearer a', 'Authorization', 'Bearer b'],
      ['Authorization', 'Bearer a', 'x-a', 'b', 'authorization', 'Bearer a'],
      ['authorization', '', 'AUTHORIZATION', ''],
      ['X-API-Key', 'a', 'x-api-key', 'b'],
    ])
      assert.equal(credentialsFrom(headers).repeated, true);
  });

  test('are not found in headers of the same length or in values', () => {
    assert.deepEqual(credentialsFrom(['x-api-kez', 'a', 'authorizatiom', 'b', 'x', 'authorization', 'y', 'z']), {
      authorization: undefined,
      apiKey: undefined,
      session: undefined,
      repeated: false,
    });
  });
});
