import type { RedisClient, RedisScript } from '../redis/redis-client.ts';
import { fromFields, toFields, type ApiKeyRecord } from './api-key-record.ts';

/** One slot for all keys and their index, so that scripts may touch both on a cluster. */
const prefix = 'facet:{api-keys}:';
const indexKey = `${prefix}index`;
const channel = 'facet:api-keys';

/** A key that has ended stays listed for this long. */
const keptAfterEndMs = 30 * 86_400_000;

const createScript: RedisScript = {
  name: 'api-key-create',
  lua: `if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local fields = cjson.decode(ARGV[3])
redis.call('HSET', KEYS[1], unpack(fields))
redis.call('PEXPIREAT', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
redis.call('PEXPIREAT', KEYS[2], string.format('%.0f', last[2]))
return 1`,
};

const findScript: RedisScript = { name: 'api-key-find', lua: `return redis.call('HGETALL', KEYS[1])` };

const listScript: RedisScript = {
  name: 'api-key-list',
  lua: `redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
return redis.call('ZRANGE', KEYS[1], 0, -1)`,
};

/** Changes one field of a key that exists; never makes half a record. */
const changeScript: RedisScript = {
  name: 'api-key-change',
  lua: `if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1`,
};

/** API keys in Redis: hash and metadata by id, and the news of each change for every instance. */
export class ApiKeyStore {
  readonly #redis: RedisClient;

  constructor(redis: RedisClient) {
    this.#redis = redis;
  }

  /** False while look-ups would fail. */
  get available(): boolean {
    return this.#redis.available;
  }

  /** Rejects with an Error if the id is taken. */
  async create(record: ApiKeyRecord): Promise<void> {
    const keys = [prefix + record.id, indexKey];
    const keepUntil = record.expiresAt + keptAfterEndMs;
    const made = await this.#redis.script<number>(createScript, keys, [
      record.id,
      keepUntil,
      JSON.stringify(toFields(record)),
    ]);
    if (made !== 1) throw new Error(`There is a key ${record.id} already.`);
    await this.#tell(record.id);
  }

  async find(id: string): Promise<ApiKeyRecord | undefined> {
    return fromFields(id, await this.#redis.script<unknown>(findScript, [prefix + id], []));
  }

  /** All keys that have not ended more than 30 days ago, those that end first in front. */
  async list(nowMs: number): Promise<ApiKeyRecord[]> {
    const ids = await this.#redis.script<string[]>(listScript, [indexKey], [nowMs]);
    const found: (ApiKeyRecord | undefined)[] = [];
    for (const id of ids) found.push(await this.find(id));
    return found.filter((record) => record !== undefined);
  }

  /** Resolves to false if there is no such key. Holds on all instances within a second. */
  revoke(id: string, nowMs: number): Promise<boolean> {
    return this.#change(id, 'revokedAt', String(nowMs));
  }

  setTier(id: string, tier: string): Promise<boolean> {
    return this.#change(id, 'tier', tier);
  }

  /** Calls with the id of each key that is made or changed anywhere; `onGap` when such news may have been lost. */
  onChange(listener: (id: string) => void, onGap: () => void): () => void {
    return this.#redis.subscribe(channel, listener, onGap);
  }

  async #change(id: string, field: string, value: string): Promise<boolean> {
    const changed = await this.#redis.script<number>(changeScript, [prefix + id], [field, value]);
    await this.#tell(id);
    return changed === 1;
  }

  async #tell(id: string): Promise<void> {
    await this.#redis.publish(channel, id);
  }
}
