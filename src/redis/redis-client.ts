/**
 * What the mechanisms ask of Redis: single commands and scripts, each one round trip, each bounded in time. `connection.ts`
 * gives it over ioredis (standalone, Sentinel, Cluster) inside a breaker; when Redis is lost every call rejects at once with
 * `RedisUnavailable`, and the mechanism goes on by its documented local rule. A reply always belongs to its call; its shape is
 * still input, for the caller to check.
 */
export interface RedisClient {
  get(key: string): Promise<string | null>;
  mget(keys: readonly string[]): Promise<(string | null)[]>;
  /** `ttlMs` is required: no key lives for ever. `onlyIfAbsent` is SET NX. Resolves to whether it was set. */
  set(key: string, value: string, ttlMs: number, onlyIfAbsent?: boolean): Promise<boolean>;
  del(keys: readonly string[]): Promise<number>;
  /** Runs a script by its SHA (EVALSHA, loading it on first use). All `keys` must hash to one slot. */
  script<T>(script: RedisScript, keys: readonly string[], args: readonly (string | number)[]): Promise<T>;
  publish(channel: string, message: string): Promise<void>;
  /** Delivers messages until the returned function is called; resubscribes after a reconnect and then calls `onGap`, since messages may be lost. */
  subscribe(
    channel: string,
    onMessage: (message: string) => void,
    onGap?: () => void,
    /** Told whenever it begins to listen, the first time too: what was said before was said to nobody. */
    onListening?: () => void,
  ): () => void;
  /** Do keys live on several nodes, so that those of one script must share a slot? */
  readonly isSharded: boolean;
  /** True while commands are accepted. */
  readonly available: boolean;
  /** Called on each change between available and lost. */
  onAvailability(listener: (available: boolean) => void): () => void;
  close(): Promise<void>;
}

export interface RedisScript {
  readonly name: string;
  readonly lua: string;
}

/** Redis could not be asked: refused, slow, in the wrong state, or its breaker is open. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
}
