import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quotaHeaders } from '../../../src/rate-limit/quota-headers.ts';
import { rateLimited } from '../../../src/rate-limit/refusal.ts';

const consumer = { name: 'consumer', limit: 60, remaining: 12, resetSeconds: 41, windowSeconds: 60 };
const cost = { name: 'cost', limit: 10_000, remaining: 9_300, resetSeconds: 60, windowSeconds: 60 };

test('the X-headers speak of the first quota, the draft of all', () => {
  assert.deepEqual(quotaHeaders([consumer, cost]), {
    'x-ratelimit-limit': '60',
    'x-ratelimit-remaining': '12',
    'x-ratelimit-reset': '41',
    ratelimit: '"consumer";r=12;t=41, "cost";r=9300;t=60',
    'ratelimit-policy': '"consumer";q=60;w=60, "cost";q=10000;w=60',
  });
});

test('where nothing was counted there is nothing to say', () => assert.deepEqual(quotaHeaders([]), {}));

test('a refusal carries the numbers in its details and its headers, seconds from now', () => {
  const error = rateLimited({ ...consumer, remaining: 0 }, 1_500);
  assert.equal(error.code, 'RATE_LIMITED');
  assert.deepEqual(error.details, { quota: 'consumer', limit: 60, remaining: 0, reset: 41, retryAfter: 2 });
  assert.equal(error.headers?.['retry-after'], '2');
  assert.equal(error.headers?.['x-ratelimit-remaining'], '0');
});
