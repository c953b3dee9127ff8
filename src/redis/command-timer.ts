import type { Clock } from '../lib/clock.ts';

interface Waiting {
  readonly key: string;
  readonly since: number;
  /** Absent once the reply is here. */
  reject: ((error: Error) => void) | undefined;
}

/**
 * Bounds how long replies are waited for, with one timer for all of them: they come in order, so only the oldest matters.
 * When it is overdue `onOverdue` is called with its key; the owner then ends the connection and calls `rejectAll`, so that a late
 * reply has nobody left to reach. `onReply` hears how long each good reply took.
 */
export class CommandTimer {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #onOverdue: (key: string) => void;
  readonly #onReply: (ms: number) => void;
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Clock, timeoutMs: number, onOverdue: (key: string) => void, onReply: (ms: number) => void) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#onOverdue = onOverdue;
    this.#onReply = onReply;
  }

  /** The reply, or whatever `rejectAll` says first. `onError` turns a failure of the reply itself into what the caller sees. */
  track<T>(key: string, reply: Promise<T>, onError: (error: unknown) => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const entry: Waiting = { key, since: this.#clock.monotonic(), reject };
      this.#waiting.add(entry);
      this.#timer ??= setTimeout(this.#look, this.#timeoutMs);
      reply.then(
        (value) => {
          if (!this.#forget(entry)) return;
          this.#onReply(this.#clock.monotonic() - entry.since);
          resolve(value);
        },
        (error: unknown) => {
          if (this.#forget(entry)) reject(onError(error));
        },
      );
    });
  }

  #forget(entry: Waiting): boolean {
    // V8 keeps what an outgrown Set held when it outgrew it until the next full collection: with this, all of its request.
    entry.reject = undefined;
    return this.#waiting.delete(entry);
  }

  rejectAll(error: Error): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { reject } of this.#waiting) reject?.(error);
    this.#waiting.clear();
  }

  readonly #look = (): void => {
    // A stalled event loop runs timers before it reads sockets: let replies that have arrived be read first.
    setImmediate(() => {
      this.#timer = undefined;
      const [oldest] = this.#waiting;
      if (!oldest) return;
      const leftMs = oldest.since + this.#timeoutMs - this.#clock.monotonic();
      if (leftMs <= 0) this.#onOverdue(oldest.key);
      else this.#timer = setTimeout(this.#look, Math.ceil(leftMs));
    });
  };
}
