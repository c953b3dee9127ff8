import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Metrics } from '../../../src/telemetry/metrics.ts';
import { RequestMetrics } from '../../../src/telemetry/request-metrics.ts';
import { requestSummary } from '../../support/request-summary.ts';

async function counted(...summaries: ReturnType<typeof requestSummary>[]): Promise<string> {
  const metrics = new Metrics();
  const requests = new RequestMetrics(metrics);
  for (const summary of summaries) requests.count(summary);
  return metrics.expose();
}

test('a request counts by client, operation and outcome, with its time in seconds and its cost', async () => {
  const text = await counted(requestSummary(), requestSummary({ outcome: 'partial', endedAt: 1_100 }));
  const labels = 'client="facet-test",operation="OrderDetail"';
  assert.match(text, new RegExp(`facet_requests_total{${labels},outcome="complete"} 1`));
  assert.match(text, new RegExp(`facet_requests_total{${labels},outcome="partial"} 1`));
  assert.match(text, new RegExp(`facet_request_seconds_sum{${labels}} 0\\.11`));
  assert.match(text, new RegExp(`facet_request_cost_total{${labels}} 40`));
});

test('every code of an answer counts once', async () => {
  const text = await counted(requestSummary({ outcome: 'partial', codes: ['UPSTREAM_TIMEOUT', 'FORBIDDEN'] }));
  assert.match(text, /facet_request_errors_total\{[^}]*code="UPSTREAM_TIMEOUT"\} 1/);
  assert.match(text, /facet_request_errors_total\{[^}]*code="FORBIDDEN"\} 1/);
});

test('time that services took is not the gateway’s overhead', async () => {
  const facts = { ...requestSummary().facts, upstreamMs: 90 };
  const text = await counted(requestSummary({ endedAt: 1_100, facts }));
  assert.match(text, /facet_request_overhead_seconds_sum 0\.01\n/);
});
