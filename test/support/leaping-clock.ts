import { type Clock, systemClock } from '../../src/lib/clock.ts';

/** Real time that can be moved ahead by hand: for what runs over real sockets and keeps things for minutes. */
export class LeapingClock implements Clock {
  #ahead = 0;

  now(): number {
    return systemClock.now() + this.#ahead;
  }

  monotonic(): number {
    return systemClock.monotonic() + this.#ahead;
  }

  advance(ms: number): void {
    this.#ahead += ms;
  }
}
