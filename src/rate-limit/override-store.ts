import type { RedisClient, RedisScript } from '../redis/redis-client.ts';

/** What an operator decided about one consumer, for a time. */
export interface Override {
  readonly consumer: string;
  /** `throttle` leaves it `requestsPerMinute`, `block` nothing; `release` takes back what was decided before. */
  readonly action: 'throttle' | 'block' | 'release';
  /** 0 unless throttled. */
  readonly requestsPerMinute: number;
  /** Who decided, and why: for the audit trail. */
  readonly actor: string;
  readonly reason: string;
  /** Epoch milliseconds. A later decision replaces an earlier one. */
  readonly since: number;
  /** Epoch milliseconds; at most 24 hours after `since`. */
  readonly until: number;
}

export const maxOverrideMs = 24 * 3_600_000;
/** Decisions in force at a time: a list for people, not a data set. */
export const maxOverrides = 1_000;
export const overridesChannel = 'facet:overrides';

const key = 'facet:{overrides}';

/** KEYS: the hash. ARGV: channel, most entries, consumer, its record, then consumers whose records have ended. */
const putScript: RedisScript = {
  name: 'put-override',
  lua: `
for i = 5, #ARGV - 1 do redis.call('HDEL', KEYS[1], ARGV[i]) end
if redis.call('HEXISTS', KEYS[1], ARGV[3]) == 0 and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[4])
redis.call('PEXPIRE', KEYS[1], ${maxOverrideMs})
redis.call('PUBLISH', ARGV[1], ARGV[3])
return 1`,
};

const listScript: RedisScript = { name: 'list-overrides', lua: `return redis.call('HGETALL', KEYS[1])` };

/** The decisions in Redis, and the word that tells every instance of a new one. */
export class OverrideStore {
  readonly #redis: RedisClient;

  constructor(redis: RedisClient) {
    this.#redis = redis;
  }

  /** Writes a decision and tells it. Resolves to false when there are too many already. */
  async put(override: Override, now: number): Promise<boolean> {
    const ended = (await this.#read()).filter(({ until }) => until <= now).map(({ consumer }) => consumer);
    const record = JSON.stringify(override);
    const args = [overridesChannel, maxOverrides, override.consumer, record, ...ended];
    return (await this.#redis.script<unknown>(putScript, [key], args)) === 1;
  }

  /** Decisions that have not ended, releases too. */
  async list(now: number): Promise<Override[]> {
    return (await this.#read()).filter(({ until }) => until > now);
  }

  async #read(): Promise<Override[]> {
    const reply = await this.#redis.script<unknown>(listScript, [key], []);
    if (!Array.isArray(reply)) return [];
    return reply.filter((_, index) => index % 2 === 1).flatMap((text) => parseOverride(text) ?? []);
  }
}

/** A record is input: whatever is not one, or would last longer than allowed, is not there. */
export function parseOverride(text: unknown): Override | undefined {
  if (typeof text !== 'string' || text.length > 4_096) return undefined;
  let read: Partial<Override>;
  try {
    read = JSON.parse(text) as Partial<Override>;
  } catch {
    return undefined;
  }
  const { consumer, action, requestsPerMinute, actor, reason, since, until } = read ?? {};
  if (typeof consumer !== 'string' || typeof actor !== 'string' || typeof reason !== 'string') return undefined;
  if (action !== 'throttle' && action !== 'block' && action !== 'release') return undefined;
  if (!isCount(requestsPerMinute) || !isCount(since) || !isCount(until)) return undefined;
  if (until <= since || until - since > maxOverrideMs) return undefined;
  return { consumer, action, requestsPerMinute, actor, reason, since, until };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
