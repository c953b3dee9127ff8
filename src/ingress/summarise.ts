import { codes as table, isErrorCode } from '../errors/codes.ts';
import { journeyFacts } from '../telemetry/journey-facts.ts';
import type { RequestOutcome, RequestSummary } from '../telemetry/request-summary.ts';
import type { Outcome } from './access-log.ts';
import type { Exchanged } from './pipeline-types.ts';

/** A finished request in the words that the access log, metrics and journeys share. `endedAt`: monotonic milliseconds. */
export function summarise(exchange: Exchanged, outcome: Outcome, endedAt: number): RequestSummary {
  const { prepared, client, journey, report } = exchange;
  return {
    correlationId: exchange.correlationId,
    traceparent: exchange.traceparent,
    client: client?.name ?? 'unknown',
    clientVersion: client?.version ?? '',
    operation: prepared ? (prepared.registered ? prepared.name : 'other') : 'none',
    documentId: prepared?.documentId,
    outcome: outcomeOf(exchange, outcome),
    status: outcome.status,
    codes: outcome.codes,
    bytes: outcome.bytes,
    cost: exchange.cost,
    calls: report.calls,
    startedAt: exchange.startedAt,
    endedAt,
    facts: journeyFacts(journey),
    journey,
  };
}

/** What the caller did wrong or may not have is not the gateway's failure, and what failed is never the caller's fault. */
function outcomeOf({ isGone, report }: Exchanged, { codes, hasData }: Outcome): RequestOutcome {
  if (isGone) return 'aborted';
  if (codes.length === 0 && report.dropped.length > 0) return 'partial';
  if (codes.length === 0) return report.stale.length > 0 ? 'stale' : 'complete';
  if (!codes.some(isFailure)) return 'refused';
  return hasData ? 'partial' : 'failed';
}

function isFailure(code: string): boolean {
  if (!isErrorCode(code)) return true;
  const { metric, status } = table[code];
  return metric === 'upstream_failure' || metric === 'bug' || status >= 500;
}
