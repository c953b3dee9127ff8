import type { Logger } from '../telemetry/logger.ts';
import type { Journey } from '../telemetry/journey.ts';
import type { ClientInfo } from './client.ts';
import type { Deadline } from './deadline.ts';
import type { DroppedPart, Reuse } from './freshness.ts';
import type { Principal } from './principal.ts';

/** Why and since when a reply is old; kept beside the value until the answer is written. */
export interface StaleReply {
  readonly service: string;
  readonly ageSeconds: number;
  readonly reason: 'revalidating' | 'upstream_error' | 'breaker_open' | 'deadline';
}

/** What the parts of one answer report on their way: written by the upstream stack, read by the respond stage. */
export interface AnswerReport {
  /** Replies that were served stale, in the order they came. */
  readonly stale: StaleReply[];
  readonly dropped: DroppedPart[];
  /** Upstream calls started for this request; the fan-out bound counts these. */
  calls: number;
  /** The most calls this request may start; written by prepare from the operation's bound. */
  maxCalls: number;
  /** Waves of dependent calls that the operation plans; 1 when unknown. Written by prepare; splits the deadline. */
  plannedWaves: number;
  /** The highest wave of which a call has ended: the next call belongs to the wave after it. */
  finishedWaves: number;
  /** How long and for whom the answer may be kept: lowered by every part. */
  readonly reuse: Reuse;
  /** Ids of other people whose records this caller saw, by their role: one audit line at the end names them. */
  readonly accessed: Set<string>;
}

export function newAnswerReport(): AnswerReport {
  return {
    stale: [],
    dropped: [],
    calls: 0,
    maxCalls: Infinity,
    plannedWaves: 1,
    finishedWaves: 0,
    reuse: { maxAgeSeconds: Infinity, scope: 'public', tags: new Set() },
    accessed: new Set(),
  };
}

/**
 * The slice of a request that the way out needs: who asks, until when, and where to write down what happened.
 * Resolvers' contexts have it; the upstream stack takes nothing more.
 */
export interface CallContext {
  /** UUID v4, sent on as `X-Correlation-ID`. */
  readonly correlationId: string;
  /** W3C `traceparent` for the upstream attempts. */
  readonly traceparent: string | undefined;
  readonly principal: Principal;
  readonly client: ClientInfo;
  readonly deadline: Deadline;
  /** Aborts when the client goes away. Reads stop; writes already sent are left to finish. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly journey: Journey;
  readonly report: AnswerReport;
}
