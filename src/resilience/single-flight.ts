/** How long one joiner waits, and what ends its wait before that. */
export interface JoinOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Makes the error of a joiner whose time is up. */
  readonly late: () => Error;
  /** Makes the error of a joiner whose signal aborted. */
  readonly left: () => Error;
}

/** One piece of work that several callers wait for. It is aborted when the last of them has left, and not before. */
export class Flight<T> {
  #result: Promise<T> | undefined;
  readonly #abort = new AbortController();
  readonly #onEnd: () => void;
  #joiners = 0;
  #settled = false;

  constructor(work: (signal: AbortSignal) => Promise<T>, onEnd: () => void) {
    this.#onEnd = onEnd;
    const result = work(this.#abort.signal);
    this.#result = result;
    const settle = (): void => {
      this.#settled = true;
      onEnd();
      // Whoever joined has it. V8 keeps what an outgrown Map held when it outgrew it until the next full collection.
      this.#result = undefined;
    };
    // Also keeps a failure that nobody waits for any more from being an unhandled rejection.
    result.then(settle, settle);
  }

  /** Waits for the result, for as long as this caller can. */
  join(options: JoinOptions): Promise<T> {
    this.#joiners++;
    return new Promise<T>((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        options.signal.removeEventListener('abort', onAbort);
        this.#joiners--;
        if (this.#joiners === 0 && !this.#settled) {
          this.#onEnd();
          this.#abort.abort();
        }
      };
      const giveUp = (reason: Error): void => {
        end();
        reject(reason);
      };
      const onAbort = (): void => giveUp(options.left());
      const timer = setTimeout(() => giveUp(options.late()), options.timeoutMs);
      if (options.signal.aborted) {
        onAbort();
        return;
      }
      options.signal.addEventListener('abort', onAbort);
      this.#result?.then(
        (value) => {
          end();
          resolve(value);
        },
        (error: unknown) => {
          end();
          reject(error as Error);
        },
      );
    });
  }
}

/** The flights under way, by key. A flight may be known by several keys: one for each record that it fetches. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  find(key: string): Flight<T> | undefined {
    return this.#flights.get(key);
  }

  /** Starts work that callers with any of these keys can join until it ends. */
  start(keys: readonly string[], work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const flight: Flight<T> = new Flight(work, () => {
      for (const key of keys) if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    for (const key of keys) this.#flights.set(key, flight);
    return flight;
  }
}
