import type { RedisConfig } from '../config/sections/redis.ts';
import { connectRedis, type RedisDependencies } from './connection.ts';
import type { RedisClient } from './redis-client.ts';

/** The process's one connection, or undefined where the configuration names no Redis; the log then says what that means. */
export function connectConfiguredRedis(config: RedisConfig, deps: RedisDependencies): RedisClient | undefined {
  const { url } = config;
  if (url) return connectRedis({ ...config, url }, deps);
  deps.logger.info(
    'no redis.url: rate limits, caches, barred subjects and idempotency are per process, and API keys are those of the configuration',
  );
  return undefined;
}
