import type { Clock } from '../lib/clock.ts';

export interface RetryBudgetOptions {
  /** Repetitions earned by each call. */
  readonly ratio: number;
  /** Repetitions allowed in a second beside those, so that a quiet service can be retried too. */
  readonly perSecond: number;
}

/** What calls can save up: a burst of repetitions after a long calm must not be a storm. */
const mostSaved = 10;

/**
 * Bounds repetitions to a share of the calls. Without it, three attempts a call make three times the load just when a service can
 * bear it least. One budget for all routes of a service, for retries and hedges together.
 */
export class RetryBudget {
  readonly #options: RetryBudgetOptions;
  readonly #clock: Clock;
  #earned = 0;
  #timed: number;
  #filledAt: number;

  constructor(options: RetryBudgetOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#timed = options.perSecond;
    this.#filledAt = clock.monotonic();
  }

  /** To be told of every call. */
  deposit(): void {
    this.#earned = Math.min(mostSaved, this.#earned + this.#options.ratio);
  }

  /** Repetitions that may be taken now, in parts of one. */
  get left(): number {
    this.#fill();
    return this.#earned + this.#timed;
  }

  /** Takes one repetition, if there is one. */
  tryWithdraw(): boolean {
    if (this.#earned >= 1) {
      this.#earned--;
      return true;
    }
    this.#fill();
    if (this.#timed < 1) return false;
    this.#timed--;
    return true;
  }

  #fill(): void {
    const now = this.#clock.monotonic();
    const { perSecond } = this.#options;
    this.#timed = Math.min(perSecond, this.#timed + ((now - this.#filledAt) / 1_000) * perSecond);
    this.#filledAt = now;
  }
}
