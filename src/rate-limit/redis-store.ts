import { type RedisClient, type RedisScript, RedisUnavailable } from '../redis/redis-client.ts';
import { counterKey } from './keys.ts';
import type { CounterState, LimitCharge, LimitStore, Verdict } from './limit-store.ts';
import { adjustLua, chargeLua } from './window-script.ts';

/** Counters that all instances share: one script, one round trip a charge. Rejects with `RedisUnavailable`. */
export class RedisStore implements LimitStore<Promise<Verdict>> {
  readonly #redis: RedisClient;
  readonly #charge: RedisScript;
  readonly #adjust: RedisScript;

  /** `now`: Lua that gives the milliseconds to count with; the clock of Redis unless a test says otherwise. */
  constructor(redis: RedisClient, now?: string) {
    this.#redis = redis;
    this.#charge = { name: 'charge', lua: chargeLua(now) };
    this.#adjust = { name: 'adjust', lua: adjustLua(now) };
  }

  async charge(consumer: string, charges: readonly LimitCharge[]): Promise<Verdict> {
    const keys = charges.map(({ counter }) => counterKey(consumer, counter));
    const args = charges.flatMap(({ limit, windowMs, amount }) => [limit, windowMs, amount]);
    return verdictOf(await this.#redis.script<unknown>(this.#charge, keys, args), charges.length);
  }

  /** Adds units whatever the limit, or gives them back when below zero. Resolves to the units used. */
  async adjust(consumer: string, counter: string, windowMs: number, amount: number): Promise<number> {
    const used = await this.#redis.script<unknown>(this.#adjust, [counterKey(consumer, counter)], [windowMs, amount]);
    if (!isAmount(used)) throw unexpected();
    return used;
  }
}

/** A reply is input: nothing counts with it before its shape is checked. */
function verdictOf(reply: unknown, counters: number): Verdict {
  if (!Array.isArray(reply) || reply.length !== 1 + 3 * counters || !reply.every(isAmount)) throw unexpected();
  const numbers = reply as number[];
  const states: CounterState[] = [];
  for (let at = 1; at < numbers.length; at += 3) {
    states.push({ used: numbers[at] ?? 0, resetMs: numbers[at + 1] ?? 0, waitMs: numbers[at + 2] ?? 0 });
  }
  return { accepted: numbers[0] === 1, states };
}

function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function unexpected(): RedisUnavailable {
  return new RedisUnavailable('The limit script answered in a shape that is not its own.');
}
