import type { RedisClient, RedisScript } from '../redis/redis-client.ts';

export type Claim =
  /** Nobody is at it, and there is no answer: it is this caller's to execute. `uncertain`: an earlier try may have had its effect. */
  | { readonly state: 'claimed'; readonly uncertain: boolean }
  /** Another instance is at it; `holder` names its try. */
  | { readonly state: 'running'; readonly holder: string }
  /** The try that was waited for has ended, and nobody knows how. */
  | { readonly state: 'unknown' }
  | { readonly state: 'done'; readonly answer: string }
  /** The key was used with other input. */
  | { readonly state: 'conflict' };

/** A try at an intent. `token` is new for each try: who lost its lease can write nothing any more. */
export interface Try {
  readonly key: string;
  readonly fingerprint: string;
  readonly token: string;
}

/** How a try ended: with an answer, in the dark, or certainly without effect. */
export type Ending = { readonly answer: string } | 'unknown' | 'untouched';

const time = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

const claim: RedisScript = {
  name: 'idempotency-claim',
  lua: `
local fingerprint, token, lease, ttl, awaited = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local known = redis.call('HMGET', KEYS[1], 'fingerprint', 'answer', 'holder', 'until', 'unknown')
if known[1] and known[1] ~= fingerprint then return {'conflict'} end
if known[2] then return {'done', known[2]} end${time}
if known[3] and tonumber(known[4]) > now then return {'running', known[3]} end
if known[5] and known[5] == awaited then return {'unknown'} end
local unknown = known[3] or known[5]
if unknown then redis.call('HSET', KEYS[1], 'unknown', unknown) end
redis.call('HSET', KEYS[1], 'fingerprint', fingerprint, 'holder', token, 'until', string.format('%.0f', now + lease))
redis.call('PEXPIRE', KEYS[1], ttl)
return {'claimed', unknown and 'uncertain' or 'first'}`,
};

const renew: RedisScript = {
  name: 'idempotency-renew',
  lua: `
if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end${time}
redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + ARGV[2]))
return 1`,
};

/** Absent records are written too: Redis may have been away at the beginning. */
const end: RedisScript = {
  name: 'idempotency-end',
  lua: `
local fingerprint, token, ttl, ending, answer = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local known = redis.call('HMGET', KEYS[1], 'fingerprint', 'answer', 'holder')
if known[1] and known[1] ~= fingerprint or known[2] then return 0 end
if known[3] and known[3] ~= token then return 0 end
redis.call('HDEL', KEYS[1], 'holder', 'until')
redis.call('HSET', KEYS[1], 'fingerprint', fingerprint)
if ending == 'answer' then redis.call('HSET', KEYS[1], 'answer', answer) end
if ending == 'unknown' then redis.call('HSET', KEYS[1], 'unknown', token) end
redis.call('PEXPIRE', KEYS[1], ttl)
return 1`,
};

/**
 * What all instances know of intents. Each step is one script on one key, so that it happens as a whole or not at all. Rejects when
 * Redis cannot be asked: then the caller goes on without it.
 */
export class RedisStore {
  readonly #redis: RedisClient;
  readonly #leaseMs: number;
  readonly #ttlMs: number;

  constructor(redis: RedisClient, leaseMs: number, ttlMs: number) {
    this.#redis = redis;
    this.#leaseMs = leaseMs;
    this.#ttlMs = ttlMs;
  }

  /** `awaited`: the holder that was seen at work before; once it has ended in the dark, the waiter hears so and does not try again. */
  async claim({ key, fingerprint, token }: Try, awaited: string): Promise<Claim> {
    const args = [fingerprint, token, this.#leaseMs, this.#ttlMs, awaited];
    const [state, detail = ''] = await this.#redis.script<[Claim['state'], string?]>(claim, [nameOf(key)], args);
    if (state === 'running') return { state, holder: detail };
    if (state === 'done') return { state, answer: detail };
    return state === 'claimed' ? { state, uncertain: detail === 'uncertain' } : { state };
  }

  /** Keeps a try from being given up while its execution lasts. */
  async renew({ key, token }: Try): Promise<void> {
    await this.#redis.script(renew, [nameOf(key)], [token, this.#leaseMs]);
  }

  /** Writes down how a try ended. Nothing happens when another has taken over since. */
  async end({ key, fingerprint, token }: Try, ending: Ending): Promise<void> {
    const said = typeof ending === 'string' ? [ending, ''] : ['answer', ending.answer];
    await this.#redis.script(end, [nameOf(key)], [fingerprint, token, this.#ttlMs, ...said]);
  }
}

function nameOf(key: string): string {
  return `facet:idempotency:${key}`;
}
