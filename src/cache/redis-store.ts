import type { Clock } from '../lib/clock.ts';
import { sha256Hex } from '../lib/digest.ts';
import type { RedisClient } from '../redis/redis-client.ts';
import type { Entry } from './entry.ts';
import type { InvalidationLog } from './invalidation-log.ts';
import { decodeRecord, encodeRecord, type SharedRecord } from './shared-record.ts';
import { everything, longestSharedMs, markKey, sequenceKey } from './shared-marks.ts';
import type { SharedLook, SharedStore } from './shared-store.ts';

/** A larger record is cheaper to fetch again than to send to Redis and back within its time limit. */
const maxRecordBytes = 262_144;

const nothing: SharedLook = { entries: new Map(), sequence: undefined };

export interface RedisStoreOptions {
  readonly redis: RedisClient;
  /** Digest of everything that shapes a kept record (contracts, mapping, release): another build's records are never read. */
  readonly version: string;
  readonly invalidations: InvalidationLog;
  readonly clock: Clock;
}

/** Records as JSON under a hash of their key: a caller's name or search text is not to be read off the key space. */
export class RedisStore implements SharedStore {
  readonly #redis: RedisClient;
  readonly #prefix: string;
  readonly #invalidations: InvalidationLog;
  readonly #clock: Clock;

  constructor({ redis, version, invalidations, clock }: RedisStoreOptions) {
    this.#redis = redis;
    this.#prefix = `facet:cache:${version}:`;
    this.#invalidations = invalidations;
    this.#clock = clock;
  }

  async getMany(keys: readonly string[]): Promise<SharedLook> {
    if (!this.#redis.available) return nothing;
    const mark = this.#invalidations.mark;
    try {
      const [texts, count] = await Promise.all([
        this.#redis.mget(keys.map((key) => this.#name(key))),
        this.#redis.get(sequenceKey),
      ]);
      const sequence = Number(count ?? 0);
      const records = new Map<string, SharedRecord>();
      texts.forEach((text, index) => {
        const record = text === null ? undefined : decodeRecord(text);
        // A count that went back means that Redis forgot; marks may be gone with it.
        if (record && record.sequence <= sequence) records.set(keys[index] as string, record);
      });
      await this.#dropOld(records, sequence);
      const entries = new Map<string, Entry>();
      for (const [key, record] of records) {
        const entry = record.toEntry(this.#clock, mark);
        if (entry) entries.set(key, entry);
      }
      return { entries, sequence };
    } catch {
      // The connection counts its own failures; here it only means to ask the service.
      return nothing;
    }
  }

  set(key: string, entry: Entry, sequence: number): void {
    if (!this.#redis.available || entry.bytes > maxRecordBytes) return;
    const leftMs = Math.ceil(entry.arrivedAt + entry.lifetime.keepMs - this.#clock.monotonic());
    if (leftMs <= 0) return;
    const text = encodeRecord(entry, sequence, this.#clock);
    this.#redis.set(this.#name(key), text, Math.min(leftMs, longestSharedMs)).catch(() => undefined);
  }

  delete(key: string): void {
    if (this.#redis.available) this.#redis.del([this.#name(key)]).catch(() => undefined);
  }

  /** Takes out what an invalidation has made old. Costs nothing where there was none since the records were asked for. */
  async #dropOld(records: Map<string, SharedRecord>, sequence: number): Promise<void> {
    const doubtful = [...records].filter(([, record]) => record.sequence < sequence);
    if (doubtful.length === 0) return;
    const tags = [...new Set([everything, ...doubtful.flatMap(([, record]) => record.tags)])];
    const found = await this.#redis.mget(tags.map(markKey));
    const marks = new Map(tags.map((tag, index) => [tag, Number(found[index] ?? 0)]));
    for (const [key, record] of doubtful)
      if ([everything, ...record.tags].some((tag) => (marks.get(tag) ?? 0) > record.sequence)) records.delete(key);
  }

  #name(key: string): string {
    return this.#prefix + sha256Hex(key);
  }
}
