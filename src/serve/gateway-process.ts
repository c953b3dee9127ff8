import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListenerConfig } from '../config/sections/listeners.ts';
import type { ListenerTlsConfig } from '../config/sections/tls.ts';
import type { LoadedConfig } from '../config/load.ts';
import { type Client, createGateway, type Gateway, type Surroundings } from '../gateway.ts';
import { closeServer } from '../ingress/drain.ts';
import { type ListenerCertificate, openListenerCertificate } from '../ingress/listener-certificate.ts';
import { type PublicServer, urlOf } from '../ingress/server.ts';
import { PartSet } from '../lib/part-set.ts';
import { declareProcessMetrics } from '../telemetry/process-metrics.ts';
import { logUnheardRejections } from '../telemetry/unheard-rejections.ts';
import { freePort } from './free-port.ts';
import { createPublicServer } from './public-server.ts';
import { type Neighbourhood, openSurroundings, type ProcessSurroundings } from './surroundings.ts';

export interface StartOptions {
  /** What the log calls it. */
  readonly action?: string;
  /**
   * Every worker listens on the same port, which the primary has found free, and the kernel deals connections out. The cluster module's own
   * way, by the primary, leaves a connection open for ever that was dealt to a worker as it died.
   */
  readonly sharesPort?: boolean;
}

/** One version of the configuration at work. */
interface Generation {
  readonly loaded: LoadedConfig;
  readonly gateway: Gateway;
  readonly parts: PartSet;
  /** Requests that it has not answered yet. */
  inFlight: number;
  isCurrent: boolean;
}

/** Where a process can be reached. */
export interface Urls {
  readonly url: string;
  readonly adminUrl: string;
}

/**
 * One client's process. It listens once; each request is served, from its arrival to its end, by the version of the configuration that
 * is current when it arrives. A new version is built beside the old one and takes over between two requests; the old one ends with the last
 * of its own.
 */
export class GatewayProcess {
  readonly #client: Client;
  readonly #around: ProcessSurroundings;
  readonly #admin: Server;
  readonly #showConfig: (hash: string) => void;
  readonly #stopListening: () => void;
  readonly #leaving = new AbortController();
  #certificate: ListenerCertificate | undefined;
  #server: PublicServer | undefined;
  #current: Generation;
  #reloading: Promise<void> = Promise.resolve();
  readonly #retiring = new Set<Promise<void>>();

  /** `neighbourhood`: where it is one of several workers. */
  static async create(
    client: Client,
    loaded: LoadedConfig,
    neighbourhood?: Neighbourhood,
    root = process.cwd(),
  ): Promise<GatewayProcess> {
    const around = openSurroundings(client.profile.name, loaded.config, neighbourhood, root);
    return new GatewayProcess(client, around, await build(client, loaded, around));
  }

  private constructor(client: Client, around: ProcessSurroundings, first: Generation) {
    this.#client = client;
    this.#around = around;
    this.#current = first;
    this.#showConfig = declareProcessMetrics(around.metrics, client.profile.name);
    this.#stopListening = logUnheardRejections(around.log);
    this.#admin = createHttpServer((request, response) => this.#current.gateway.admin.routing(request, response));
  }

  get profile(): string {
    return this.#client.profile.name;
  }

  get metrics(): Surroundings['metrics'] {
    return this.#around.metrics;
  }

  get log(): Surroundings['log'] {
    return this.#around.log;
  }

  /** What is in use now. */
  get loaded(): LoadedConfig {
    return this.#current.loaded;
  }

  /** What operators decided by hand, for a neighbour that was not there. */
  get decisions(): Gateway['decisions'] {
    return this.#current.gateway.decisions;
  }

  /**
   * Begins to listen, the admin port first: whoever waits for the rest can see why. Resolves to the addresses in use, or to undefined when
   * it was told to stop before.
   */
  async start({ action = 'started', sharesPort = false }: StartOptions = {}): Promise<Urls | undefined> {
    const { host, port, adminHost, adminPort, tls } = this.#listener;
    // Exclusive: of several workers each has an admin listener of its own.
    this.#admin.listen({ port: adminPort, host: adminHost, exclusive: true });
    await once(this.#admin, 'listening');
    if (tls) this.#certificate = await this.#openCertificate(tls);
    await this.#current.gateway.ready;
    if (this.#leaving.signal.aborted) return undefined;
    const server = (this.#server = await this.#createServer());
    await server.listen({ host, port: sharesPort ? port : await freePort(host, port) });
    this.#begin();
    this.#around.health.becomeReady();
    const urls = { url: urlOf(server.app), adminUrl: adminUrlOf(this.#admin) };
    const { hash } = this.loaded;
    this.log.info(
      {
        'event.action': action,
        'facet.config.hash': hash,
        'facet.url': urls.url,
        'facet.admin_url': urls.adminUrl,
      },
      'ready',
    );
    return urls;
  }

  /**
   * Goes over to another version of the configuration, one after the other. Addresses and ports stay as they were. Rejects when the
   * parts cannot be built; nothing is changed then.
   */
  reload(loaded: LoadedConfig): Promise<void> {
    const done = this.#reloading.then(() => this.#replace(loaded));
    this.#reloading = done.catch(() => undefined);
    return done;
  }

  /** Serves on for the drain's delay, finishes what is in flight, and ends every part. */
  async stop(): Promise<void> {
    this.#leaving.abort();
    this.#around.health.becomeUnready('draining');
    await this.#reloading;
    if (this.#server) await closeServer(this.#server, this.loaded.config.drain);
    this.#admin.close();
    this.#admin.closeAllConnections();
    await Promise.all(this.#retiring);
    await this.#current.parts.release();
    this.#certificate?.close();
    this.#stopListening();
    await this.#around.close();
  }

  get #listener(): ListenerConfig {
    // `createGateway` refuses a configuration without it.
    return this.loaded.config.listeners[this.profile] as ListenerConfig;
  }

  /** An authority that cannot be asked keeps a first start waiting: readiness says for what. */
  async #openCertificate(config: ListenerTlsConfig): Promise<ListenerCertificate | undefined> {
    const { health } = this.#around;
    const { signal } = this.#leaving;
    health.becomeUnready('no_certificate');
    const certificate = await openListenerCertificate({ ...this.#around, config, signal });
    if (!signal.aborted) health.becomeUnready('starting');
    return certificate;
  }

  #createServer(): Promise<PublicServer> {
    return createPublicServer({
      profile: this.#client.profile,
      config: () => this.loaded.config,
      wayIn: {
        handle: (request, response) => this.#handle(request, response),
        turnAway: (request, wire) => this.#current.gateway.wayIn.turnAway(request, wire),
        isShedding: () => this.#current.gateway.wayIn.isShedding(),
        refuse: (...message) => this.#current.gateway.wayIn.refuse(...message),
      },
      certificate: this.#certificate,
      around: this.#around,
    });
  }

  #handle(request: IncomingMessage, response: ServerResponse): Promise<void> | void {
    const generation = this.#current;
    const answered = generation.gateway.wayIn.handle(request, response);
    if (!answered) return;
    generation.inFlight++;
    return answered.then(() => {
      generation.inFlight--;
      if (!generation.isCurrent) this.#endIfIdle(generation);
    });
  }

  async #replace(loaded: LoadedConfig): Promise<void> {
    const old = this.#current;
    const next = await build(this.#client, loaded, this.#around, old.parts);
    await next.gateway.ready;
    this.#current = next;
    old.isCurrent = false;
    this.#around.follow(loaded.config);
    this.#server?.follow(this.#listener);
    this.#begin();
    const hashes = { 'facet.config.hash': loaded.hash, 'facet.config.previous_hash': old.loaded.hash };
    this.log.info({ 'event.action': 'config.changed', ...hashes }, 'requests are served by the new configuration');
    this.#endIfIdle(old);
  }

  #begin(): void {
    this.#current.gateway.begin();
    this.#showConfig(this.loaded.hash);
  }

  #endIfIdle(generation: Generation): void {
    if (generation.inFlight > 0) return;
    const ending = generation.parts
      .release()
      .catch((error: unknown) => this.log.error({ error }, 'a part of an old configuration could not be ended'))
      .finally(() => this.#retiring.delete(ending));
    this.#retiring.add(ending);
  }
}

async function build(
  client: Client,
  loaded: LoadedConfig,
  around: Surroundings,
  previous?: PartSet,
): Promise<Generation> {
  const parts = new PartSet(previous);
  try {
    const gateway = await createGateway(client, loaded, around, parts);
    return { loaded, gateway, parts, inFlight: 0, isCurrent: true };
  } catch (error) {
    await parts.release();
    throw error;
  }
}

function adminUrlOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
