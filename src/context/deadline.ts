import type { Clock } from '../lib/clock.ts';

/** An instant on the monotonic clock after which the client's answer is due. One per request; never extended. */
export class Deadline {
  readonly #clock: Clock;
  /** Monotonic milliseconds. */
  readonly at: number;

  /** `from`: now unless the clock was just read for something else. */
  constructor(clock: Clock, timeoutMs: number, from = clock.monotonic()) {
    this.#clock = clock;
    this.at = from + timeoutMs;
  }

  /** Milliseconds left; zero or less once it has passed. */
  remainingMs(): number {
    return this.at - this.#clock.monotonic();
  }
}
