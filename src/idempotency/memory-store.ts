import { LRUCache } from 'lru-cache';
import type { Clock } from '../lib/clock.ts';

/** What is known of an intent: its input, and how it ended if that is certain. */
export interface Known {
  readonly fingerprint: string;
  /** The definite answer as JSON. */
  readonly answer: string | undefined;
  /** A try may have had its effect, and nobody knows. */
  readonly uncertain: boolean;
}

/**
 * What this process has seen, for as long as it has room. Forgetting is safe: the next try is sent with the same upstream key, and the
 * service's own store answers.
 */
export class MemoryStore {
  readonly #entries: LRUCache<string, Known & { readonly until: number }>;
  readonly #clock: Clock;
  readonly #ttlMs: number;

  constructor(maxEntries: number, ttlMs: number, clock: Clock) {
    this.#entries = new LRUCache({ max: maxEntries });
    this.#ttlMs = ttlMs;
    this.#clock = clock;
  }

  find(key: string): Known | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > this.#clock.monotonic() ? entry : undefined;
  }

  remember(key: string, { fingerprint, answer, uncertain }: Known): void {
    this.#entries.set(key, { fingerprint, answer, uncertain, until: this.#clock.monotonic() + this.#ttlMs });
  }
}
