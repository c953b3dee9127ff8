import type { CacheConfig } from '../config/sections/cache.ts';
import type { Clock } from '../lib/clock.ts';
import type { RedisClient } from '../redis/redis-client.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { Cache } from './cache.ts';
import { CacheMetrics } from './cache-metrics.ts';
import { Invalidation } from './invalidation.ts';
import { InvalidationLog } from './invalidation-log.ts';
import { MemoryStore } from './memory-store.ts';
import { RedisStore } from './redis-store.ts';
import { ResponseCache } from './response-cache.ts';

export interface CachingOptions {
  readonly config: CacheConfig;
  /** Absent in embedded mode: this process keeps its own. */
  readonly redis?: RedisClient;
  /** Digest of all that shapes a kept record: contracts, mapping, release. */
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** All that one process keeps, over one record of what is old. */
export interface Caching {
  /** Records of services. */
  readonly records: Cache;
  /** Whole answers. */
  readonly answers: ResponseCache;
  readonly invalidation: Invalidation;
  readonly metrics: CacheMetrics;
  readonly close: () => void;
}

export function createCaching({ config, redis, version, clock, logger, metrics }: CachingOptions): Caching {
  const memory = new MemoryStore(config.maxMemoryBytes);
  const invalidations = new InvalidationLog();
  const shared = redis && config.shared ? new RedisStore({ redis, version, invalidations, clock }) : undefined;
  const invalidation = new Invalidation({ invalidations, memory, logger, metrics, ...(redis && { redis }) });
  const records = new Cache({ memory, invalidations, clock, ...(shared && { shared }) });
  const { maxAnswerBytes: maxBytes, maxAnswerSeconds: maxAgeSeconds } = config;
  const answers = new ResponseCache({ maxBytes, maxAgeSeconds, invalidations, clock, metrics });
  metrics.readings('facet_cache_bytes', 'Bytes that are kept, by estimate: records and whole answers.', 'kept', () => [
    ['records', memory.bytes],
    ['answers', answers.bytes],
  ]);
  return { records, answers, invalidation, metrics: new CacheMetrics(metrics), close: () => invalidation.close() };
}
