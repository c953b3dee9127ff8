import type { Clock } from '../../src/lib/clock.ts';

/** Time that moves only by hand. */
export class ManualClock implements Clock {
  #now: number;
  #monotonic = 1_000;

  /** Epoch milliseconds to begin at; the real time, unless a test needs a certain day. */
  constructor(startMs = Date.now()) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  advance(ms: number): void {
    this.#now += ms;
    this.#monotonic += ms;
  }

  /** Sets the wall clock off, as a bad time server does; durations don't notice. */
  jump(ms: number): void {
    this.#now += ms;
  }
}
