import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../../bench/measure.ts';
import { report } from '../../../bench/report.ts';

const row = (workload: string, subject: string, cpuMicrosPerRequest: number, round = 1): Row => ({
  workload,
  subject,
  cpuMicrosPerRequest,
  requestsPerSecond: 1_000,
  p50Ms: 1,
  p99Ms: 2,
  rssMb: 100,
  round,
});

const head = {
  rounds: 3,
  secondsPerCell: 1,
  loadTool: 'wrk',
  nodeVersion: 'v24',
  baselines: ['hand-written', 'facet'],
  notRun: ['tailcall (no binary)'],
};

const cells = (text: string, subject: string): string[] =>
  (text.split('\n').find((line) => line.startsWith(`| ${subject} |`)) ?? '').split('|').map((cell) => cell.trim());

test('a subject is related to the hand-written one by the medians of its rounds, whose spread is told', () => {
  const rows = [
    ...[100, 102, 500].map((cpu, index) => row('dashboard', 'hand-written', cpu, index + 1)),
    ...[200, 204, 208].map((cpu, index) => row('dashboard', 'facet', cpu, index + 1)),
  ];
  const [, , ratio, cpu] = cells(report(rows, head), 'facet');
  assert.equal(ratio, '2.00');
  assert.equal(cpu, '204 ± 1 %');
});

test('where nobody hand-wrote it the whole gateway is what others are related to', () => {
  const text = report(
    [row('dashboard-protections', 'facet', 200), row('dashboard-protections', 'without metrics', 190)],
    head,
  );
  assert.match(text, /ratio to facet/);
  assert.equal(cells(text, 'without metrics')[2], '0.95');
});

test('a subject alone is related to nobody, and who did not take part is named with the reason', () => {
  const text = report([row('pay-order', 'facet', 600)], head);
  assert.equal(cells(text, 'facet')[2], '');
  assert.match(text, /Not run: tailcall \(no binary\)\./);
});
