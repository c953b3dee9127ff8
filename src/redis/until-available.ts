import type { RedisClient } from './redis-client.ts';

/** Waits a little for a new connection, so that the first requests find it. Resolves in any case. */
export async function untilAvailable(redis: RedisClient, timeoutMs: number): Promise<void> {
  if (redis.available) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeoutMs);
  const stop = redis.onAvailability(() => resolve());
  await promise;
  clearTimeout(timer);
  stop();
}
