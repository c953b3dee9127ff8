import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signWebhook } from '../../src/lib/standard-webhook.ts';
import { suiteCleanup, waitFor } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { serviceCredentials, startServices } from '../support/reference-services.ts';
import { type ScreenWorld, startScreenWorld } from '../support/screen-world.ts';

const secret = serviceCredentials.webhookSecret;
const profile = 'query Me { viewer { id displayName } }';

describe('what services tell a gateway of their changes', () => {
  const cleanup = suiteCleanup(after);
  let one: ScreenWorld;
  let two: ScreenWorld;
  let lastId = 0;

  before(async () => {
    const services = await startServices(cleanup);
    const redis = await startRedis(cleanup);
    const options = {
      services,
      upstream: { webhookSecret: secret, cache: { freshSeconds: 600 } },
      config: { redis: { url: redis.url }, cache: { maxAnswerSeconds: 0 } },
    };
    [one, two] = await Promise.all([
      startScreenWorld(cleanup, 'web', options),
      startScreenWorld(cleanup, 'web', options),
    ]);
  });

  const send = async (
    service: string,
    message: unknown,
    change: { id?: string; ageSeconds?: number; secret?: string; type?: string } = {},
  ): Promise<number> => {
    const id = change.id ?? `msg_${++lastId}`;
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    const timestamp = String(Math.floor(Date.now() / 1000) - (change.ageSeconds ?? 0));
    const { status } = await fetch(`${one.gateway.adminUrl}/webhooks/${service}`, {
      method: 'POST',
      headers: {
        'content-type': change.type ?? 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signWebhook(change.secret ?? secret, id, timestamp, Buffer.from(body)),
      },
      body,
    });
    return status;
  };
  const updated = (id: string, status = 'active', version = 1_000) => ({
    type: 'user.updated',
    timestamp: '2026-11-21T12:00:00Z',
    data: { id, status, version },
  });
  const reads = async (world: ScreenWorld): Promise<number> => {
    const already = world.watch.calls.length;
    await world.ask(profile);
    return world.watch.calls.length - already;
  };

  test('an event makes records old on every instance, within a second', async () => {
    await reads(one);
    await reads(two);
    assert.equal((await reads(one)) + (await reads(two)), 0);
    assert.equal(await send('users', updated('usr_customer01')), 204);
    assert.equal(await reads(one), 1);
    await reads(two);
    await send('users', updated('usr_customer01'));
    await waitFor(async () => (await reads(two)) === 1, { what: 'the second instance to ask again', timeoutMs: 1_000 });
  });

  test('a message is taken once', async () => {
    await send('users', updated('usr_customer01'), { id: 'msg_same' });
    await reads(one);
    assert.equal(await send('users', updated('usr_customer01'), { id: 'msg_same' }), 204);
    assert.equal(await reads(one), 0);
  });

  test('a closed account is refused at once, on every instance, until it is open again; late events change nothing', async () => {
    const as = { as: 'new-customer' } as const;
    const status = async (world: ScreenWorld) => (await world.ask(profile, {}, as)).status;
    assert.equal(await status(two), 200);
    await send('users', updated('usr_newcustomer01', 'suspended', 2_000));
    assert.equal(await status(one), 403);
    await waitFor(async () => (await status(two)) === 403, { what: 'the second instance to refuse', timeoutMs: 1_000 });
    await send('users', updated('usr_newcustomer01', 'active', 1_999));
    assert.equal(await status(one), 403);
    await send('users', updated('usr_newcustomer01', 'active', 2_001));
    assert.equal(await status(one), 200);
    await waitFor(async () => (await status(two)) === 200, { what: 'the second instance to let in', timeoutMs: 1_000 });
  });

  test('what is not genuine, not of now or not an event is refused and changes nothing', async () => {
    await reads(one);
    const event = updated('usr_customer01');
    assert.equal(await send('users', event, { secret: `whsec_${Buffer.alloc(24).toString('base64')}` }), 401);
    assert.equal(await send('users', event, { ageSeconds: 301 }), 401);
    assert.equal(await send('users', event, { ageSeconds: -301 }), 401);
    assert.equal(await send('nobody', event), 404);
    assert.equal(await send('__proto__', event), 404);
    assert.equal(await send('users', '{'), 400);
    assert.equal(await send('users', 'null'), 400);
    assert.equal(await send('users', { type: 'user.updated', data: {} }), 400);
    assert.equal(await send('orders', { ...event, type: 'order.updated' }), 400);
    assert.equal(await send('users', event, { type: 'text/plain' }), 415);
    assert.equal(await send('users', `"${'x'.repeat(70_000)}"`), 413);
    assert.equal(await reads(one), 0);
  });

  test('an event of a name that nobody knows yet is taken, and changes nothing', async () => {
    assert.equal(await send('users', { type: 'user.greeted', data: {} }), 204);
    assert.equal(await reads(one), 0);
  });
});
