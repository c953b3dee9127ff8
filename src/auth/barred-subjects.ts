import { LRUCache } from 'lru-cache';
import type { Clock } from '../lib/clock.ts';
import type { RedisClient, RedisScript } from '../redis/redis-client.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Subjects barred at once by one process; the oldest give way. Each of them has newer tokens that say the same. */
const maxBarred = 100_000;
const key = 'facet:{auth}:barred';
const channel = 'facet:auth:barred';

const barScript: RedisScript = {
  name: 'auth-bar',
  lua: `local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`,
};

const unbarScript: RedisScript = {
  name: 'auth-unbar',
  lua: `return redis.call('ZREM', KEYS[1], ARGV[1])`,
};

/** Subjects with what is left of their time, so that no two clocks need to agree. */
const listScript: RedisScript = {
  name: 'auth-barred',
  lua: `local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf', 'WITHSCORES')
for i = 2, #found, 2 do found[i] = tostring(math.floor(found[i] - now)) end
return found`,
};

export interface BarredSubject {
  readonly subject: string;
  /** Milliseconds until its bar ends. */
  readonly leftMs: number;
}

/**
 * Subjects whose account was closed while their tokens are still good. Asked on every request, so the answer comes from memory;
 * Redis only carries it to the other instances and over a restart. Without Redis, or while it is lost, a bar holds in the
 * process that was told; it is written down as soon as Redis is back.
 */
export class BarredSubjects {
  readonly #until: LRUCache<string, number>;
  readonly #unwritten = new Set<string>();
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #redis: RedisClient | undefined;
  readonly #ttlMs: number;
  readonly #stop: (() => void)[] = [];

  constructor(parts: {
    ttlMs: number;
    clock: Clock;
    log: Logger;
    redis?: RedisClient | undefined;
    maxBarred?: number;
  }) {
    this.#until = new LRUCache({ max: parts.maxBarred ?? maxBarred });
    this.#ttlMs = parts.ttlMs;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#redis = parts.redis;
  }

  /** Reads what others have barred and listens. Never rejects. */
  async start(): Promise<void> {
    const redis = this.#redis;
    if (!redis) return;
    this.#stop.push(
      redis.subscribe(
        channel,
        (message) => this.#hear(message),
        undefined,
        // An end of a bar that came between reading and listening would be missed for as long as the bar lives.
        () => void this.#load(),
      ),
      redis.onAvailability((available) => void (available && this.#catchUp())),
    );
    // While Redis is being connected there is nothing to read: its becoming available does.
    if (redis.available) await this.#load();
  }

  has(subject: string): boolean {
    const until = this.#until.get(subject);
    return until !== undefined && until > this.#clock.monotonic();
  }

  /** Refuses the subject from now on, here at once and on all instances within a second. */
  async bar(subject: string): Promise<void> {
    this.#until.set(subject, this.#clock.monotonic() + this.#ttlMs);
    await this.#write(subject);
  }

  async unbar(subject: string): Promise<void> {
    this.#until.delete(subject);
    await this.#write(subject);
  }

  /** What a process that starts later cannot know, with what is left of it: with Redis it reads everything there. */
  standing(): BarredSubject[] {
    if (this.#redis) return [];
    const now = this.#clock.monotonic();
    return [...this.#until].flatMap(([subject, until]) => (until > now ? { subject, leftMs: until - now } : []));
  }

  adopt(subjects: readonly BarredSubject[]): void {
    const now = this.#clock.monotonic();
    for (const { subject, leftMs } of subjects) this.#until.set(subject, now + leftMs);
  }

  close(): void {
    for (const stop of this.#stop) stop();
  }

  /** Writes the subject's present state, so that a late retry can't undo a newer decision of this process. */
  async #write(subject: string): Promise<void> {
    const redis = this.#redis;
    if (!redis) return;
    this.#unwritten.add(subject);
    const barred = this.has(subject);
    try {
      if (barred) await redis.script(barScript, [key], [subject, Math.ceil(this.#ttlMs)]);
      else await redis.script(unbarScript, [key], [subject]);
      await redis.publish(channel, `${barred ? '+' : '-'}${subject}`);
      this.#unwritten.delete(subject);
    } catch (error) {
      this.#log.warn({ error }, 'a bar holds in this process only until Redis is back');
    }
  }

  async #catchUp(): Promise<void> {
    for (const subject of this.#unwritten) await this.#write(subject);
    await this.#load();
  }

  async #load(): Promise<void> {
    try {
      const found = (await this.#redis?.script<string[]>(listScript, [key], [])) ?? [];
      const now = this.#clock.monotonic();
      const barred = new Map<string, number>();
      for (let at = 0; at + 1 < found.length; at += 2) barred.set(found[at] ?? '', now + Number(found[at + 1]));
      for (const subject of this.#until.keys()) {
        if (!barred.has(subject) && !this.#unwritten.has(subject)) this.#until.delete(subject);
      }
      for (const [subject, until] of barred) if (!this.#unwritten.has(subject)) this.#until.set(subject, until);
    } catch (error) {
      this.#log.warn({ error }, 'barred subjects cannot be read; what is known here stays');
    }
  }

  #hear(message: string): void {
    const subject = message.slice(1);
    if (message.startsWith('+')) this.#until.set(subject, this.#clock.monotonic() + this.#ttlMs);
    else if (message.startsWith('-')) this.#until.delete(subject);
  }
}
