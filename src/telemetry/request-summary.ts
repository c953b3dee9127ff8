import type { JourneyFacts } from './journey-facts.ts';
import type { Journey } from './journey.ts';

/**
 * How a request ended, for whoever judges the gateway by its answers and not by its status codes:
 *
 * | outcome | meaning |
 * |---|---|
 * | `complete` | all that was asked for, fresh |
 * | `stale` | all that was asked for, some of it old because a service failed |
 * | `partial` | data, but a part of it is missing because something failed |
 * | `failed` | no data, because something failed |
 * | `refused` | the caller was told no, or made a mistake |
 * | `aborted` | the caller went away |
 */
export const requestOutcomes = ['complete', 'stale', 'partial', 'failed', 'refused', 'aborted'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** One finished request, as metrics, journeys and traces see it. Nothing in it is free text of a caller's. */
export interface RequestSummary {
  readonly correlationId: string;
  readonly traceparent: string | undefined;
  /** A configured client's name, or `unknown`: bounded. */
  readonly client: string;
  readonly clientVersion: string;
  /** A registered operation's name, `other`, or `none` when no operation was found: bounded. */
  readonly operation: string;
  readonly documentId: string | undefined;
  readonly outcome: RequestOutcome;
  readonly status: number;
  /** Distinct error codes in the answer. */
  readonly codes: readonly string[];
  readonly bytes: number;
  readonly cost: number;
  /** Calls started to services. */
  readonly calls: number;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly facts: JourneyFacts;
  readonly journey: Journey;
}
