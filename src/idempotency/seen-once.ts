import { LRUCache } from 'lru-cache';
import type { Clock } from '../lib/clock.ts';
import { sha256Hex } from '../lib/digest.ts';
import type { RedisClient } from '../redis/redis-client.ts';

/** Ids of messages that were taken, such as `webhook-id`: each is taken once by all instances together, as long as it is remembered. */
export class SeenOnce {
  readonly #name: string;
  readonly #ttlMs: number;
  readonly #clock: Clock;
  readonly #redis: RedisClient | undefined;
  /** Until when each id is remembered here, in monotonic milliseconds. */
  readonly #here: LRUCache<string, number>;

  /** `ttlMs`: longer than a message can be delivered again and still be accepted. */
  constructor(name: string, ttlMs: number, clock: Clock, redis?: RedisClient, maxEntries = 10_000) {
    this.#name = name;
    this.#ttlMs = ttlMs;
    this.#clock = clock;
    this.#redis = redis;
    this.#here = new LRUCache({ max: maxEntries });
  }

  /** True for the first who asks. Without Redis each process remembers its own, so that a message may be taken once by each. */
  async take(id: string): Promise<boolean> {
    const now = this.#clock.monotonic();
    if ((this.#here.get(id) ?? 0) > now) return false;
    this.#here.set(id, now + this.#ttlMs);
    return (await this.#redis?.set(this.#key(id), '1', this.#ttlMs, true).catch(() => true)) ?? true;
  }

  /** The message could not be dealt with: its next delivery is taken again. */
  async release(id: string): Promise<void> {
    this.#here.delete(id);
    await this.#redis?.del([this.#key(id)]).catch(() => undefined);
  }

  #key(id: string): string {
    return `facet:seen:${this.#name}:${sha256Hex(id)}`;
  }
}
