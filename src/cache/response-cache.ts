import { LRUCache } from 'lru-cache';
import type { Reuse } from '../context/freshness.ts';
import type { Clock } from '../lib/clock.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { InvalidationLog } from './invalidation-log.ts';

/** A finished answer: the very bytes that go out, and what its parts allow. */
export interface FinishedAnswer {
  /** Empty where it is not whole. */
  readonly body: Uint8Array;
  /** Neither partial nor stale nor failed: only such an answer is kept or shared. */
  readonly whole: boolean;
  readonly reuse: Readonly<Reuse>;
}

export interface GivenAnswer<A> {
  readonly answer: A;
  /** `ran`: executed for this request. `joined`: an equal request was under way. `hit`: kept from before. */
  readonly source: 'ran' | 'joined' | 'hit';
  /** Seconds for which it may still be kept by the client. */
  readonly maxAgeSeconds: number;
}

export interface ResponseCacheOptions {
  readonly maxBytes: number;
  /** Longest time an answer is kept, whatever its parts allow; 0: only what is in flight is shared. */
  readonly maxAgeSeconds: number;
  readonly invalidations: InvalidationLog;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

interface Kept {
  readonly answer: FinishedAnswer;
  readonly tags: readonly string[];
  readonly mark: number;
  /** Monotonic milliseconds. */
  readonly until: number;
}

interface Flight {
  readonly mark: number;
  /** Absent once it has ended. */
  result: Promise<FinishedAnswer> | undefined;
}

/** Beside the body: the map's slot, the key, the tags. */
const slotBytes = 1_024;

/**
 * Whole answers by `responseKey`, and equal requests that are under way at once as one execution. Only whole answers are given to
 * another request: a partial one tells of its own request's failures, deadline and correlation id, so that whoever waited for it
 * executes for itself.
 */
export class ResponseCache {
  readonly #kept: LRUCache<string, Kept>;
  readonly #flights = new Map<string, Flight>();
  readonly #maxAgeSeconds: number;
  readonly #invalidations: InvalidationLog;
  readonly #clock: Clock;
  readonly #counts: Readonly<Record<GivenAnswer<FinishedAnswer>['source'], { inc(): void }>>;

  constructor({ maxBytes, maxAgeSeconds, invalidations, clock, metrics }: ResponseCacheOptions) {
    this.#kept = new LRUCache({ maxSize: maxBytes, maxEntrySize: Math.max(1, Math.floor(maxBytes / 8)) });
    this.#maxAgeSeconds = maxAgeSeconds;
    this.#invalidations = invalidations;
    this.#clock = clock;
    const counter = metrics.counter(
      'facet_cache_answers_total',
      'Queries by where their answer came from: ran, joined (an equal one under way), hit (kept from before).',
      ['source'],
    );
    this.#counts = { ran: counter.labels('ran'), joined: counter.labels('joined'), hit: counter.labels('hit') };
  }

  /**
   * Gives the answer to a request for reading. `maxAgeSeconds` is the operation's own bound (60 where it shows relative time);
   * `remainingMs` is the request's time: who waits for another's execution leaves with enough left to fail in its own way.
   */
  async run<A extends FinishedAnswer>(
    key: string,
    limits: { readonly maxAgeSeconds: number; readonly remainingMs: number },
    execute: () => Promise<A>,
  ): Promise<GivenAnswer<A>> {
    const flight = this.#flights.get(key);
    const given =
      this.#hit<A>(key) ??
      // Not awaited where there is none: the next equal request must find this one's.
      (flight && (await this.#join<A>(flight, limits))) ??
      (await this.#lead(key, limits.maxAgeSeconds, execute));
    this.#counts[given.source].inc();
    return given;
  }

  #hit<A extends FinishedAnswer>(key: string): GivenAnswer<A> | undefined {
    const kept = this.#find(key);
    return kept && { answer: kept.answer as A, source: 'hit', maxAgeSeconds: this.#secondsLeft(kept.until) };
  }

  /** The answer of an equal request that is under way, if it comes in time and whole, and not from before an invalidation of what it shows. */
  async #join<A extends FinishedAnswer>(
    flight: Flight,
    { maxAgeSeconds, remainingMs }: { readonly maxAgeSeconds: number; readonly remainingMs: number },
  ): Promise<GivenAnswer<A> | undefined> {
    const answer = flight.result && (await before(remainingMs / 2, flight.result));
    if (!answer?.whole || this.#invalidations.isOld(flight.mark, [...answer.reuse.tags])) return undefined;
    return { answer: answer as A, source: 'joined', maxAgeSeconds: this.#seconds(answer, maxAgeSeconds) };
  }

  async #lead<A extends FinishedAnswer>(
    key: string,
    maxAgeSeconds: number,
    execute: () => Promise<A>,
  ): Promise<GivenAnswer<A>> {
    const mark = this.#invalidations.mark;
    const result = execute();
    const flight: Flight = { mark, result };
    this.#flights.set(key, flight);
    try {
      const answer = await result;
      this.#keep(key, answer, mark, this.#seconds(answer, maxAgeSeconds));
      return { answer, source: 'ran', maxAgeSeconds: this.#seconds(answer, maxAgeSeconds) };
    } finally {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
      // V8 keeps what an outgrown Map held when it outgrew it until the next full collection.
      flight.result = undefined;
    }
  }

  #find(key: string): Kept | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    if (kept.until > this.#clock.monotonic() && !this.#invalidations.isOld(kept.mark, kept.tags)) return kept;
    this.#kept.delete(key);
    return undefined;
  }

  #keep(key: string, answer: FinishedAnswer, mark: number, seconds: number): void {
    const tags = [...answer.reuse.tags];
    if (seconds <= 0 || this.#invalidations.isOld(mark, tags)) return;
    const until = this.#clock.monotonic() + seconds * 1000;
    const size = slotBytes + answer.body.byteLength;
    this.#kept.set(key, { answer, tags, mark, until }, { size });
  }

  #seconds({ whole, reuse }: FinishedAnswer, maxAgeSeconds: number): number {
    return whole ? Math.min(reuse.maxAgeSeconds, maxAgeSeconds, this.#maxAgeSeconds) : 0;
  }

  #secondsLeft(until: number): number {
    return Math.floor((until - this.#clock.monotonic()) / 1000);
  }

  get bytes(): number {
    return this.#kept.calculatedSize;
  }
}

/** What came within the time; undefined when it took longer or failed. */
async function before<T>(timeoutMs: number, result: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, timeoutMs), undefined);
  });
  try {
    return await Promise.race([result.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
