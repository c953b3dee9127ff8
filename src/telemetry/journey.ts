/** What a span of a journey tells of: a stage of the way in, a call to a service, one attempt of it, a cache or Redis look-up. */
export type SpanKind = 'stage' | 'call' | 'attempt' | 'cache' | 'redis';

export interface Span {
  readonly kind: SpanKind;
  /** A name from our own code (`authenticate`, `orders.batchGetOrders`), never input. */
  readonly name: string;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** `ok`, `hit`, `stale`, `joined`, `retry`, or an error code. */
  readonly outcome: string;
  /** Counts and sizes that explain the span: `status`, `bytes`, `instance`, `attempt`, `breaker`. No headers, no personal data. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** How many spans one request may keep: a bound on memory, not a setting. */
const maxSpans = 256;

/** The record of one request's way through the gateway: appended to by stages and layers, read when the request completes. */
export class Journey {
  readonly spans: Span[] = [];
  /** Spans that did not fit. */
  omitted = 0;

  add(span: Span): void {
    if (this.spans.length < maxSpans) this.spans.push(span);
    else this.omitted++;
  }
}
