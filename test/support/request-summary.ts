import { systemClock } from '../../src/lib/clock.ts';
import { journeyFacts } from '../../src/telemetry/journey-facts.ts';
import { Journey } from '../../src/telemetry/journey.ts';
import type { RequestSummary } from '../../src/telemetry/request-summary.ts';

/** A finished request: complete and quick unless said otherwise. */
export function requestSummary(change: Partial<RequestSummary> = {}): RequestSummary {
  const journey = change.journey ?? new Journey(systemClock);
  return {
    correlationId: 'b8f1a0de-8f0b-4c53-9c0e-0b6f5a3c2d11',
    traceparent: undefined,
    client: 'facet-test',
    clientVersion: '1.0.0',
    operation: 'OrderDetail',
    documentId: 'sha256:00',
    outcome: 'complete',
    status: 200,
    codes: [],
    bytes: 512,
    cost: 20,
    calls: 3,
    startedAt: 1_000,
    endedAt: 1_010,
    facts: journeyFacts(journey),
    journey,
    ...change,
  };
}
