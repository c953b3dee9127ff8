import type { Journey, Span } from './journey.ts';

/** What one look over a journey's spans tells. */
export interface JourneyFacts {
  /** Milliseconds in which at least one service was waited for, overlaps counted once. The rest of a request is the gateway's own time. */
  readonly upstreamMs: number;
  readonly retries: number;
  /** Calls that found another request's flight to wait for. */
  readonly joined: number;
  readonly cacheHits: number;
  readonly staleHits: number;
  /** Routes whose breaker refused an attempt. */
  readonly refusedByBreaker: readonly string[];
  readonly attempts: readonly Span[];
}

const none: readonly never[] = [];

export function journeyFacts({ spans }: Journey): JourneyFacts {
  let [retries, joined, cacheHits, staleHits] = [0, 0, 0, 0];
  const waits: Span[] = [];
  const attempts: Span[] = [];
  let refusedByBreaker: string[] | undefined;
  for (const span of spans) {
    const { kind, outcome } = span;
    if (kind === 'attempt') attempts.push(span);
    if (kind === 'attempt' || kind === 'retry' || kind === 'flight') waits.push(span);
    if (kind === 'retry') retries++;
    else if (kind === 'flight') joined++;
    else if (kind === 'cache' && outcome === 'stale') staleHits++;
    else if (kind === 'cache') cacheHits++;
    else if (kind === 'breaker') (refusedByBreaker ??= []).push(span.name);
  }
  return {
    upstreamMs: coveredMs(waits),
    retries,
    joined,
    cacheHits,
    staleHits,
    refusedByBreaker: refusedByBreaker ?? none,
    attempts,
  };
}

/** Length of the union of spans. */
function coveredMs(spans: Span[]): number {
  spans.sort((left, right) => left.startedAt - right.startedAt);
  let [covered, until] = [0, -Infinity];
  for (const { startedAt, endedAt } of spans) {
    if (endedAt <= until) continue;
    covered += endedAt - Math.max(startedAt, until);
    until = endedAt;
  }
  return covered;
}
