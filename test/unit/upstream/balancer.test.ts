import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseInstance } from '../../../src/upstream/balancer.ts';
import type { Instance } from '../../../src/upstream/instances.ts';

interface Given {
  readonly load?: number;
  readonly weight?: number;
  readonly admits?: boolean;
  readonly retryAfterMs?: number;
}

function instance(name: string, { load = 0, weight = 100, admits = true, retryAfterMs = 0 }: Given = {}): Instance {
  const breakers = new Map([['get', { admits, retryAfterMs }]]);
  return { name, load, weight, breakers } as unknown as Instance;
}

const choose = (instances: Instance[], tried: Instance[] = [], random = 0): string | undefined =>
  chooseInstance(instances, 'get', tried, () => random)?.name;

test('nobody is nobody, and one is one whatever its state', () => {
  assert.equal(choose([]), undefined);
  assert.equal(choose([instance('a', { admits: false })]), 'a');
});

test('the least loaded wins, equals are drawn', () => {
  const instances = [instance('a', { load: 3 }), instance('b', { load: 1 }), instance('c', { load: 1 })];
  assert.equal(choose(instances, [], 0), 'b');
  assert.equal(choose(instances, [], 0.99), 'c');
});

test('an open circuit leaves an instance out, for its own route only', () => {
  const instances = [instance('a', { admits: false }), instance('b', { load: 9 })];
  assert.equal(choose(instances), 'b');
  assert.equal(chooseInstance(instances, 'other', [], () => 0)?.name, 'a');
});

test('with every circuit open, the one that opens its door first is asked to refuse', () => {
  const shut = { admits: false };
  const instances = [instance('a', { ...shut, retryAfterMs: 900 }), instance('b', { ...shut, retryAfterMs: 200 })];
  assert.equal(choose(instances), 'b');
});

test('who was tried is taken only when there is nobody else', () => {
  const [a, b] = [instance('a'), instance('b', { load: 9 })];
  assert.equal(choose([a, b], [a]), 'b');
  assert.equal(choose([a, b], [a, b]), 'a');
});

test('weights share the traffic exactly, at any load', () => {
  const instances = [instance('stable', { weight: 95, load: 50 }), instance('canary', { weight: 5, load: 0 })];
  assert.equal(choose(instances, [], 0.949), 'stable');
  assert.equal(choose(instances, [], 0.951), 'canary');
});
