import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxOverrideMs, parseOverride } from '../../../src/rate-limit/override-store.ts';

const good = {
  consumer: 'key:abc',
  action: 'throttle',
  requestsPerMinute: 5,
  actor: 'ada',
  reason: 'too eager',
  since: 1_000,
  until: 2_000,
};

test('a decision survives its way through Redis', () => {
  assert.deepEqual(parseOverride(JSON.stringify(good)), good);
});

for (const [name, change] of Object.entries({
  'lasts longer than 24 hours': { until: good.since + maxOverrideMs + 1 },
  'ends before it begins': { until: 999 },
  'has no actor': { actor: undefined },
  'has a reason that is no text': { reason: { toString: 'x' } },
  'does something unknown': { action: 'forgive' },
  'has no whole limit': { requestsPerMinute: 1.5 },
  'has a limit below zero': { requestsPerMinute: -1 },
  'has an end that is no number': { until: '2000' },
})) {
  test(`a record that ${name} is not there`, () => {
    assert.equal(parseOverride(JSON.stringify({ ...good, ...change })), undefined);
  });
}

test('nor is one that is no record at all', () => {
  for (const text of ['', '{', 'null', '[]', '7', undefined, 7, `"${'x'.repeat(5_000)}"`])
    assert.equal(parseOverride(text), undefined);
});
