import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { journeyFacts } from '../../../src/telemetry/journey-facts.ts';
import { Journey, type Span } from '../../../src/telemetry/journey.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const span = (
  kind: Span['kind'],
  startedAt: number,
  endedAt: number,
  outcome = 'ok',
  name = 'orders.getOrder',
): Span => ({
  kind,
  name,
  startedAt,
  endedAt,
  outcome,
});

test('a stage lasts until the next one begins, and the last one ends with its outcome', () => {
  const clock = new ManualClock();
  const journey = new Journey(clock);
  journey.enter('authenticate');
  clock.advance(3);
  journey.enter('decode');
  clock.advance(2);
  journey.leave('BAD_REQUEST');
  journey.leave('ok');
  assert.deepEqual(
    journey.spans.map(({ name, startedAt, endedAt, outcome }) => [name, endedAt - startedAt, outcome]),
    [
      ['authenticate', 3, 'ok'],
      ['decode', 2, 'BAD_REQUEST'],
    ],
  );
});

test('work that is measured hands on its value or its error, and leaves a span for either', async () => {
  const journey = new Journey(new ManualClock());
  assert.equal(await journey.measure('redis', 'limits.charge', () => Promise.resolve(7)), 7);
  const refusal = new GatewayError('RATE_LIMITED');
  await assert.rejects(
    journey.measure('redis', 'limits.charge', () => Promise.reject(refusal)),
    refusal,
  );
  assert.deepEqual(
    journey.spans.map(({ outcome }) => outcome),
    ['ok', 'RATE_LIMITED'],
  );
});

test('one request keeps at most 256 spans and counts the rest', () => {
  const journey = new Journey(new ManualClock());
  for (let index = 0; index < 300; index++) journey.add(span('call', 0, 1));
  assert.equal(journey.spans.length, 256);
  assert.equal(journey.omitted, 44);
});

test('time in which two services are waited for counts once, and a call from the cache is no wait', () => {
  const journey = new Journey(new ManualClock());
  for (const each of [
    span('attempt', 40, 60),
    span('attempt', 0, 30, 'timeout'),
    span('retry', 30, 35, 'timeout'),
    span('attempt', 10, 20),
    span('flight', 70, 72, 'joined'),
    span('call', 0, 100),
    span('stage', 0, 100),
  ])
    journey.add(each);
  assert.equal(journeyFacts(journey).upstreamMs, 35 + 20 + 2);
});

test('retries, joined flights, cache hits and refusals of a breaker are told apart', () => {
  const journey = new Journey(new ManualClock());
  for (const each of [
    span('retry', 0, 1, 'reset'),
    span('flight', 0, 1, 'joined'),
    span('cache', 0, 0, 'hit'),
    span('cache', 0, 0, 'hit'),
    span('cache', 0, 0, 'stale'),
    span('breaker', 0, 0, 'open', 'payments.listPayments'),
  ])
    journey.add(each);
  const { retries, joined, cacheHits, staleHits, refusedByBreaker } = journeyFacts(journey);
  assert.deepEqual([retries, joined, cacheHits, staleHits], [1, 1, 2, 1]);
  assert.deepEqual(refusedByBreaker, ['payments.listPayments']);
});
