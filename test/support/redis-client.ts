import { redis as section, type RedisConfig } from '../../src/config/sections/redis.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { connectRedis } from '../../src/redis/connection.ts';
import type { RedisClient } from '../../src/redis/redis-client.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { type Cleanup, waitFor } from './processes.ts';

export interface TestRedisClient {
  readonly client: RedisClient;
  readonly metrics: Metrics;
  /** The log's lines so far, parsed. */
  readonly lines: readonly Record<string, unknown>[];
}

/**
 * The product's own client, closed with the test. Waits for Redis unless `awaited` is false. Patient unless `settings` say otherwise:
 * on a busy machine 50 ms are soon over, and only tests of losing Redis are about that.
 */
export async function connectTestRedis(
  cleanup: Cleanup,
  url: string,
  settings: Partial<RedisConfig> = {},
  awaited = true,
): Promise<TestRedisClient> {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string): void => void lines.push(JSON.parse(line)) };
  const logger = createLogger({ level: 'info', base: {}, destination });
  const metrics = new Metrics();
  const client = connectRedis(
    { ...section.parse({ commandTimeoutMs: 1_000 }), ...settings, url },
    { clock: systemClock, logger, metrics, watchMs: () => 20 },
  );
  cleanup.after(() => client.close());
  if (awaited) await waitFor(() => client.available, { what: 'Redis to be available' });
  return { client, metrics, lines };
}
