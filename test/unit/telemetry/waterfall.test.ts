import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JourneyRecord } from '../../../src/telemetry/journey-record.ts';
import { waterfall } from '../../../src/telemetry/waterfall.ts';

const record: JourneyRecord = {
  correlationId: 'b8f1a0de-8f0b-4c53-9c0e-0b6f5a3c2d11',
  startedAt: '2026-11-21T10:00:00.000Z',
  process: 'desk',
  client: 'facet-test',
  clientVersion: '1.0.0',
  operation: 'OrderDetail',
  outcome: 'partial',
  status: 200,
  codes: ['UPSTREAM_TIMEOUT'],
  ms: 100,
  upstreamMs: 80,
  overheadMs: 20,
  bytes: 700,
  cost: 12,
  calls: 2,
  retries: 1,
  omitted: 3,
  spans: [
    { kind: 'stage', name: 'execute', startMs: 10, ms: 90, outcome: 'ok' },
    { kind: 'call', name: 'orders.getOrder', startMs: 12, ms: 40, outcome: 'ok' },
    {
      kind: 'attempt',
      name: 'orders.getOrder',
      startMs: 12,
      ms: 40,
      outcome: 'ok',
      detail: { status: 200, bytes: 90 },
    },
    { kind: 'breaker', name: 'payments.listPayments', startMs: 99.99, ms: 0, outcome: 'open' },
  ],
};

test('a waterfall says how it ended, whose time it was, and draws each span where it happened', () => {
  const lines = waterfall(record, 120).split('\n');
  assert.match(lines[0] as string, /partial \(UPSTREAM_TIMEOUT\)/);
  assert.match(lines[2] as string, /100 ms: 80 ms waiting for services, 20 ms own; 2 calls, 1 retries/);
  const [stage, call, attempt, breaker] = lines.slice(4) as [string, string, string, string];
  assert.match(stage, /^execute +│ +█+│ +90\.0 ms ok$/);
  assert.match(call, /^ {4}call orders\.getOrder/);
  assert.match(attempt, /^ {6}attempt orders\.getOrder .* ok status=200 bytes=90$/);
  assert.match(breaker, /·│ +0\.0 ms open$/);
  assert.ok(lines.includes('… and 3 more'));
  const bars = lines.filter((line) => line.includes('│')).map((line) => line.split('│')[1]?.length);
  assert.equal(new Set(bars).size, 1, 'all bars are of one width');
});

test('bars shrink with the terminal, never to nothing, and never leave it', () => {
  for (const columns of [20, 80, 300])
    for (const line of waterfall(record, columns)
      .split('\n')
      .filter((each) => each.includes('│'))) {
      const bar = line.split('│')[1] ?? '';
      assert.ok(bar.length >= 12 && bar.length <= 60);
      assert.match(bar, /[█·]/);
    }
});
