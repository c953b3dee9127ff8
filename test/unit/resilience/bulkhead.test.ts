import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bulkhead, BulkheadFull } from '../../../src/resilience/bulkhead.ts';

const options = { maxInFlight: 1, maxQueued: 2, queueTimeoutMs: 20 };

test('places are given in the order of asking', async () => {
  const places = new Bulkhead(options);
  await places.enter();
  const order: string[] = [];
  const waiting = ['first', 'second'].map((name) => places.enter().then(() => order.push(name)));
  assert.equal(places.queued, 2);
  places.leave();
  await waiting[0];
  assert.deepEqual(order, ['first']);
  places.leave();
  await waiting[1];
  assert.deepEqual(order, ['first', 'second']);
  places.leave();
  assert.equal(places.inFlight, 0);
});

test('a full queue refuses at once', async () => {
  const places = new Bulkhead({ ...options, maxQueued: 0 });
  await places.enter();
  await assert.rejects(places.enter(), (error: BulkheadFull) => error instanceof BulkheadFull && !error.waited);
});

test('a wait that is too long is refused, and its place in the queue is free again', async () => {
  const places = new Bulkhead({ ...options, maxQueued: 1 });
  await places.enter();
  await assert.rejects(places.enter(), (error: BulkheadFull) => error.waited);
  assert.equal(places.queued, 0);
  const next = places.enter();
  places.leave();
  await next;
});

test('who gives up waiting is passed over', async () => {
  const places = new Bulkhead(options);
  await places.enter();
  const gone = new AbortController();
  const first = assert.rejects(places.enter(gone.signal), { message: 'gone' });
  const second = places.enter();
  gone.abort(new Error('gone'));
  await first;
  places.leave();
  await second;
  assert.equal(places.inFlight, 1);
});

test('who has given up already does not wait', async () => {
  const places = new Bulkhead(options);
  await places.enter();
  await assert.rejects(places.enter(AbortSignal.abort(new Error('gone'))), { message: 'gone' });
  assert.equal(places.queued, 0);
});
