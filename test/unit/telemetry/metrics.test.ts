import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Counter as TheirCounter, Histogram as TheirHistogram, Registry } from 'prom-client';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { randomNumbers } from '../../support/random-numbers.ts';

/** prom-client's own, declared and used alike: what is shown must be the same. */
function bothWays() {
  const ours = new Metrics();
  const theirs = new Registry();
  const registers = [theirs];
  const labelNames = ['client', 'outcome'] as const;
  const buckets = [0.1, 1, 5];
  return {
    counters: [
      ours.counter('done_total', 'What was done.', labelNames),
      new TheirCounter({ name: 'done_total', help: 'What was done.', labelNames, registers }),
    ],
    plain: [ours.counter('all_total', 'All.'), new TheirCounter({ name: 'all_total', help: 'All.', registers })],
    times: [
      ours.histogram('time_seconds', 'How long.', labelNames, buckets),
      new TheirHistogram({ name: 'time_seconds', help: 'How long.', labelNames, buckets, registers }),
    ],
    plainTimes: [
      ours.histogram('own_seconds', 'Own part.', [], buckets),
      new TheirHistogram({ name: 'own_seconds', help: 'Own part.', buckets, registers }),
    ],
    shown: async () => [await ours.expose(), await theirs.metrics()],
    json: async () => [await ours.registry.getMetricsAsJSON(), await theirs.getMetricsAsJSON()],
  } as const;
}

test('counters and histograms show what those of prom-client show, bound or not', async () => {
  const { counters, plain, times, plainTimes, shown, json } = bothWays();
  const assertAlike = async () => {
    const [ours, theirs] = await shown();
    assert.equal(ours, theirs);
    const [own, other] = await json();
    const sorted = (values: unknown) => JSON.stringify(values, (_key, value: unknown) => value ?? undefined);
    for (const [index, metric] of (own ?? []).entries())
      assert.deepEqual(JSON.parse(sorted(metric)), JSON.parse(sorted(other?.[index])));
  };
  await assertAlike();
  for (const counter of counters) counter.labels('held, not counted', 'ok');
  for (const histogram of times) histogram.labels({ client: 'held', outcome: 'not observed' });
  await assertAlike();
  const random = randomNumbers(3);
  for (let step = 0; step < 200; step++) {
    const labels = { client: `c${Math.floor(random() * 3)}`, outcome: random() < 0.5 ? 'ok' : 'not "ok"\n' };
    const value = [0, 0.1, 0.10001, 1, 5, 5.1, random() * 7][step % 7] ?? 0;
    for (const counter of counters) {
      if (step % 2) counter.inc(labels);
      else counter.labels(labels.client, labels.outcome).inc(value);
    }
    for (const counter of plain) counter.inc(step % 3 === 0 ? undefined : value);
    for (const histogram of times) {
      if (step % 2) histogram.observe(labels, value);
      else histogram.labels(labels).observe(value);
    }
    for (const histogram of plainTimes) histogram.observe(value);
  }
  await assertAlike();
});

test('a counter does not fall, and nothing counts or observes what is no number', () => {
  const metrics = new Metrics();
  const counter = metrics.counter('a_total', 'A.');
  const histogram = metrics.histogram('b_seconds', 'B.', [], [1]);
  for (const value of [-1, Number.NaN, Infinity]) assert.throws(() => counter.inc(value), RangeError);
  for (const value of [Number.NaN, Infinity]) assert.throws(() => histogram.observe(value), RangeError);
});

test('a metric that is declared again is the one that is there', async () => {
  const metrics = new Metrics();
  metrics.counter('a_total', 'A.').inc();
  metrics.counter('a_total', 'A.').inc();
  assert.match(await metrics.expose(), /a_total 2\n/);
});
