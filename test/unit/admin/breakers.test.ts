import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { fastify, type FastifyInstance } from 'fastify';
import type { Access } from '../../../src/admin/access.ts';
import { serveBreakers } from '../../../src/admin/breakers.ts';
import type { AdminToken } from '../../../src/auth/admin-token.ts';
import { respond, startFaultUpstream, type FaultUpstream } from '../../support/fault-upstream.ts';
import { callContext, getThing, silentLog, testUpstream, type TestUpstream } from '../../support/test-upstream.ts';

describe('breakers on the admin port', () => {
  let service: FaultUpstream;
  let upstream: TestUpstream;
  let app: FastifyInstance;
  /** Lets whoever `holder` is in, and nobody when it is undefined. */
  const access: Access = async (_request, reply) => {
    if (!holder) reply.code(401).send();
    return holder;
  };
  let holder: AdminToken | undefined;
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

  beforeEach(async () => {
    holder = { actor: 'ada', scope: 'write' };
    service = await startFaultUpstream(respond.json({ id: 'good' }));
    upstream = await testUpstream(service.url);
    app = fastify();
    serveBreakers(app, access, upstream, silentLog);
    await upstream.bind(getThing)('a', callContext());
  });
  afterEach(() => Promise.all([app.close(), upstream.close(), service.close()]));

  const put = (payload: object) => app.inject({ method: 'PUT', url: '/breakers', payload });
  const shown = async () => (await app.inject('/breakers')).json<{ breakers: Record<string, unknown>[] }>().breakers;

  test('they are shown with their state and what they have seen', async () => {
    const [breaker] = await shown();
    assert.equal(breaker?.['service'], 'things');
    assert.equal(breaker?.['route'], 'getThing');
    assert.equal(breaker?.['state'], 'closed');
    assert.equal(breaker?.['calls'], 1);
  });

  test('one can be forced open by somebody, for a reason, until an instant, and released', async () => {
    const forced = { state: 'open', reason: 'maintenance', endsAt: inAnHour() };
    assert.equal((await put({ service: 'things', ...forced })).statusCode, 204);
    await assert.rejects(upstream.bind(getThing)('b', callContext()), { code: 'UPSTREAM_UNAVAILABLE' });
    const [breaker] = await shown();
    assert.equal(breaker?.['state'], 'forced-open');
    assert.deepEqual(breaker?.['forced'], { ...forced, actor: 'ada' });
    const released = await app.inject({ method: 'DELETE', url: '/breakers?service=things' });
    assert.equal(released.statusCode, 204);
    assert.equal((await shown())[0]?.['state'], 'closed');
  });

  test('whoever may not ask sees nothing and decides nothing', async () => {
    const forced = { service: 'things', state: 'open', reason: 'maintenance', endsAt: inAnHour() };
    holder = undefined;
    assert.equal((await app.inject('/breakers')).statusCode, 401);
    assert.equal((await put(forced)).statusCode, 401);
    assert.equal((await app.inject({ method: 'DELETE', url: '/breakers?service=things' })).statusCode, 401);
    holder = { actor: 'ada', scope: 'write' };
    assert.equal((await shown())[0]?.['state'], 'closed');
  });

  test('nobody decides in another’s name, why and until when must be said, and the end lies within a day', async () => {
    const good = { service: 'things', state: 'open', reason: 'why', endsAt: inAnHour() };
    const wrong = [
      { ...good, actor: 'someone else' },
      { ...good, reason: undefined },
      { ...good, state: 'ajar' },
      { ...good, endsAt: 'tomorrow' },
      { ...good, endsAt: new Date(Date.now() + 25 * 3_600_000).toISOString() },
      { ...good, endsAt: new Date(Date.now() - 1_000).toISOString() },
      { ...good, other: 1 },
    ];
    for (const body of wrong) assert.equal((await put(body)).statusCode, 400, JSON.stringify(body));
    assert.equal((await put({ ...good, service: 'nobody' })).statusCode, 404);
    assert.equal((await app.inject({ method: 'DELETE', url: '/breakers' })).statusCode, 400);
    assert.equal((await shown())[0]?.['state'], 'closed');
  });
});
