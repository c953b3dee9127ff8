import { toGatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';

/**
 * What a span tells of: a stage of the way in, a batch of a loader, a call to a service, one attempt of it, a pause before the next
 * attempt, a wait for another request's flight, a decision of a cache or a breaker, a question to Redis.
 */
export type SpanKind = 'stage' | 'loader' | 'call' | 'attempt' | 'retry' | 'flight' | 'cache' | 'breaker' | 'redis';

export interface Span {
  readonly kind: SpanKind;
  /** A name from our own code (`authenticate`, `orders.batchGetOrders`), never input. */
  readonly name: string;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** `ok`, `hit`, `stale`, `joined`, `open`, a reason of failure, or an error code. */
  readonly outcome: string;
  /** Counts and sizes that explain the span: `status`, `bytes`, `instance`, `attempt`. No headers, no personal data. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
  /** The span's id in a trace, 16 hex digits, where others had to be told of it before it ended. */
  readonly id?: string | undefined;
}

/** How many spans one request may keep: a bound on memory, not a setting. */
const maxSpans = 256;

/** The record of one request's way through the gateway: appended to by stages and layers, read when the request completes. */
export class Journey {
  readonly spans: Span[] = [];
  /** Set when the request is traced: the ids of its own span and of its caller's. */
  trace: { readonly rootSpanId: string; readonly parentSpanId: string | undefined } | undefined;
  /** Spans that did not fit. */
  omitted = 0;
  readonly #clock: Clock;
  #stage: string | undefined;
  #enteredAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(span: Span): void {
    if (this.spans.length < maxSpans) this.spans.push(span);
    else this.omitted++;
  }

  /** Monotonic milliseconds, for a span that is added when it ends. */
  now(): number {
    return this.#clock.monotonic();
  }

  /** Does something and writes down how long it took, and how it ended: `ok` or the error's code. */
  measure<T>(kind: SpanKind, name: string, work: () => Promise<T>, ok = 'ok'): Promise<T> {
    const startedAt = this.#clock.monotonic();
    const ended = (outcome: string): void =>
      this.add({ kind, name, startedAt, endedAt: this.#clock.monotonic(), outcome });
    return work().then(
      (value) => {
        ended(ok);
        return value;
      },
      (error: unknown) => {
        ended(toGatewayError(error).code);
        throw error;
      },
    );
  }

  /** A stage begins; the one before it has ended well. `now`, if the clock was just read: that costs more than the rest of it. */
  enter(stage: string, now = this.#clock.monotonic()): void {
    this.leave('ok', now);
    this.#stage = stage;
    this.#enteredAt = now;
  }

  /** When the stage that runs was entered. */
  get enteredAt(): number {
    return this.#enteredAt;
  }

  /** The stage that runs ends, with this outcome. */
  leave(outcome: string, endedAt = this.#clock.monotonic()): void {
    if (this.#stage === undefined) return;
    this.add({ kind: 'stage', name: this.#stage, startedAt: this.#enteredAt, endedAt, outcome });
    this.#stage = undefined;
  }
}
