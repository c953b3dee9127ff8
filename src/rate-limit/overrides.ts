import type { Clock } from '../lib/clock.ts';
import type { RedisClient } from '../redis/redis-client.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type Override, overridesChannel, OverrideStore } from './override-store.ts';

/** The net under the messages: all decisions are read again this often. */
const reloadMs = 5_000;

/**
 * The operators' decisions as this process knows them. A new one arrives by message at once; one that is known stays until it
 * ends or is taken back, also while Redis is lost or after it forgot everything.
 */
export class Overrides {
  readonly #store: OverrideStore;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #onChange: (consumer: string) => void;
  readonly #known = new Map<string, Override>();
  readonly #timer: NodeJS.Timeout;
  readonly #stops: readonly (() => void)[];

  /** `onChange` hears of every consumer about whom something new is decided. */
  constructor(redis: RedisClient, clock: Clock, logger: Logger, onChange: (consumer: string) => void) {
    this.#store = new OverrideStore(redis);
    this.#clock = clock;
    this.#logger = logger;
    this.#onChange = onChange;
    const reload = (): void => void this.reload();
    this.#timer = setInterval(reload, reloadMs).unref();
    this.#stops = [
      redis.subscribe(overridesChannel, reload, reload),
      redis.onAvailability((available) => {
        if (available) reload();
      }),
    ];
    if (redis.available) reload();
  }

  /** What is decided about a consumer now. */
  of(consumer: string): Override | undefined {
    if (this.#known.size === 0) return undefined;
    const found = this.#known.get(consumer);
    return found && found.action !== 'release' && found.until > this.#clock.now() ? found : undefined;
  }

  /** All decisions in force, the one that ends first in front. */
  list(): Override[] {
    const now = this.#clock.now();
    return [...this.#known.values()]
      .filter(({ action, until }) => action !== 'release' && until > now)
      .sort((a, b) => a.until - b.until);
  }

  /** Reads what Redis holds; keeps what it knows where Redis can't be asked. Never rejects. */
  async reload(): Promise<void> {
    const now = this.#clock.now();
    const read = await this.#store.list(now).catch(() => []);
    for (const override of read) {
      if ((this.#known.get(override.consumer)?.since ?? -1) >= override.since) continue;
      this.#known.set(override.consumer, override);
      this.#audit(override);
      this.#onChange(override.consumer);
    }
    for (const [consumer, { until }] of this.#known) if (until <= now) this.#known.delete(consumer);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const stop of this.#stops) stop();
  }

  #audit({ consumer, action, requestsPerMinute, actor, reason, until }: Override): void {
    this.#logger.warn(
      {
        'event.action': `consumer.${action}`,
        'event.reason': reason,
        'user.name': actor,
        'facet.consumer': consumer,
        'facet.requests_per_minute': requestsPerMinute,
        'facet.ends_at': new Date(until).toISOString(),
      },
      'an operator decided about a consumer',
    );
  }
}
