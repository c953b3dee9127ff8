import type { Config } from '../config/schema.ts';
import { systemClock } from '../lib/clock.ts';
import { connectRedis } from '../redis/connection.ts';
import type { RedisClient } from '../redis/redis-client.ts';
import { createLogger } from '../telemetry/logger.ts';
import { Metrics } from '../telemetry/metrics.ts';

/** A person at a terminal waits longer than a request may. */
const commandTimeoutMs = 1_000;
const connectTimeoutMs = 3_000;

/**
 * Runs an action with the configured Redis and closes the connection after it. Rejects with a sentence for people when there is
 * no Redis or it does not answer.
 */
export async function withRedis<T>(
  config: Config,
  absent: string,
  action: (redis: RedisClient) => Promise<T>,
): Promise<T> {
  const { url } = config.redis;
  if (!url) throw new Error(absent);
  const log = createLogger({ level: 'silent', base: {} });
  const redis = connectRedis(
    { ...config.redis, url, commandTimeoutMs },
    { clock: systemClock, logger: log, metrics: new Metrics() },
  );
  try {
    await availability(redis);
    return await action(redis);
  } finally {
    await redis.close();
  }
}

async function availability(redis: RedisClient): Promise<void> {
  if (redis.available) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(new Error('Redis cannot be reached at the address of redis.url.')),
    connectTimeoutMs,
  );
  const stop = redis.onAvailability((available) => available && resolve());
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    stop();
  }
}
