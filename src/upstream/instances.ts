import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { UpstreamServiceConfig } from '../config/sections/upstreams.ts';
import { Bulkhead } from '../resilience/bulkhead.ts';
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { CertificateExpiry } from '../telemetry/certificate-expiry.ts';
import { type Address, InstancePool } from './pool.ts';
import { ServiceTls } from './service-tls.ts';

/** What everyone but its own layer needs of a route's circuit. */
export type InstanceBreaker = Pick<
  CircuitBreaker<[], unknown>,
  'state' | 'admits' | 'retryAfterMs' | 'forced' | 'window' | 'force' | 'release' | 'shutdown'
>;

export type Resolve = (host: string) => Promise<readonly Address[]>;

export interface InstanceStatus {
  readonly service: string;
  readonly instance: string;
  readonly weight: number;
  readonly inFlight: number;
  readonly queued: number;
  readonly connectionsOpened: number;
}

/** One address of a service: its connections, its bulkhead, and what its breakers have seen. */
export class Instance {
  readonly service: string;
  /** `users.internal:8001` or `users.internal:8001/10.0.0.7`: for logs, metrics and the admin port, never for clients. */
  readonly name: string;
  /** Its URL's weight, shared with the other addresses of that URL. */
  weight: number;
  readonly pool: InstancePool;
  readonly bulkhead: Bulkhead;
  /** By route name; made by the circuit breaker layer at a route's first attempt here. */
  readonly breakers = new Map<string, InstanceBreaker>();
  /** Attempts given to it that have not ended, waiting ones included. */
  load = 0;

  constructor(
    service: string,
    url: URL,
    address: Address | undefined,
    weight: number,
    config: UpstreamServiceConfig,
    tls: Pick<ServiceTls, 'material'>,
  ) {
    this.service = service;
    this.name = address ? `${url.host}/${address.address}` : url.host;
    this.weight = weight;
    this.pool = new InstancePool(url.origin, address, config, tls);
    this.bulkhead = new Bulkhead(config.bulkhead);
  }

  get status(): InstanceStatus {
    const { service, name, weight, bulkhead, pool } = this;
    const { inFlight, queued } = bulkhead;
    return { service, instance: name, weight, inFlight, queued, connectionsOpened: pool.opened };
  }

  close(): Promise<void> {
    for (const breaker of this.breakers.values()) breaker.shutdown();
    return this.pool.close();
  }
}

export interface InstanceSetParts {
  readonly log: Logger;
  /** Default: the system's resolver. */
  readonly resolve?: Resolve | undefined;
  /** Milliseconds between looks at TLS files. */
  readonly watchMs: () => number;
  readonly expiry?: CertificateExpiry | undefined;
}

/** One URL of the configuration and the addresses behind it. */
interface Origin {
  readonly url: URL;
  readonly weight: number;
  instances: Instance[];
}

/**
 * The instances of one service. A host name stands for all its addresses and is looked up again from time to time; a failed or empty
 * look-up changes nothing, so the last good addresses stay in use.
 */
export class InstanceSet {
  readonly service: string;
  readonly #config: UpstreamServiceConfig;
  readonly #origins: Origin[];
  readonly #resolve: Resolve;
  readonly #log: Logger;
  readonly #tls: ServiceTls;
  #all: readonly Instance[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(service: string, config: UpstreamServiceConfig, { log, resolve, watchMs, expiry }: InstanceSetParts) {
    this.service = service;
    this.#config = config;
    this.#resolve = resolve ?? resolveHost;
    this.#log = log;
    const onChange = (): void => {
      for (const { pool } of this.#all) pool.renew();
    };
    this.#tls = new ServiceTls(service, config.tls, { log, watchMs, expiry, onChange });
    this.#origins = config.instances.map(({ url, weight }) => ({ url: new URL(url), weight, instances: [] }));
    for (const origin of this.#origins) if (!isName(origin.url)) origin.instances = [this.#instance(origin, undefined)];
    this.#publish();
  }

  /** Every instance known now. */
  get all(): readonly Instance[] {
    return this.#all;
  }

  /** Looks host names up for the first time and keeps doing so. Resolves when the first look-ups ended, well or not. */
  async start(): Promise<void> {
    const names = this.#origins.filter(({ url }) => isName(url));
    if (names.length === 0) return;
    await Promise.all(names.map((origin) => this.#refresh(origin)));
    this.#schedule(names);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#tls.close();
    await Promise.all(this.#all.map((instance) => instance.close()));
  }

  #schedule(names: readonly Origin[]): void {
    if (this.#closed) return;
    // Without any address there is nothing to lose by asking again soon.
    const seconds = names.some(({ instances }) => instances.length === 0) ? 1 : this.#config.dns.refreshSeconds;
    this.#timer = setTimeout(
      () => void Promise.all(names.map((origin) => this.#refresh(origin))).then(() => this.#schedule(names)),
      seconds * 1_000 * (0.9 + 0.2 * Math.random()),
    ).unref();
  }

  async #refresh(origin: Origin): Promise<void> {
    const { service } = this;
    const host = origin.url.hostname;
    try {
      const addresses = await withTimeout(this.#resolve(host), this.#config.dns.timeoutMs);
      if (addresses.length === 0) throw new Error('the answer has no address');
      this.#adopt(origin, addresses);
    } catch (error) {
      const kept = origin.instances.length;
      this.#log.warn(
        {
          'event.action': 'upstream.dns.failed',
          'facet.service': service,
          'destination.domain': host,
          'facet.kept': kept,
          error,
        },
        'host name look-up failed',
      );
    }
  }

  #adopt(origin: Origin, addresses: readonly Address[]): void {
    const known = new Map(origin.instances.map((instance) => [instance.name, instance]));
    const next = addresses.map((address) => {
      const name = `${origin.url.host}/${address.address}`;
      const kept = known.get(name);
      known.delete(name);
      return kept ?? this.#instance(origin, address);
    });
    const added = next.length - (origin.instances.length - known.size);
    if (this.#closed || (added === 0 && known.size === 0)) return;
    origin.instances = next;
    for (const instance of next) instance.weight = origin.weight / next.length;
    this.#publish();
    this.#log.info(
      {
        'event.action': 'upstream.dns.changed',
        'facet.service': this.service,
        'destination.domain': origin.url.hostname,
        'facet.added': added,
        'facet.removed': known.size,
      },
      'addresses of a service changed',
    );
    for (const gone of known.values()) void gone.close();
  }

  #instance(origin: Origin, address: Address | undefined): Instance {
    return new Instance(this.service, origin.url, address, origin.weight, this.#config, this.#tls);
  }

  #publish(): void {
    this.#all = this.#origins.flatMap(({ instances }) => instances);
  }
}

function isName(url: URL): boolean {
  return isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0;
}

/** The system's resolver. Where a name has addresses of both families, IPv4 ones are used: both lead to the same machines. */
async function resolveHost(host: string): Promise<readonly Address[]> {
  const found = await lookup(host, { all: true });
  const four = found.filter(({ family }) => family === 4);
  return four.length > 0 ? four : found;
}

async function withTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
