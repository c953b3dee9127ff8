import type { Clock } from '../lib/clock.ts';

/** An instant on the monotonic clock after which the client's answer is due. One per request; never extended. */
export class Deadline {
  readonly #clock: Clock;
  /** Monotonic milliseconds. */
  readonly at: number;

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.at = clock.monotonic() + timeoutMs;
  }

  /** Milliseconds left; zero or less once it has passed. */
  remainingMs(): number {
    return this.at - this.#clock.monotonic();
  }
}
