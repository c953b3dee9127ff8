import type { Clock } from '../lib/clock.ts';

/** A timer that fires this much later than it should says that our own loop stood still, not that the service is slow. */
const stallMs = 100;
/** What an attempt is given back at most of the time that our own loop took from it. */
const longestGraceMs = 500;

/**
 * An abort signal for one attempt: by its own exact timer (undici's are coarse below a second), or by a wider signal. `end` must be
 * called when the attempt is over, or the timer and the listener stay.
 */
export class TimedAbort {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #parent: AbortSignal | undefined;
  readonly #timeoutReason: () => Error;
  readonly #dueAt: number;
  #timer: NodeJS.Timeout | undefined;
  #inGrace = false;

  /** `timeoutReason` makes the signal's reason when time is up. A parent that aborted already aborts at once. */
  constructor(clock: Clock, timeoutMs: number, timeoutReason: () => Error, parent?: AbortSignal) {
    this.#clock = clock;
    this.#parent = parent;
    this.#timeoutReason = timeoutReason;
    this.#dueAt = clock.monotonic() + timeoutMs;
    this.#timer = setTimeout(this.#onTime, timeoutMs);
    if (parent?.aborted) this.#onParent();
    else parent?.addEventListener('abort', this.#onParent);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#parent?.removeEventListener('abort', this.#onParent);
  }

  /** After a stall of the loop, what has arrived meanwhile is read before time is called: or every call in flight would fail at once. */
  readonly #onTime = (): void => {
    const lateMs = this.#clock.monotonic() - this.#dueAt;
    if (this.#inGrace || lateMs <= stallMs) {
      this.#abort(this.#timeoutReason());
      return;
    }
    this.#inGrace = true;
    this.#timer = setTimeout(this.#onTime, Math.min(lateMs, longestGraceMs));
  };

  readonly #onParent = (): void => this.#abort(this.#parent?.reason);

  #abort(reason: unknown): void {
    this.end();
    this.#controller.abort(reason);
  }
}
