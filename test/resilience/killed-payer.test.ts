import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { startProcess, waitFor } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { within } from '../support/within.ts';

const payer = join(import.meta.dirname, '../support/paying-process.ts');

test('a gateway that is killed between the charge and its own answer gives the one true result on retry', async (t) => {
  const server = await startRedis(t);
  const charges = new Map<string, string>();
  const calls: string[] = [];
  let silent = true;
  // A bank with a store of its own, that charges and then, at first, never answers.
  const bank = createServer((incoming, reply) => {
    const key = String(incoming.headers['idempotency-key']);
    calls.push(key);
    if (!charges.has(key)) charges.set(key, `pay_${charges.size + 1}`);
    if (!silent) reply.setHeader('content-type', 'application/json').end(JSON.stringify({ id: charges.get(key) }));
  });
  bank.listen(0, '127.0.0.1');
  await once(bank, 'listening');
  t.after(() => void bank.close().closeAllConnections());
  const url = `http://127.0.0.1:${(bank.address() as AddressInfo).port}`;
  const args = [server.url, url, 'client-key-1'];

  const first = await startProcess(t, payer, { args });
  await waitFor(() => charges.size === 1, { what: 'the charge' });
  await first.kill('SIGKILL');
  assert.doesNotMatch(first.output(), /outcome/);

  silent = false;
  const startedAt = performance.now();
  const retries = await Promise.all([1, 2].map(() => startProcess(t, payer, { args, readyPattern: /outcome (.*)/ })));
  for (const { ready } of retries) {
    const outcome = JSON.parse(ready[1] ?? '') as { state: string; answer: unknown };
    assert.equal(outcome.state, 'definite');
    assert.deepEqual(outcome.answer, { id: 'pay_1' });
  }
  assert.ok(performance.now() - startedAt < within(8_000));
  assert.equal(charges.size, 1);
  assert.equal(new Set(calls).size, 1, 'one upstream key');
  assert.equal(calls.length, 2, 'of two retries at once one was executed');
});
