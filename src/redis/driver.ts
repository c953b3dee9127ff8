import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisConfig } from '../config/sections/redis.ts';
import type { RedisTls } from './redis-tls.ts';

/** A client for one life of one connection: it never reconnects and never queues; a lost one is thrown away whole. */
export type Driver = Redis | Cluster;

/** How to make clients for the configured deployment. */
export interface DriverFactory {
  commands(): Driver;
  /** A plain connection for messages. In a cluster any node will do: a publication reaches all of them. */
  subscriber(): Redis;
  /** Where it connects, without user and password: for logs. */
  readonly address: string;
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** `tls`: what each connection is made with; undefined for plain ones. Throws where the URL is unusable. */
export function createDriverFactory(
  config: RedisConfig & { readonly url: string },
  tls: RedisTls | undefined,
): DriverFactory {
  const url = new URL(config.url);
  const first: Endpoint = { host: bare(url.hostname), port: Number(url.port || 6379) };
  const seeds = [first, ...config.nodes.map(parseNode)];
  const shared = () =>
    ({
      ...(url.username && { username: decodeURIComponent(url.username) }),
      ...(url.password && { password: decodeURIComponent(url.password) }),
      ...(tls && { tls: tls.options }),
      // RESP2: one question, one answer, by position. Nothing here needs pushes.
      protocol: 2 as const,
      connectTimeout: config.connectTimeoutMs,
      // Bounds the handshake; commands have their own, shorter one in `command-timer.ts`.
      commandTimeout: config.connectTimeoutMs,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      retryStrategy: () => null,
      keepAlive: 10_000,
    }) satisfies RedisOptions;
  const database = Number(url.pathname.slice(1) || 0);
  const single = (endpoint: Endpoint, offlineQueue: boolean): Redis =>
    new Redis({ ...shared(), ...endpoint, db: database, enableOfflineQueue: offlineQueue });
  const sentinel = (offlineQueue: boolean): Redis =>
    new Redis({
      ...shared(),
      db: database,
      enableOfflineQueue: offlineQueue,
      sentinels: seeds,
      name: config.sentinelName,
      sentinelCommandTimeout: config.connectTimeoutMs,
      sentinelRetryStrategy: () => null,
      ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: tls.options }),
      ...(config.sentinelPassword && { sentinelPassword: config.sentinelPassword }),
    });
  const cluster = (): Cluster =>
    new Cluster([...seeds], {
      redisOptions: shared(),
      enableOfflineQueue: false,
      slotsRefreshTimeout: config.connectTimeoutMs,
      clusterRetryStrategy: () => null,
      // Time for one look at the new owner; the command's own timeout ends the search.
      retryDelayOnFailover: 20,
      retryDelayOnClusterDown: 0,
      maxRedirections: 4,
    });
  let turn = 0;
  return {
    address: `${config.mode} ${seeds.map(({ host, port }) => `${host}:${port}`).join(',')}`,
    commands: () =>
      config.mode === 'cluster' ? cluster() : config.mode === 'sentinel' ? sentinel(false) : single(first, false),
    subscriber: () =>
      config.mode === 'sentinel' ? sentinel(true) : single(seeds[turn++ % seeds.length] ?? first, true),
  };
}

/** Ends a client at once: `end()` would wait for a peer that may be frozen, so the sockets are destroyed. */
export function discard(driver: Driver): void {
  const nodes = driver instanceof Cluster ? driver.nodes('all') : [driver];
  driver.disconnect();
  for (const node of nodes) (node.stream as typeof node.stream | undefined)?.destroy();
}

function parseNode(text: string): Endpoint {
  const colon = text.lastIndexOf(':');
  return { host: bare(text.slice(0, colon)), port: Number(text.slice(colon + 1)) };
}

/** An IPv6 host without its brackets. */
function bare(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}
