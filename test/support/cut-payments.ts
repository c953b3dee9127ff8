import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { startFaultProxy } from './fault-proxy.ts';
import type { Cleanup } from './processes.ts';
import { randomNumbers } from './random-numbers.ts';
import { startRedis } from './redis.ts';
import { serviceCredentials, startServices } from './reference-services.ts';
import { type ScreenWorld, startScreenWorld } from './screen-world.ts';

const operation = readFileSync('schema/operations/web/1.0.0/pay-order.graphql', 'utf8');
const { input } = JSON.parse(readFileSync('schema/operations/web/1.0.0/pay-order.variables.json', 'utf8')) as {
  input: { readonly orderId: string };
};

/**
 * Pays one order with one key over rounds of connections side by side, at two processes, and none brings an answer: the payment
 * service's replies are cut in their middle, its listener is away now and then, and half of the clients hang up. Then the link is whole
 * again, and there must be one charge.
 */
export async function surviveCutPayments(cleanup: Cleanup, rounds: number, side: number): Promise<void> {
  const services = await startServices(cleanup);
  const proxy = await startFaultProxy(cleanup, services.payments.port);
  const redis = await startRedis(cleanup);
  const options = {
    services: { ...services, payments: { ...services.payments, url: proxy.url } },
    upstream: { retry: { maxDelayMs: 20 } },
    config: { redis: { url: redis.url } },
  };
  const worlds = await Promise.all([
    startScreenWorld(cleanup, 'web', options),
    startScreenWorld(cleanup, 'web', options),
  ]);
  const random = randomNumbers(21);
  const pay = async (world: ScreenWorld, signal?: AbortSignal) => {
    const { data, errors } = await world.ask(operation, { input }, signal && { signal });
    assert.deepEqual(errors, []);
    return data.payOrder;
  };
  const charges = async (): Promise<{ readonly id: string; readonly status: string }[]> => {
    const response = await fetch(`${services.payments.url}/v1/payments?order_id=${input.orderId}`, {
      headers: {
        authorization: `Bearer ${serviceCredentials.gatewayToken}`,
        'x-user-id': 'usr_support01',
        'x-user-role': 'support',
        'x-correlation-id': 'b8f1a0de-8f0b-4c53-9c0e-0b6f5a3c2d11',
      },
    });
    return ((await response.json()) as { data: { id: string; status: string }[] }).data;
  };
  const already = new Set((await charges()).map(({ id }) => id));

  let committed = false;
  for (let round = 0; round < rounds; round++) {
    await proxy.link(committed && round % 5 === 4 ? 'refuse' : 'cut');
    const answers = Array.from({ length: side }, (_, index) => {
      const leaves = committed && random() < 0.5 ? AbortSignal.timeout(Math.ceil(random() * 40)) : undefined;
      return pay(worlds[index % worlds.length] as ScreenWorld, leaves).catch((error: unknown) => {
        if (leaves?.aborted && !(error instanceof assert.AssertionError)) return undefined;
        throw error;
      });
    });
    for (const answer of await Promise.all(answers))
      // Once the service has charged, nobody may hear that nothing was sent.
      if (answer && committed) assert.equal(answer.__typename, 'OutcomeUnknownProblem', JSON.stringify(answer));
    committed ||= (await charges()).length > already.size;
  }

  assert.ok(committed);
  await proxy.link('pass');
  const results = await Promise.all(worlds.flatMap((world) => [pay(world), pay(world)]));
  for (const result of results) {
    assert.equal(result.__typename, 'PayOrderSuccess', JSON.stringify(result));
    assert.equal(result.payment.id, results[0].payment.id);
  }
  const made = (await charges()).filter(({ id }) => !already.has(id));
  assert.equal(made.length, 1, 'one charge');
  assert.equal(made[0]?.status, 'succeeded');
}
