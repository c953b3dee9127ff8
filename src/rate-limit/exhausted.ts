import { LRUCache } from 'lru-cache';
import type { Quota } from '../context/quota.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';
import { rateLimited } from './refusal.ts';

interface Exhaustion {
  readonly quota: Quota;
  /** Monotonic milliseconds. */
  readonly retryAt: number;
  readonly resetAt: number;
}

/**
 * Consumers for whom nothing fits at present. They are refused from here until something does, without Redis, before the body
 * is read: a caller far over its limit costs next to nothing.
 */
export class ExhaustedConsumers {
  readonly #clock: Clock;
  readonly #known = new LRUCache<string, Exhaustion>({ max: 50_000 });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  remember(consumer: string, quota: Quota, waitMs: number): void {
    const now = this.#clock.monotonic();
    this.#known.set(consumer, { quota, retryAt: now + waitMs, resetAt: now + quota.resetSeconds * 1000 });
  }

  /** Something may have made room: for the quota of this name, or for all. */
  forget(consumer: string, name?: string): void {
    if (name === undefined || this.#known.get(consumer)?.quota.name === name) this.#known.delete(consumer);
  }

  /** The refusal with the times that are left now. */
  find(consumer: string): GatewayError | undefined {
    const found = this.#known.get(consumer);
    if (!found) return undefined;
    const now = this.#clock.monotonic();
    const waitMs = found.retryAt - now;
    if (waitMs <= 0) {
      this.#known.delete(consumer);
      return undefined;
    }
    return rateLimited({ ...found.quota, resetSeconds: Math.ceil((found.resetAt - now) / 1000) }, waitMs);
  }
}
