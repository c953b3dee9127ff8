import { type RedisClient, type RedisScript, RedisUnavailable } from '../redis/redis-client.ts';
import { ChargeBatch } from './charge-batch.ts';
import { counterKey } from './keys.ts';
import type { LimitCharge, SharedCounters, Verdict } from './limit-store.ts';
import { adjustLua, chargeLua } from './window-script.ts';

/** Counters that all instances share: one round trip for the charges of one moment. Rejects with `RedisUnavailable`. */
export class RedisStore implements SharedCounters {
  readonly #redis: RedisClient;
  readonly #charges: ChargeBatch;
  readonly #adjust: RedisScript;

  /** `now`: Lua that gives the milliseconds to count with; the clock of Redis unless a test says otherwise. */
  constructor(redis: RedisClient, now?: string) {
    this.#redis = redis;
    this.#charges = new ChargeBatch(redis, { name: 'charge', lua: chargeLua(now) });
    this.#adjust = { name: 'adjust', lua: adjustLua(now) };
  }

  charge(consumer: string, charges: readonly LimitCharge[]): Promise<Verdict> {
    return this.#charges.add(consumer, charges);
  }

  async adjust(consumer: string, counter: string, windowMs: number, amount: number): Promise<number> {
    const used = await this.#redis.script<unknown>(this.#adjust, [counterKey(consumer, counter)], [windowMs, amount]);
    if (!Number.isSafeInteger(used) || (used as number) < 0)
      throw new RedisUnavailable('The script that adjusts a limit answered with no amount.');
    return used as number;
  }
}
