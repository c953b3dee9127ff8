import { journeyFacts } from '../telemetry/journey-facts.ts';
import { recordedSpans } from '../telemetry/journey-record.ts';
import { type Answer, type PlannedOperation, withExtension } from './pipeline.ts';

/**
 * What one's own request cost, for a caller that sends `extensions: {"explain": true}`: the spans up to here and the bounds it ran under.
 * Offered in demo mode only: it names routes and instances.
 */
export function explain({ params, prepared, journey, report, startedAt }: PlannedOperation, answer: Answer): Answer {
  if (params.extensions?.['explain'] !== true) return answer;
  journey.leave('ok');
  const { upstreamMs, retries, cacheHits, staleHits } = journeyFacts(journey);
  const explained = {
    documentId: prepared.documentId,
    registered: prepared.registered,
    upstreamCalls: report.calls,
    maxUpstreamCalls: prepared.upstreamCalls,
    upstreamMs,
    retries,
    cacheHits,
    staleHits,
    spans: recordedSpans(journey.spans, startedAt),
  };
  return withExtension(answer, { explain: explained });
}
