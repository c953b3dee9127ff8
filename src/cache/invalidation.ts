import { randomUUID } from 'node:crypto';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { RedisClient } from '../redis/redis-client.ts';
import type { InvalidationLog } from './invalidation-log.ts';
import type { MemoryStore } from './memory-store.ts';
import { everything, invalidationChannel, markCommand } from './shared-marks.ts';

export interface InvalidationOptions {
  readonly invalidations: InvalidationLog;
  readonly memory: MemoryStore;
  /** Absent in embedded mode: then this process is all there is. */
  readonly redis?: RedisClient;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Beyond this many tags that Redis could not be told of, it is told that everything is old. */
const maxUnsent = 1_000;

/**
 * Makes replies old by tag, on every instance: here at once, in Redis before `invalidate` resolves, in the other processes' memories as
 * the message arrives, milliseconds later. Who may have missed a message (a lost connection) forgets all it holds; an invalidation
 * that Redis could not be told of is told when it is back, before that records there live no longer than their policy says.
 */
export class Invalidation {
  readonly #invalidations: InvalidationLog;
  readonly #memory: MemoryStore;
  readonly #redis: RedisClient | undefined;
  readonly #logger: Logger;
  readonly #count: (source: 'local' | 'remote' | 'gap') => void;
  readonly #instance = randomUUID();
  readonly #unsent = new Set<string>();
  readonly #release: (() => void)[] = [];

  constructor({ invalidations, memory, redis, logger, metrics }: InvalidationOptions) {
    this.#invalidations = invalidations;
    this.#memory = memory;
    this.#redis = redis;
    this.#logger = logger;
    const counter = metrics.counter(
      'facet_cache_invalidations_total',
      'Invalidations by where they came from: local, remote (another instance), gap (messages may have been lost: everything).',
      ['source'],
    );
    this.#count = (source) => counter.inc({ source });
    if (!redis) return;
    this.#release.push(
      redis.subscribe(
        invalidationChannel,
        (message) => this.#receive(message),
        () => this.#forgetAll('the connection that brings invalidations was lost'),
      ),
      redis.onAvailability((available) => {
        if (available && this.#unsent.size > 0) void this.#tell();
      }),
    );
  }

  /** Every reply with one of these tags is old from now on. Never rejects. */
  async invalidate(tags: readonly string[]): Promise<void> {
    if (tags.length === 0) return;
    this.#invalidations.note(tags);
    this.#count('local');
    if (!this.#redis) return;
    for (const tag of tags) this.#unsent.add(tag);
    await this.#tell();
  }

  close(): void {
    for (const release of this.#release) release();
  }

  /**
   * Sends what Redis does not know yet; what fails stays to be sent. A record that was read from Redis before its mark stood there looks
   * new here, so the tags are noted once more after.
   */
  async #tell(): Promise<void> {
    const tags = [...this.#unsent];
    this.#unsent.clear();
    try {
      await this.#redis?.script(...markCommand(tags, JSON.stringify([this.#instance, tags])));
      if (tags.includes(everything)) this.#invalidations.noteAll();
      else this.#invalidations.note(tags);
    } catch {
      for (const tag of tags) this.#unsent.add(tag);
      if (this.#unsent.size <= maxUnsent) return;
      this.#unsent.clear();
      this.#unsent.add(everything);
    }
  }

  #receive(message: string): void {
    const tags = tagsOf(message, this.#instance);
    if (tags === undefined || tags.includes(everything)) {
      this.#forgetAll(tags ? 'an instance could not say what is old' : 'a message could not be read');
    } else if (tags.length > 0) {
      this.#invalidations.note(tags);
      this.#count('remote');
    }
  }

  #forgetAll(reason: string): void {
    this.#invalidations.noteAll();
    this.#memory.clear();
    this.#count('gap');
    this.#logger.info(
      { 'event.action': 'cache.cleared', 'event.reason': reason },
      'The cache of this process was cleared',
    );
  }
}

/** The tags of another instance's message; none for one's own, undefined for anything else. */
function tagsOf(message: string, self: string): readonly string[] | undefined {
  try {
    const [from, tags] = JSON.parse(message) as [unknown, unknown];
    if (from === self) return [];
    return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string') ? tags : undefined;
  } catch {
    return undefined;
  }
}
