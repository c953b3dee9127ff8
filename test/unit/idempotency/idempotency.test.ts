import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { idempotency as section } from '../../../src/config/sections/idempotency.ts';
import { Deadline } from '../../../src/context/deadline.ts';
import { type Executed, Idempotency, type Request } from '../../../src/idempotency/idempotency.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { RedisClient } from '../../../src/redis/redis-client.ts';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { principalOf } from '../../support/call-context.ts';
import { countingRedis } from '../../support/changed-redis.ts';
import { suiteCleanup, waitFor } from '../../support/processes.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { connectTestRedis } from '../../support/redis-client.ts';
import { within } from '../../support/within.ts';

const ann = principalOf('usr_ann');

function instanceOn(redis?: RedisClient, settings: { leaseMs?: number } = {}): Idempotency {
  const config = section.parse({ leaseMs: 300, ...settings });
  return new Idempotency({ config, clock: systemClock, metrics: new Metrics(), ...(redis && { redis }) });
}

let lastKey = 0;

const request = (change: Partial<Request> & { timeoutMs?: number } = {}): Request => ({
  principal: ann,
  mutation: 'payOrder',
  clientKey: `key-${lastKey}`,
  input: { orderId: 'ord_1' },
  deadline: new Deadline(systemClock, change.timeoutMs ?? 5_000),
  ...change,
});

/** A service with a store of its own: one charge a key, whatever is asked how often. */
function service() {
  const charges = new Map<string, string>();
  const self = {
    calls: 0,
    charges,
    /** Resolves once a call waits at the gate. */
    arrived: Promise.withResolvers<void>(),
    gate: Promise.resolve() as Promise<void>,
    async pay(key: string): Promise<Executed<{ id: string }>> {
      self.calls++;
      self.arrived.resolve();
      await self.gate;
      if (!charges.has(key)) charges.set(key, `pay_${charges.size + 1}`);
      return { definite: true, answer: { id: charges.get(key) as string } };
    },
  };
  return self;
}

const paid = (id: string, replayed: boolean) => ({ state: 'definite', answer: { id }, replayed });

for (const kind of ['in one process', 'through Redis'] as const) {
  describe(`a mutation happens once, ${kind}`, () => {
    const cleanup = suiteCleanup(after);
    let redis: RedisClient | undefined;

    before(async () => {
      if (kind === 'in one process') return;
      const server = await startRedis(cleanup);
      redis = (await connectTestRedis(cleanup, server.url)).client;
    });

    test('50 equal requests at once are one execution and 50 equal answers', async () => {
      lastKey++;
      const [instance, bank] = [instanceOn(redis), service()];
      const gate = Promise.withResolvers<void>();
      bank.gate = gate.promise;
      const running = Array.from({ length: 50 }, () => instance.run(request(), bank.pay));
      await bank.arrived.promise;
      gate.resolve();
      const outcomes = await Promise.all(running);
      assert.equal(bank.calls, 1);
      assert.deepEqual(outcomes[0], paid('pay_1', false));
      for (const outcome of outcomes.slice(1)) assert.deepEqual(outcome, paid('pay_1', true));
    });

    test('a later equal request gets the stored answer', async () => {
      lastKey++;
      const [instance, bank] = [instanceOn(redis), service()];
      await instance.run(request(), bank.pay);
      const input = JSON.parse('{"orderId":"ord_1"}') as unknown;
      assert.deepEqual(await instance.run(request({ input }), bank.pay), paid('pay_1', true));
      assert.equal(bank.calls, 1);
    });

    test('the same key with other input is a conflict: under way, answered, and of unknown end', async () => {
      lastKey++;
      const [instance, bank] = [instanceOn(redis), service()];
      const other = request({ input: { orderId: 'ord_2' } });
      const gate = Promise.withResolvers<void>();
      bank.gate = gate.promise;
      const first = instance.run(request(), bank.pay);
      assert.deepEqual(await instance.run(other, bank.pay), { state: 'conflict' });
      gate.resolve();
      await first;
      assert.deepEqual(await instance.run(other, bank.pay), { state: 'conflict' });
      assert.equal(bank.calls, 1);
      lastKey++;
      await instance.run(request(), () => Promise.resolve({ definite: false }));
      assert.deepEqual(await instance.run(request({ input: {} }), bank.pay), { state: 'conflict' });
    });

    test('keys are the caller’s own: another caller’s or mutation’s equal key is another intent', async () => {
      lastKey++;
      const [instance, bank] = [instanceOn(redis), service()];
      await instance.run(request(), bank.pay);
      await instance.run(request({ principal: principalOf('usr_bob') }), bank.pay);
      await instance.run(request({ principal: principalOf('usr_ann', { issuer: 'https://other.test' }) }), bank.pay);
      await instance.run(request({ mutation: 'refundPayment' }), bank.pay);
      assert.equal(bank.charges.size, 4);
    });

    test('an unknown end is not kept: the retry goes out with the same upstream key', async () => {
      lastKey++;
      const [instance, bank] = [instanceOn(redis), service()];
      const lost = async (key: string): Promise<Executed<{ id: string }>> => {
        await bank.pay(key);
        return { definite: false };
      };
      assert.deepEqual(await instance.run(request(), lost), { state: 'unknown' });
      assert.deepEqual(await instance.run(request(), bank.pay), paid('pay_1', false));
      assert.equal(bank.calls, 2);
      assert.equal(bank.charges.size, 1);
    });

    test('an error is thrown to all who share it and leaves the intent open', async () => {
      lastKey++;
      const [instance, bank] = [instanceOn(redis), service()];
      const failing = () => Promise.reject(new Error('refused before it was sent'));
      const results = await Promise.allSettled([instance.run(request(), failing), instance.run(request(), bank.pay)]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ['rejected', 'rejected'],
      );
      assert.equal(bank.calls, 0);
      assert.deepEqual(await instance.run(request(), bank.pay), paid('pay_1', false));
    });

    test('who waits for another’s execution leaves at its own deadline with an unknown outcome', async () => {
      lastKey++;
      const [instance, bank] = [instanceOn(redis), service()];
      const gate = Promise.withResolvers<void>();
      bank.gate = gate.promise;
      const first = instance.run(request(), bank.pay);
      assert.deepEqual(await instance.run(request({ timeoutMs: 30 }), bank.pay), { state: 'unknown' });
      gate.resolve();
      assert.deepEqual(await first, paid('pay_1', false));
    });
  });
}

describe('a mutation happens once, over instances', () => {
  const cleanup = suiteCleanup(after);
  let server: TestRedis;
  let redis: RedisClient;
  let other: RedisClient;

  before(async () => {
    server = await startRedis(cleanup);
    redis = (await connectTestRedis(cleanup, server.url)).client;
    other = (await connectTestRedis(cleanup, server.url)).client;
  });

  test('equal requests at two instances at once are one execution and equal answers', async () => {
    lastKey++;
    const bank = service();
    const gate = Promise.withResolvers<void>();
    bank.gate = gate.promise;
    const [a, b] = [instanceOn(redis), instanceOn(other)];
    const running = Array.from({ length: 20 }, (_, index) => (index % 2 ? a : b).run(request(), bank.pay));
    await bank.arrived.promise;
    gate.resolve();
    for (const outcome of await Promise.all(running))
      assert.deepEqual(outcome.state === 'definite' && outcome.answer, { id: 'pay_1' });
    assert.equal(bank.calls, 1);
  });

  test('other input is a conflict at another instance, too', async () => {
    lastKey++;
    const bank = service();
    await instanceOn(redis).run(request(), bank.pay);
    assert.deepEqual(await instanceOn(other).run(request({ input: {} }), bank.pay), { state: 'conflict' });
  });

  test('who waits at another instance learns that the end is unknown, and does not try on its own', async () => {
    lastKey++;
    const bank = service();
    const gate = Promise.withResolvers<void>();
    const lost = async (): Promise<Executed<{ id: string }>> => {
      bank.arrived.resolve();
      await gate.promise;
      return { definite: false };
    };
    const first = instanceOn(redis).run(request(), lost);
    await bank.arrived.promise;
    const { client, ran } = countingRedis(other);
    const second = instanceOn(client).run(request(), bank.pay);
    await waitFor(() => ran('idempotency-claim') > 1, { what: 'the second to have seen the first at work' });
    gate.resolve();
    assert.deepEqual(await Promise.all([first, second]), [{ state: 'unknown' }, { state: 'unknown' }]);
    assert.equal(bank.calls, 0);
    assert.deepEqual(await instanceOn(other).run(request(), bank.pay), paid('pay_1', false));
  });

  test('an execution longer than its lease is not given up while its instance lives', async () => {
    lastKey++;
    const bank = service();
    const gate = Promise.withResolvers<void>();
    bank.gate = gate.promise;
    const { client, ran } = countingRedis(redis);
    const first = instanceOn(client, { leaseMs: 200 }).run(request(), bank.pay);
    await bank.arrived.promise;
    const second = instanceOn(other, { leaseMs: 200 }).run(request(), bank.pay);
    await waitFor(() => ran('idempotency-renew') > 6, { what: 'two leases to pass' });
    gate.resolve();
    assert.deepEqual(await Promise.all([first, second]), [paid('pay_1', false), paid('pay_1', true)]);
    assert.equal(bank.calls, 1);
  });

  test('who lost its lease cannot end what another has taken over', async () => {
    lastKey++;
    const [stalledBank, bank] = [service(), service()];
    const [stall, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    bank.gate = gate.promise;
    const stalled = instanceOn(redis, { leaseMs: 30_000 }).run(request(), async () => {
      stalledBank.arrived.resolve();
      await stall.promise;
      return { definite: false };
    });
    await stalledBank.arrived.promise;
    for (const key of (await server.cli('keys', 'facet:idempotency:*')).split('\n'))
      if (await server.cli('hget', key, 'holder')) await server.cli('hset', key, 'until', '0');
    const second = instanceOn(other).run(request(), bank.pay);
    await bank.arrived.promise;
    stall.resolve();
    assert.deepEqual(await stalled, { state: 'unknown' });
    const { client, ran } = countingRedis(other);
    const third = instanceOn(client).run(request(), bank.pay);
    await waitFor(() => ran('idempotency-claim') > 1, { what: 'the third to wait' });
    gate.resolve();
    assert.deepEqual(await Promise.all([second, third]), [paid('pay_1', false), paid('pay_1', true)]);
    assert.equal(bank.calls, 1);
  });

  test('an execution knows whether an earlier one may have had its effect', async () => {
    const told: boolean[] = [];
    const note = (executed: Executed<string>) => (_: string, uncertain: boolean) => {
      told.push(uncertain);
      return Promise.resolve(executed);
    };
    const refuse = () => Promise.reject(new Error('not sent'));
    const definite = { definite: true, answer: 'x' } as const;
    lastKey++;
    await assert.rejects(instanceOn(redis).run(request(), refuse));
    await instanceOn(other).run(request(), note({ definite: false }));
    await assert.rejects(instanceOn(redis).run(request(), refuse));
    await instanceOn(redis).run(request(), note(definite));
    assert.deepEqual(told, [false, true]);
    lastKey++;
    const holder = instanceOn(redis, { leaseMs: 30_000 });
    const stuck = Promise.withResolvers<Executed<string>>();
    const arrived = Promise.withResolvers<void>();
    const first = holder.run(request(), () => {
      arrived.resolve();
      return stuck.promise;
    });
    await arrived.promise;
    for (const key of (await server.cli('keys', 'facet:idempotency:*')).split('\n'))
      if (await server.cli('hget', key, 'holder')) await server.cli('hset', key, 'until', '0');
    await instanceOn(other).run(request(), note(definite));
    stuck.resolve(definite);
    await first;
    assert.deepEqual(told, [false, true, true], 'after a holder that was given up');
    lastKey++;
    await server.kill();
    await instanceOn(redis).run(request(), note(definite));
    assert.deepEqual(told, [false, true, true, true], 'where nobody can be asked');
    await server.restart();
    await waitFor(() => redis.available && other.available, { what: 'Redis to be back' });
  });

  test('with Redis lost the same upstream key goes out from every instance', async () => {
    lastKey++;
    const bank = service();
    await server.kill();
    const outcomes = [];
    for (const instance of [instanceOn(redis), instanceOn(other)]) {
      const startedAt = performance.now();
      outcomes.push(await instance.run(request(), bank.pay));
      assert.ok(performance.now() - startedAt < within(200));
    }
    assert.deepEqual(outcomes, [paid('pay_1', false), paid('pay_1', false)]);
    assert.equal(bank.charges.size, 1);
    await server.restart();
    await waitFor(() => redis.available && other.available, { what: 'Redis to be back' });
  });

  test('an answer that came while Redis was lost is shared once it is back', async () => {
    lastKey++;
    const bank = service();
    await server.kill();
    await waitFor(() => !redis.available && !other.available, { what: 'Redis to be lost' });
    const gate = Promise.withResolvers<void>();
    bank.gate = gate.promise;
    const first = instanceOn(redis).run(request(), bank.pay);
    await bank.arrived.promise;
    await server.restart();
    await waitFor(() => redis.available && other.available, { what: 'Redis to be back' });
    gate.resolve();
    await first;
    assert.deepEqual(await instanceOn(other).run(request(), bank.pay), paid('pay_1', true));
    assert.equal(bank.calls, 1);
  });

  test('neither input nor caller can be read off Redis, and every record ends after at least a day', async () => {
    lastKey++;
    await instanceOn(redis).run(request({ input: { orderId: 'ord_secret' } }), service().pay);
    for (const key of (await server.cli('keys', 'facet:idempotency:*')).split('\n')) {
      assert.doesNotMatch(key + (await server.cli('hgetall', key)), /usr_ann|ord_secret|id\.test/);
      const ttlMs = Number(await server.cli('pttl', key));
      assert.ok(ttlMs > 86_300_000 && ttlMs <= 86_400_000);
    }
  });
});
