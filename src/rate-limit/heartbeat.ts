import { randomUUID } from 'node:crypto';
import type { RedisClient, RedisScript } from '../redis/redis-client.ts';

/** How often an instance says that it lives, and how long it counts without doing so. */
const beatMs = 2_000;
const aliveMs = 3 * beatMs;

const key = 'facet:{instances}';

/** KEYS: the set. ARGV: our id, ms that a beat counts, 1 to stay or 0 to leave. Returns how many live. */
const beatScript: RedisScript = {
  name: 'heartbeat',
  lua: `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
if ARGV[3] == '1' then redis.call('ZADD', KEYS[1], now, ARGV[1]) else redis.call('ZREM', KEYS[1], ARGV[1]) end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])`,
};

/**
 * How many instances share the limits: each says in Redis that it lives. The greatest of the last three answers counts, so that
 * a flushed Redis does not make everyone believe to be alone, and the last known number stays while Redis is lost.
 */
export class Heartbeat {
  readonly #redis: RedisClient;
  readonly #id = randomUUID();
  readonly #configured: number;
  #counts: number[] = [];
  #timer: NodeJS.Timeout;
  readonly #stopWatching: () => void;

  constructor(redis: RedisClient, configured: number) {
    this.#redis = redis;
    this.#configured = configured;
    this.#timer = setInterval(() => void this.beat(), beatMs).unref();
    this.#stopWatching = redis.onAvailability((available) => {
      if (available) void this.beat();
    });
    if (redis.available) void this.beat();
  }

  get instances(): number {
    return this.#counts.length === 0 ? this.#configured : Math.max(...this.#counts);
  }

  /** Says that we live and hears how many do. Never throws. */
  async beat(): Promise<void> {
    const count = await this.#say('1');
    if (count !== undefined && count > 0) this.#counts = [...this.#counts.slice(-2), count];
  }

  /** Leaves, so that the others' share grows at once. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopWatching();
    await this.#say('0');
  }

  async #say(present: '0' | '1'): Promise<number | undefined> {
    try {
      const count = await this.#redis.script<unknown>(beatScript, [key], [this.#id, aliveMs, present]);
      return Number.isSafeInteger(count) ? (count as number) : undefined;
    } catch {
      return undefined;
    }
  }
}
