import type { RedisClient } from '../../src/redis/redis-client.ts';

/** The same client with some of its commands replaced: late, deaf, or counted. */
export function changedRedis(redis: RedisClient, change: Partial<RedisClient>): RedisClient {
  return new Proxy(redis, {
    get(target, name: keyof RedisClient) {
      const value: unknown = change[name] ?? target[name];
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The same client, counting its scripts by name. */
export function countingRedis(redis: RedisClient): { client: RedisClient; ran: (script: string) => number } {
  const counts = new Map<string, number>();
  const client = changedRedis(redis, {
    script<T>(...command: Parameters<RedisClient['script']>): Promise<T> {
      const [{ name }] = command;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return redis.script<T>(...command);
    },
  });
  return { client, ran: (script) => counts.get(script) ?? 0 };
}
