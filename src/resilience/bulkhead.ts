export interface BulkheadOptions {
  /** Places. */
  readonly maxInFlight: number;
  /** Those who may wait for one. */
  readonly maxQueued: number;
  readonly queueTimeoutMs: number;
}

/** No place became free: the queue is full, or the wait in it was too long. Nothing was sent. */
export class BulkheadFull extends Error {
  override readonly name = 'BulkheadFull';
  readonly waited: boolean;

  constructor(waited: boolean) {
    super(waited ? 'No place became free in time' : 'The queue for a place is full');
    this.waited = waited;
  }
}

class Waiter {
  readonly #resolve: () => void;
  readonly #reject: (reason: unknown) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;
  settled = false;

  constructor(resolve: () => void, reject: (reason: unknown) => void, timeoutMs: number, signal?: AbortSignal) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#signal = signal;
    this.#timer = setTimeout(() => this.refuse(new BulkheadFull(true)), timeoutMs);
    signal?.addEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = (): void => this.refuse(this.#signal?.reason);

  admit(): void {
    this.#settle();
    this.#resolve();
  }

  refuse(reason: unknown): void {
    this.#settle();
    this.#reject(reason);
  }

  #settle(): void {
    this.settled = true;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}

/** A bounded number of places with a bounded, timed queue before them: one slow instance cannot take more than its share of us. */
export class Bulkhead {
  readonly #options: BulkheadOptions;
  readonly #waiters: Waiter[] = [];
  #inFlight = 0;

  constructor(options: BulkheadOptions) {
    this.#options = options;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get queued(): number {
    this.#forgetSettled();
    return this.#waiters.length;
  }

  /** Takes a place if one is free. Who got one must call `leave` once. */
  tryEnter(): boolean {
    if (this.#inFlight >= this.#options.maxInFlight) return false;
    this.#inFlight++;
    return true;
  }

  /** Waits for a place; rejects with `BulkheadFull`, or with the signal's reason. Who got one must call `leave` once. */
  enter(signal?: AbortSignal): Promise<void> {
    if (this.tryEnter()) return Promise.resolve();
    if (this.queued >= this.#options.maxQueued) return Promise.reject(new BulkheadFull(false));
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      this.#waiters.push(new Waiter(resolve, reject, this.#options.queueTimeoutMs, signal));
    });
  }

  /** Gives a place back: to who waits longest, if anyone does. */
  leave(): void {
    let next = this.#waiters.shift();
    while (next?.settled) next = this.#waiters.shift();
    if (next) next.admit();
    else this.#inFlight--;
  }

  #forgetSettled(): void {
    if (this.#waiters.some((waiter) => waiter.settled)) {
      const waiting = this.#waiters.filter((waiter) => !waiter.settled);
      this.#waiters.splice(0, this.#waiters.length, ...waiting);
    }
  }
}
