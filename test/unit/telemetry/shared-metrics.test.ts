import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { type MetricSnapshot, SharedMetrics } from '../../../src/telemetry/shared-metrics.ts';

class FakeWorker {
  readonly id: number;
  readonly metrics = new Metrics();
  readonly requests = this.metrics.counter('facet_requests_total', 'Requests.', ['outcome']);
  readonly inFlight = this.metrics.gauge('facet_in_flight', 'In flight.');
  readonly times = this.metrics.histogram('facet_request_seconds', 'Times.', [], [1]);
  answers = true;

  constructor(id: number) {
    this.id = id;
  }

  async snapshot(): Promise<{ id: number; metrics: MetricSnapshot | undefined }> {
    return { id: this.id, metrics: this.answers ? await this.metrics.registry.getMetricsAsJSON() : undefined };
  }
}

function shared(workers: FakeWorker[]): () => Promise<(name: string) => number | undefined> {
  const all = new SharedMetrics(new Metrics(), () => Promise.all(workers.map((worker) => worker.snapshot())));
  return async () => {
    const { text } = await all.read();
    return (name) => {
      const line = text.split('\n').find((each) => each.startsWith(`${name} `) || each.startsWith(`${name}{`));
      return line === undefined ? undefined : Number(line.split(' ').at(-1));
    };
  };
}

test('counters, gauges and histograms of all workers are added up', async () => {
  const [one, two] = [new FakeWorker(1), new FakeWorker(2)];
  one.requests.inc({ outcome: 'complete' }, 3);
  two.requests.inc({ outcome: 'complete' }, 4);
  one.inFlight.set(1);
  two.inFlight.set(2);
  two.times.observe(0.5);
  const value = await shared([one, two])();
  assert.deepEqual(
    [value('facet_requests_total'), value('facet_in_flight'), value('facet_request_seconds_count')],
    [7, 3, 1],
  );
});

test('a worker that is silent costs its gauges, never its counts, and is counted', async () => {
  const [one, two] = [new FakeWorker(1), new FakeWorker(2)];
  const read = shared([one, two]);
  two.requests.inc({ outcome: 'complete' }, 4);
  two.inFlight.set(2);
  assert.equal((await read())('facet_workers_silent'), 0);
  two.answers = false;
  const value = await read();
  assert.deepEqual([value('facet_requests_total'), value('facet_in_flight'), value('facet_workers_silent')], [4, 0, 1]);
});

test('what an ended worker had counted stays in the sum once, whoever follows it', async () => {
  const workers = [new FakeWorker(1), new FakeWorker(2)];
  const read = shared(workers);
  for (const worker of workers) {
    worker.requests.inc({ outcome: 'complete' }, 10);
    worker.times.observe(0.5);
  }
  assert.equal((await read())('facet_requests_total'), 20);
  workers[1] = new FakeWorker(3);
  assert.equal((await read())('facet_requests_total'), 20);
  workers[1].requests.inc({ outcome: 'complete' });
  workers[0] = new FakeWorker(4);
  const value = await read();
  assert.deepEqual([value('facet_requests_total'), value('facet_request_seconds_count')], [21, 2]);
});
