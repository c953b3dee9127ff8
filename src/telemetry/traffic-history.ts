import type { Clock } from '../lib/clock.ts';
import type { RequestOutcome, RequestSummary } from './request-summary.ts';

/** What one step of time had. */
export type TrafficStep = Readonly<Record<RequestOutcome, number>> & {
  /** Epoch milliseconds at which it began. */
  readonly at: number;
  /** Milliseconds: the mean and the longest of its requests, and the mean of the gateway's own part. */
  readonly meanMs: number;
  readonly longestMs: number;
  readonly meanOwnMs: number;
};

type Counts = Record<RequestOutcome, number> & { step: number; totalMs: number; longestMs: number; ownMs: number };

const stepMs = 5_000;
const steps = 60;

/**
 * The last five minutes of a process in steps of five seconds: for people who look now. Metrics are for longer. Steps begin at whole
 * multiples of five seconds of wall time, so that those of several processes can be added up.
 */
export class TrafficHistory {
  readonly #clock: Clock;
  /** Wall time at the clock's zero, taken once: a clock that is set must not move what was counted. */
  readonly #zero: number;
  readonly #first: number;
  readonly #ring: Counts[] = Array.from({ length: steps }, () => empty(-1));

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#zero = clock.now() - clock.monotonic();
    this.#first = this.#step();
  }

  count({ outcome, startedAt, endedAt, facts }: RequestSummary): void {
    const step = this.#step();
    let counts = this.#ring[step % steps] as Counts;
    if (counts.step !== step) this.#ring[step % steps] = counts = empty(step);
    const ms = endedAt - startedAt;
    counts[outcome]++;
    counts.totalMs += ms;
    counts.ownMs += Math.max(0, ms - facts.upstreamMs);
    if (ms > counts.longestMs) counts.longestMs = ms;
  }

  /** All steps up to the one that is under way, also those without a request. */
  read(): TrafficStep[] {
    const current = this.#step();
    return Array.from({ length: steps }, (_, index) => current - steps + 1 + index)
      .filter((step) => step >= this.#first)
      .map((step) => {
        const kept = this.#ring[step % steps] as Counts;
        return shown(kept.step === step ? kept : empty(step), step * stepMs);
      });
  }

  #step(): number {
    return Math.floor((this.#zero + this.#clock.monotonic()) / stepMs);
  }
}

function shown(counts: Counts, at: number): TrafficStep {
  const { complete, stale, partial, failed, refused, aborted, totalMs, longestMs, ownMs } = counts;
  const requests = complete + stale + partial + failed + refused + aborted || 1;
  return {
    at,
    complete,
    stale,
    partial,
    failed,
    refused,
    aborted,
    meanMs: tenths(totalMs / requests),
    longestMs: tenths(longestMs),
    meanOwnMs: tenths(ownMs / requests),
  };
}

function empty(step: number): Counts {
  return {
    complete: 0,
    stale: 0,
    partial: 0,
    failed: 0,
    refused: 0,
    aborted: 0,
    step,
    totalMs: 0,
    longestMs: 0,
    ownMs: 0,
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
