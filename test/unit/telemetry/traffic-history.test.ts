import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TrafficHistory } from '../../../src/telemetry/traffic-history.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { requestSummary } from '../../support/request-summary.ts';

test('five minutes are kept in steps of five seconds, quiet ones too, and what is older is gone', () => {
  const clock = new ManualClock();
  const history = new TrafficHistory(clock);
  history.count(requestSummary({ endedAt: 1_030 }));
  history.count(requestSummary({ outcome: 'partial', facts: { ...requestSummary().facts, upstreamMs: 8 } }));
  clock.advance(5_000);
  history.count(requestSummary({ outcome: 'refused' }));
  const [before, now] = history.read().slice(-2);
  assert.deepEqual(
    [before?.complete, before?.partial, before?.meanMs, before?.longestMs, before?.meanOwnMs],
    [1, 1, 20, 30, 16],
  );
  assert.deepEqual([now?.refused, now?.complete], [1, 0]);
  clock.advance(600_000);
  const later = history.read();
  assert.equal(later.length, 60);
  assert.ok(later.every(({ complete, partial, refused }) => complete + partial + refused === 0));
});
