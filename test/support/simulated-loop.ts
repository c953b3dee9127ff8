import { setImmediate as turn } from 'node:timers/promises';
import type { Overload } from '../../src/ingress/overload.ts';

/** What one request costs the event loop, in milliseconds. */
export interface SimulatedWork {
  /** Turns of the loop that a request needs, one after the other, and what each costs. */
  readonly turns: number;
  readonly turnMs: number;
  readonly refusalMs: number;
  /** How long a service takes between two turns, without cost. */
  readonly serviceMs: number;
  /** The part of a core that the process has; all of it when absent. */
  readonly shareOfCore?: number;
}

export interface SimulatedTally {
  good: number;
  refused: number;
  /** The longest that a turn of the loop took: what a probe or a refusal may have to wait. */
  longestTurnMs: number;
}

const sampleMs = 50;
const shortestTurnMs = 0.1;

/**
 * An event loop without a clock: each turn takes in what has arrived, does one step of all requests whose service has answered, and lasts as
 * long as that costs. `Overload` is told of its delay as in a process.
 */
export class SimulatedLoop {
  nowMs = 0;
  readonly #overload: Overload;
  readonly #work: SimulatedWork;
  /** The requests in flight: turns left, and from when on the next may be taken. */
  #requests: { turnsLeft: number; readyAtMs: number }[] = [];
  #sampledAtMs = 0;
  #turnsMs: number[] = [];

  constructor(overload: Overload, work: SimulatedWork) {
    this.#overload = overload;
    this.#work = work;
  }

  /** Requests a second that it can do at most. */
  get capacity(): number {
    return (1_000 * this.#share) / (this.#work.turns * this.#work.turnMs);
  }

  get #share(): number {
    return this.#work.shareOfCore ?? 1;
  }

  get inFlight(): number {
    return this.#requests.length;
  }

  /** So many requests a second for so long. */
  async run(perSecond: number, seconds: number): Promise<SimulatedTally> {
    const tally: SimulatedTally = { good: 0, refused: 0, longestTurnMs: 0 };
    const startMs = this.nowMs;
    const endMs = startMs + seconds * 1_000;
    let taken = 0;
    while (this.nowMs < endMs) {
      const due = Math.floor(((this.nowMs - startMs) * perSecond) / 1_000);
      let costMs = 0;
      for (; taken < due; taken++) costMs += this.#arrive(tally);
      costMs += this.#advance(tally);
      // Those that left have their places back.
      await turn();
      this.#turn(costMs / this.#share, tally);
    }
    return tally;
  }

  /** Nothing happens for so long: a garbage collection, or a process that was stopped. */
  stall(ms: number): void {
    this.#turn(ms, { good: 0, refused: 0, longestTurnMs: 0 });
  }

  #arrive(tally: SimulatedTally): number {
    if (!this.#overload.enter()) {
      tally.refused++;
      return this.#work.refusalMs;
    }
    this.#requests.push({ turnsLeft: this.#work.turns, readyAtMs: this.nowMs });
    return 0;
  }

  #advance(tally: SimulatedTally): number {
    let costMs = 0;
    this.#requests = this.#requests.filter((request) => {
      if (request.readyAtMs > this.nowMs) return true;
      costMs += this.#work.turnMs;
      request.readyAtMs = this.nowMs + this.#work.serviceMs;
      if (--request.turnsLeft > 0) return true;
      tally.good++;
      this.#overload.leave();
      return false;
    });
    return costMs;
  }

  #turn(ms: number, tally: SimulatedTally): void {
    // With nothing to do the loop is idle.
    this.nowMs += Math.max(ms, shortestTurnMs);
    tally.longestTurnMs = Math.max(tally.longestTurnMs, ms);
    this.#turnsMs.push(ms);
    if (this.nowMs - this.#sampledAtMs < sampleMs) return;
    const elapsedMs = this.nowMs - this.#sampledAtMs;
    const busyMs = this.#turnsMs.reduce((sum, turnMs) => sum + turnMs, 0);
    this.#overload.adjust({
      turnMs: busyMs / this.#turnsMs.length,
      busy: busyMs / elapsedMs,
      shareOfCore: (busyMs * this.#share) / elapsedMs,
      lateMs: elapsedMs - sampleMs,
    });
    this.#turnsMs = [];
    this.#sampledAtMs = this.nowMs;
  }
}
