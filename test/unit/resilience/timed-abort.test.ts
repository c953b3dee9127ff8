import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import { test } from 'node:test';
import { systemClock } from '../../../src/lib/clock.ts';
import { TimedAbort } from '../../../src/resilience/timed-abort.ts';
import { within } from '../../support/within.ts';

const late = () => new Error('late');

test('it aborts at its time, with the reason it was given', async () => {
  const startedAt = performance.now();
  const { signal } = new TimedAbort(systemClock, 30, late);
  await once(signal, 'abort');
  const took = performance.now() - startedAt;
  assert.ok(took >= 29 && took < within(80), `${took}`);
  assert.equal((signal.reason as Error).message, 'late');
});

test('it passes on what its parent says, also when that was said before', () => {
  const parent = new AbortController();
  const running = new TimedAbort(systemClock, 10_000, late, parent.signal);
  parent.abort(new Error('parent'));
  assert.equal((running.signal.reason as Error).message, 'parent');
  const after = new TimedAbort(systemClock, 10_000, late, parent.signal);
  assert.equal(after.signal.aborted, true);
});

test('once ended it stays as it is', async () => {
  const parent = new AbortController();
  const abort = new TimedAbort(systemClock, 5, late, parent.signal);
  abort.end();
  parent.abort();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(abort.signal.aborted, false);
});

test('after a stall of our own loop, an answer that has arrived meanwhile is read before time is called', async () => {
  const server = createServer((socket) => void socket.end('answer'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const abort = new TimedAbort(systemClock, 20, late);
  const first = Promise.race([
    once(socket, 'data').then(() => 'answer'),
    once(abort.signal, 'abort').then(() => 'time-out'),
  ]);
  const until = performance.now() + 200;
  while (performance.now() < until);
  assert.equal(await first, 'answer');
  abort.end();
  socket.destroy();
  server.close();
});
