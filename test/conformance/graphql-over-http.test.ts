import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { startGateway } from '../support/gateway.ts';
import { suiteCleanup } from '../support/processes.ts';

/**
 * GraphQL over HTTP by the audits of its working group (graphql-http), each as one test under its own id, against a real process in its
 * development configuration: with the limits of strangers lifted, since all audits come from one. MUST, SHOULD and MAY pass alike.
 */
describe('GraphQL over HTTP', async () => {
  const cleanup = suiteCleanup(after);
  const gateway = await startGateway(cleanup, 'web', {
    mode: 'development',
    rateLimit: {
      tiers: {
        free: { requestsPerMinute: 1_000, costPerMinute: 100_000 },
        anonymous: { requestsPerMinute: 1_000, costPerMinute: 100_000 },
      },
    },
  });
  // A process for browsers wants a header that no form of another site can set.
  const fetchFn = (url: string, options: RequestInit = {}) => {
    const headers = new Headers(options.headers);
    headers.set('apollo-require-preflight', 'true');
    return fetch(url, { ...options, headers });
  };
  const audits = serverAudits({ url: gateway.url, fetchFn });

  test('the audits are all there', () => {
    assert.ok(audits.length >= 50, `${audits.length} audits`);
  });

  for (const { id, name, fn } of audits)
    test(`${id} ${name}`, async () => {
      const result = await fn();
      assert.equal(result.status, 'ok', 'reason' in result ? result.reason : undefined);
    });
});
