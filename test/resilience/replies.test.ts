import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { respond, startFaultUpstream, type FaultUpstream } from '../support/fault-upstream.ts';
import { callContext, getThing, testUpstream, type TestUpstream } from '../support/test-upstream.ts';

const noRetry = { retry: { maxRetries: 0 }, breaker: { minimumCalls: 10_000 } };

describe('what a service may send', () => {
  let service: FaultUpstream;
  let upstream: TestUpstream;
  let ask: ReturnType<typeof upstream.bind<string, unknown>>;

  before(async () => {
    service = await startFaultUpstream();
    upstream = await testUpstream(service.url, { ...noRetry, readTimeoutMs: 300, maxBodyBytes: 5_242_880 });
    ask = upstream.bind(getThing);
  });
  beforeEach(() => {
    service.requests.length = 0;
  });
  after(async () => {
    await service.close();
    await upstream.close();
  });

  test('a good answer comes back mapped, over connections that are kept', async () => {
    service.behave(respond.json({ id: 'a' }, { headers: { etag: '"1"' } }));
    for (let i = 0; i < 50; i++) {
      const reply = await ask('a', callContext());
      assert.deepEqual(reply.value, { id: 'a' });
      assert.equal(reply.headers['etag'], '"1"');
    }
    // undici frees a connection one turn after its reply, so a loop without a pause may use two.
    assert.ok(service.connections <= 2, `${service.connections} connections`);
  });
});
