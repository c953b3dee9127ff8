import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatencyQuantile } from '../../../src/resilience/latency-quantile.ts';

test('few samples say nothing', () => {
  const latency = new LatencyQuantile();
  for (let i = 0; i < 19; i++) latency.add(10);
  assert.equal(latency.p95, undefined);
});

test('it follows the last 128 durations', () => {
  const latency = new LatencyQuantile();
  for (let i = 1; i <= 128; i++) latency.add(i);
  assert.equal(latency.p95, 122);
  for (let i = 0; i < 128; i++) latency.add(7);
  assert.equal(latency.p95, 7);
});
