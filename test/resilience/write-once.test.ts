import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { idempotency } from '../../src/config/sections/idempotency.ts';
import { GatewayError } from '../../src/errors/gateway-error.ts';
import { Idempotency } from '../../src/idempotency/idempotency.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import type { Ask } from '../../src/upstream/create-upstream.ts';
import { createWriteOnce, type WriteOnce } from '../../src/upstream/write-once.ts';
import {
  type Behaviour,
  type FaultUpstream,
  respond,
  responseText,
  startFaultUpstream,
} from '../support/fault-upstream.ts';
import { callContext, makeThing, testUpstream, type TestUpstream } from '../support/test-upstream.ts';

describe('a write happens once, whatever its service does', () => {
  let service: FaultUpstream;
  let upstream: TestUpstream;
  let make: Ask<unknown, unknown>;
  let writeOnce: WriteOnce;
  let key = 0;

  before(async () => {
    service = await startFaultUpstream();
    const quiet = { retry: { maxRetries: 0 }, breaker: { minimumCalls: 100_000 } };
    upstream = await testUpstream(service.url, { writeTimeoutMs: 300, ...quiet });
    make = upstream.bind(makeThing);
  });

  beforeEach(() => {
    key++;
    service.requests.length = 0;
    const config = idempotency.parse({});
    writeOnce = createWriteOnce(new Idempotency({ config, clock: systemClock, metrics: new Metrics() }));
  });

  after(async () => {
    await upstream.close();
    await service.close();
  });

  const write = (input: unknown = { amount: 1 }) => {
    const context = callContext();
    return writeOnce({ mutation: 'makeThing', clientKey: `key-${key}`, input }, context, async (options) => {
      const { value } = await make(input, context, options);
      return value;
    });
  };
  const keys = () => new Set(service.requests.map(({ headers }) => headers['idempotency-key']));
  const problem = (status: number, code: string): Behaviour =>
    respond.json({ code, title: 'No' }, { status, type: 'application/problem+json' });
  const done = { kind: 'done', value: { id: 'thing_1' } };
  const ok = respond.json({ id: 'thing_1' }, { status: 201 });

  test('50 equal writes at once are one call and 50 equal answers', async () => {
    service.behave(respond.after(30, ok));
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => write()));
    for (const outcome of outcomes) assert.deepEqual(outcome, done);
    assert.equal(service.requests.length, 1);
  });

  test('a connection that is cut in whatever way leaves an unknown outcome; the retry with the same key has the result', async () => {
    const cuts = [
      respond.reset(),
      respond.hangUp(),
      respond.hangUp(responseText('{"id":"thing_1"}').slice(0, -5)),
      respond.hang(),
    ];
    for (const cut of [...cuts, respond.json({}, { status: 500 }), respond.text('<html>', { type: 'text/html' })]) {
      service.behave(cut);
      assert.equal((await write()).kind, 'unknown');
    }
    service.behave(ok);
    assert.deepEqual(await write(), done);
    assert.deepEqual(await write(), done);
    assert.equal(service.requests.length, 7);
    assert.equal(keys().size, 1);
  });

  test('what was never sent is unavailable, not unknown, and the retry goes out', async () => {
    await service.refuse();
    const outcome = await write();
    await service.listen();
    assert.deepEqual(outcome, { kind: 'unavailable', retryAfterMs: 2_000 });
    service.behave(ok);
    assert.deepEqual(await write(), done);
  });

  test('what was not sent after a try of unknown end is still unknown: "nothing was sent" would invite a second payment', async () => {
    service.behave(respond.reset());
    assert.equal((await write()).kind, 'unknown');
    await service.refuse();
    assert.equal((await write()).kind, 'unknown');
    assert.equal((await write()).kind, 'unknown');
    await service.listen();
    service.behave(problem(403, 'forbidden'));
    assert.equal((await write()).kind, 'unknown');
    service.behave(ok);
    assert.deepEqual(await write(), done);
  });

  test('the service’s own no is definite, and is given again without a call', async () => {
    service.behave(problem(409, 'not_payable'));
    const outcome = await write();
    assert.equal(outcome.kind === 'refused' && outcome.problem.code, 'not_payable');
    assert.deepEqual(await write(), outcome);
    assert.equal(service.requests.length, 1);
  });

  test('a refusal from before the work began is not kept', async () => {
    service.behave(problem(403, 'forbidden'));
    const outcome = await write();
    assert.equal(outcome.kind === 'refused' && outcome.status, 403);
    service.behave(ok);
    assert.deepEqual(await write(), done);
  });

  test('a service that is busy with the key leaves it unknown; one that saw other input makes it a conflict', async () => {
    service.behave(problem(409, 'idempotency_in_progress'));
    assert.equal((await write()).kind, 'unknown');
    service.behave(problem(422, 'idempotency_key_reused'));
    assert.deepEqual(await write(), { kind: 'conflict' });
  });

  test('other input under the same key is a conflict without a call', async () => {
    service.behave(ok);
    await write();
    assert.deepEqual(await write({ amount: 2 }), { kind: 'conflict' });
    assert.equal(service.requests.length, 1);
  });

  test('an error of the caller’s own is thrown as it is', async () => {
    await assert.rejects(
      writeOnce({ mutation: 'makeThing', clientKey: `key-${key}`, input: {} }, callContext(), () => {
        return Promise.reject(new GatewayError('BAD_USER_INPUT'));
      }),
      { code: 'BAD_USER_INPUT' },
    );
    service.behave(ok);
    assert.deepEqual(await write({}), done);
  });
});
