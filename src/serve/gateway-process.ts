import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Health, serveHealth } from '../admin/health.ts';
import type { ListenerConfig } from '../config/sections/listeners.ts';
import type { LoadedConfig } from '../config/load.ts';
import { type Client, createGateway, type Gateway, type Machine, type Surroundings } from '../gateway.ts';
import { closeServer } from '../ingress/drain.ts';
import { type ListenerCertificate, openListenerCertificate } from '../ingress/listener-certificate.ts';
import type { WayIn } from '../ingress/pipeline.ts';
import { servePlayground } from '../ingress/playground.ts';
import { createServer, urlOf } from '../ingress/server.ts';
import { systemClock } from '../lib/clock.ts';
import { PartSet } from '../lib/part-set.ts';
import { readOperationFiles } from '../operation/registry/operation-files.ts';
import { CertificateExpiry } from '../telemetry/certificate-expiry.ts';
import { LineLog } from '../telemetry/line-log.ts';
import { type LogOutput, openLogOutput } from '../telemetry/log-output.ts';
import { createLogger } from '../telemetry/logger.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { declareProcessMetrics } from '../telemetry/process-metrics.ts';
import { logUnheardRejections } from '../telemetry/unheard-rejections.ts';

/** What one of several workers has of the others. */
export interface Neighbourhood {
  readonly machine: Machine;
  /** Told when readiness changes, and why. */
  readonly onHealth: (ready: boolean, reason: string) => void;
}

export interface StartOptions {
  /** What the log calls it. */
  readonly action?: string;
  /**
   * Every worker listens on the same port and the kernel deals connections out (SO_REUSEPORT). The cluster module's own way, by the
   * primary, leaves a connection open for ever that was dealt to a worker as it died.
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

/**
 * One client's process. It listens once; each request is served, from its arrival to its end, by the version of the configuration that
 * is current when it arrives. A new version is built beside the old one and takes over between two requests; the old one ends with the last
 * of its own.
 */
export class GatewayProcess {
  readonly #client: Client;
  readonly #around: Surroundings;
  readonly #output: LogOutput;
  readonly #listener: ListenerConfig;
  readonly #certificate: ListenerCertificate | undefined;
  readonly #server: ReturnType<typeof createServer>;
  readonly #admin: Server;
  readonly #showConfig: (hash: string) => void;
  readonly #stopListening: () => void;
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
    const { config } = loaded;
    const { name } = client.profile;
    const listener = config.listeners[name];
    if (!listener) throw new Error(`The configuration has no listener named ${name}.`);
    const clock = systemClock;
    const metrics = new Metrics();
    const output = openLogOutput({ ...config.logging, isShared: neighbourhood !== undefined }, metrics);
    const logging = {
      level: config.logging.level,
      base: { 'service.name': `bff-${name}`, ...(neighbourhood && { 'process.pid': process.pid }) },
      destination: output,
    };
    const log = createLogger(logging);
    const accessLines = new LineLog(logging);
    const expiry = new CertificateExpiry({ clock, metrics, log });
    const health = new Health(neighbourhood?.onHealth);
    const around = { clock, log, accessLines, metrics, expiry, health, root, machine: neighbourhood?.machine };
    const watchMs = config.reload.watchSeconds * 1_000;
    const certificate =
      listener.tls && (await openListenerCertificate({ config: listener.tls, watchMs, expiry, clock, log, metrics }));
    const first = await build(client, loaded, around);
    const made = new GatewayProcess(client, around, output, listener, certificate, first);
    serveHealth(made.#server.app, around.health);
    if (config.mode !== 'production') {
      const operations = readOperationFiles(root, client.profile.operationsFolder);
      await servePlayground(made.#server.app, { client: name, config: config.playground, root, operations, log });
    }
    return made;
  }

  private constructor(
    client: Client,
    around: Surroundings,
    output: LogOutput,
    listener: ListenerConfig,
    certificate: ListenerCertificate | undefined,
    first: Generation,
  ) {
    this.#client = client;
    this.#around = around;
    this.#output = output;
    this.#listener = listener;
    this.#certificate = certificate;
    this.#current = first;
    this.#showConfig = declareProcessMetrics(around.metrics, client.profile.name);
    this.#stopListening = logUnheardRejections(around.log);
    const wayIn: WayIn = {
      handle: (request, response) => this.#handle(request, response),
      refuse: (...message) => this.#current.gateway.wayIn.refuse(...message),
    };
    this.#server = createServer(wayIn, listener, certificate);
    this.#admin = createHttpServer((request, response) => this.#current.gateway.admin.routing(request, response));
  }

  get profile(): string {
    return this.#client.profile.name;
  }

  get metrics(): Metrics {
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

  /** Begins to listen; resolves to the addresses in use. */
  async start({ action = 'started', sharesPort = false }: StartOptions = {}): Promise<{
    readonly url: string;
    readonly adminUrl: string;
  }> {
    const { host, port, adminHost, adminPort } = this.#listener;
    // Exclusive: of several workers each has an admin listener of its own.
    this.#admin.listen({ port: adminPort, host: adminHost, exclusive: true });
    await once(this.#admin, 'listening');
    await this.#current.gateway.ready;
    await this.#server.app.listen({ host, port, ...(sharesPort && { reusePort: true }) });
    this.#begin();
    this.#around.health.becomeReady();
    const urls = { url: urlOf(this.#server.app), adminUrl: adminUrlOf(this.#admin) };
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
    this.#around.health.becomeUnready('draining');
    await this.#reloading;
    await closeServer(this.#server, this.loaded.config.drain);
    this.#admin.close();
    this.#admin.closeAllConnections();
    await Promise.all(this.#retiring);
    await this.#current.parts.release();
    this.#certificate?.close();
    this.#around.expiry.close();
    this.#stopListening();
    await this.#output.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const generation = this.#current;
    generation.inFlight++;
    await generation.gateway.wayIn.handle(request, response);
    generation.inFlight--;
    if (!generation.isCurrent) this.#endIfIdle(generation);
  }

  async #replace(loaded: LoadedConfig): Promise<void> {
    const old = this.#current;
    const next = await build(this.#client, loaded, this.#around, old.parts);
    await next.gateway.ready;
    this.#current = next;
    old.isCurrent = false;
    const { level } = loaded.config.logging;
    this.log.level = level;
    this.#around.accessLines.setLevel(level);
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
