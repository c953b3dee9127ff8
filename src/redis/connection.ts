import { hash } from 'node:crypto';
import { Cluster } from 'ioredis';
import type { RedisConfig } from '../config/sections/redis.ts';
import type { Clock } from '../lib/clock.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { CommandTimer } from './command-timer.ts';
import { createDriverFactory, discard, type Driver, type DriverFactory } from './driver.ts';
import { type RedisClient, type RedisScript, RedisUnavailable } from './redis-client.ts';
import { RedisTls, type RedisTlsParts } from './redis-tls.ts';
import { failureReason, isAboutTheServer, isMissingScript } from './reply-errors.ts';
import { Subscriptions } from './subscriptions.ts';

export interface RedisDependencies extends RedisTlsParts {
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/**
 * Redis behind a breaker. It is *available* or *lost*, nothing between: the first command that times out, meets a closed
 * connection or hears that the server cannot serve (OOM, READONLY, NOAUTH …) makes it lost. Then every command rejects at
 * once, and a connection in the background tries each `retryMs` until a write goes through in time; no request is ever the
 * probe. A lost connection is thrown away with everything still unanswered on it, so that a late reply reaches nobody.
 */
export function connectRedis(config: RedisConfig & { readonly url: string }, deps: RedisDependencies): RedisClient {
  const tls = config.url.startsWith('rediss:') ? new RedisTls(config.tls, deps) : undefined;
  return new RedisConnection(config, createDriverFactory(config, tls), deps, tls);
}

/** Even the plain commands run as scripts: only a script's reply can carry the tag of its call. */
const commands = {
  get: { name: 'get', lua: `return redis.call('GET', KEYS[1])` },
  mget: { name: 'mget', lua: `return redis.call('MGET', unpack(KEYS))` },
  set: { name: 'set', lua: `return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])` },
  setIfAbsent: { name: 'set-if-absent', lua: `return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX')` },
  del: { name: 'del', lua: `return redis.call('DEL', unpack(KEYS))` },
} as const satisfies Record<string, RedisScript>;

const durationBuckets = [0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1];

class RedisConnection implements RedisClient {
  readonly #config: RedisConfig;
  readonly #factory: DriverFactory;
  readonly #deps: RedisDependencies;
  readonly #tls: RedisTls | undefined;
  readonly #timer: CommandTimer;
  readonly #subscriptions: Subscriptions;
  readonly #listeners = new Set<(available: boolean) => void>();
  readonly #scripts = new WeakMap<RedisScript, { readonly lua: string; readonly sha: string }>();
  readonly #available;
  readonly #changes;
  readonly #failures;
  #state: 'starting' | 'available' | 'lost' | 'closed' = 'starting';
  #driver: Driver | undefined;
  #retry: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #lostAt = 0;
  #lastTag = 0;
  /** Hashes to the slot of the key that failed, so that the write which proves recovery asks the node that failed. */
  #probeTag = 'probe';

  constructor(config: RedisConfig, factory: DriverFactory, deps: RedisDependencies, tls: RedisTls | undefined) {
    this.#config = config;
    this.#factory = factory;
    this.#deps = deps;
    this.#tls = tls;
    const durations = deps.metrics.histogram(
      'facet_redis_command_seconds',
      'Time of commands that Redis answered',
      [],
      durationBuckets,
    );
    this.#timer = new CommandTimer(
      deps.clock,
      config.commandTimeoutMs,
      (key) => {
        this.#probeTag = hashTag(key);
        this.#lose(this.#driver, 'timeout');
      },
      (ms) => durations.observe(ms / 1_000),
    );
    this.#subscriptions = new Subscriptions(factory, () => this.#retryDelayMs());
    this.#available = deps.metrics.gauge('facet_redis_available', '1 while Redis answers in time, 0 while it is lost');
    this.#changes = deps.metrics.counter('facet_redis_changes_total', 'Changes between available and lost', [
      'state',
      'reason',
    ]);
    this.#failures = deps.metrics.counter('facet_redis_failed_commands_total', 'Commands that Redis refused', [
      'reason',
    ]);
    this.#connect();
  }

  get isSharded(): boolean {
    return this.#config.mode === 'cluster';
  }

  get available(): boolean {
    return this.#state === 'available';
  }

  onAvailability(listener: (available: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  get(key: string): Promise<string | null> {
    return this.script(commands.get, [key], []);
  }

  async mget(keys: readonly string[]): Promise<(string | null)[]> {
    if (keys.length === 0) return [];
    // One command's keys must share a slot; single ones go to each node in parallel.
    if (this.#driver instanceof Cluster) return Promise.all(keys.map((key) => this.get(key)));
    return this.script(commands.mget, keys, []);
  }

  async set(key: string, value: string, ttlMs: number, onlyIfAbsent = false): Promise<boolean> {
    return (await this.script(onlyIfAbsent ? commands.setIfAbsent : commands.set, [key], [value, ttlMs])) === 'OK';
  }

  async del(keys: readonly string[]): Promise<number> {
    if (keys.length === 0) return 0;
    if (!(this.#driver instanceof Cluster)) return this.script(commands.del, keys, []);
    const counts = await Promise.all(keys.map((key) => this.script<number>(commands.del, [key], [])));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async script<T>(script: RedisScript, keys: readonly string[], args: readonly (string | number)[]): Promise<T> {
    const { lua, sha } = this.#prepare(script);
    const tag = String(++this.#lastTag);
    const rest = [...keys, ...args, tag];
    const reply = await this.#ask(keys[0] ?? '', (driver) =>
      driver.evalsha(sha, keys.length, ...rest).catch((error: unknown) => {
        if (isMissingScript(error)) return driver.eval(lua, keys.length, ...rest);
        throw error;
      }),
    );
    if (Array.isArray(reply) && reply[0] === tag) return reply[1] as T;
    this.#lose(this.#driver, 'out_of_step');
    throw new RedisUnavailable('A reply was not the answer to its question.');
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.#ask(channel, (driver) => driver.publish(channel, message));
  }

  subscribe(
    channel: string,
    onMessage: (message: string) => void,
    onGap?: () => void,
    onListening?: () => void,
  ): () => void {
    return this.#subscriptions.add(channel, onMessage, onGap, onListening);
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    clearTimeout(this.#retry);
    clearTimeout(this.#deadline);
    this.#timer.rejectAll(new RedisUnavailable('The connection to Redis is closed.'));
    this.#subscriptions.close();
    this.#tls?.close();
    if (this.#driver) discard(this.#driver);
  }

  /** The script with the tag of its call beside the result: the proof that a reply belongs to this caller and to no other. */
  #prepare(script: RedisScript): { readonly lua: string; readonly sha: string } {
    let prepared = this.#scripts.get(script);
    if (!prepared) {
      const lua = `local reply = (function()\n${script.lua}\nend)()\nreturn {ARGV[#ARGV], reply}`;
      prepared = { lua, sha: hash('sha1', lua) };
      this.#scripts.set(script, prepared);
    }
    return prepared;
  }

  #ask<T>(key: string, send: (driver: Driver) => Promise<T>): Promise<T> {
    const driver = this.#driver;
    if (!this.available || !driver) return Promise.reject(new RedisUnavailable('Redis is not available.'));
    return this.#timer.track(key, send(driver), (error) => {
      const reason = failureReason(error);
      this.#failures.inc({ reason });
      if (isAboutTheServer(error)) {
        this.#probeTag = hashTag(key);
        this.#lose(driver, reason);
      }
      return new RedisUnavailable('Redis could not do this.', { cause: error });
    });
  }

  #connect(): void {
    const driver = this.#factory.commands();
    this.#driver = driver;
    let reason = 'closed';
    const onError = (error: Error): void => {
      reason = failureReason(error);
      // ioredis says so when a reply comes that nobody waits for: positions can't be trusted any more.
      if (error.message.startsWith('Command queue state error')) this.#lose(driver, 'out_of_step');
    };
    driver.on('error', onError);
    driver.on('node error', onError);
    driver.once('ready', () => void this.#prove(driver));
    driver.once('end', () => this.#lose(driver, reason));
    this.#deadline = setTimeout(() => this.#lose(driver, 'connect_timeout'), this.#config.connectTimeoutMs);
  }

  /** Accepting a connection proves little (a full or read-only server does): a write within the command timeout does. */
  async #prove(driver: Driver): Promise<void> {
    try {
      if (driver instanceof Cluster) await Promise.all(driver.nodes('master').map((node) => node.ping()));
      const key = `facet:probe:{${this.#probeTag}}`;
      const reply = await this.#timer.track(key, driver.set(key, '1', 'PX', 1_000), toError);
      if (reply !== 'OK') throw new Error('an answer that SET does not give');
      this.#recover(driver);
    } catch (error) {
      this.#lose(driver, failureReason(error));
    }
  }

  #recover(driver: Driver): void {
    if (driver !== this.#driver || this.#state === 'closed') return;
    clearTimeout(this.#deadline);
    const lostForMs = this.#state === 'lost' ? Math.round(this.#deps.clock.monotonic() - this.#lostAt) : 0;
    if (this.#state === 'lost') this.#subscriptions.prove();
    this.#state = 'available';
    this.#available.set(1);
    this.#changes.inc({ state: 'available', reason: 'answered' });
    this.#deps.logger.info(
      {
        'event.action': 'redis.available',
        'destination.address': this.#factory.address,
        'facet.lost_for_ms': lostForMs,
      },
      'Redis answers',
    );
    for (const listener of this.#listeners) listener(true);
  }

  #lose(driver: Driver | undefined, reason: string): void {
    if (!driver || driver !== this.#driver || this.#state === 'closed') return;
    this.#driver = undefined;
    clearTimeout(this.#deadline);
    discard(driver);
    this.#retry = setTimeout(() => this.#connect(), this.#retryDelayMs());
    this.#timer.rejectAll(new RedisUnavailable(`Redis is lost (${reason}).`));
    if (this.#state === 'lost') return;
    this.#state = 'lost';
    this.#lostAt = this.#deps.clock.monotonic();
    this.#available.set(0);
    this.#changes.inc({ state: 'lost', reason });
    this.#deps.logger.warn(
      { 'event.action': 'redis.lost', 'event.reason': reason, 'destination.address': this.#factory.address },
      'Redis is lost: limits count a share in each process, known keys and caches answer from memory',
    );
    for (const listener of this.#listeners) listener(false);
  }

  /** ± 20 %, so that instances which lost Redis together don't come back together. */
  #retryDelayMs(): number {
    return this.#config.retryMs * (0.8 + Math.random() * 0.4);
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The part of a key that decides its slot (Redis Cluster specification, "Hash tags"). */
function hashTag(key: string): string {
  const open = key.indexOf('{');
  const close = open < 0 ? -1 : key.indexOf('}', open + 1);
  return close > open + 1 ? key.slice(open + 1, close) : key;
}
