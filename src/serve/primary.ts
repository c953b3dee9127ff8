import { createAccess } from '../admin/access.ts';
import { Health } from '../admin/health.ts';
import type { PrimaryStatus } from '../admin/merged-status.ts';
import { createPrimaryServer } from '../admin/primary-server.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { ListenerConfig } from '../config/sections/listeners.ts';
import type { Client } from '../gateway.ts';
import { AcmeCertificate } from '../ingress/acme-certificate.ts';
import { urlOf } from '../ingress/server.ts';
import { systemClock } from '../lib/clock.ts';
import { PartSet } from '../lib/part-set.ts';
import { MemoryStore } from '../rate-limit/memory-store.ts';
import { Alerts } from '../telemetry/alerts.ts';
import { openLogOutput } from '../telemetry/log-output.ts';
import { createLogger } from '../telemetry/logger.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { declareProcessMetrics } from '../telemetry/process-metrics.ts';
import { SharedMetrics } from '../telemetry/shared-metrics.ts';
import type { Configured } from './follow-config.ts';
import { freePort } from './free-port.ts';
import { answerCounts } from './primary-counters.ts';
import { forWorker, makeAssertionKey, type SharedByWorkers } from './worker-config.ts';
import { WorkerPool } from './worker-pool.ts';

/** What workers get beyond their drain: a pod's grace period is the drain and 5 s. */
const spareMs = 2_000;

/**
 * Where several workers share one client's port: starts them, owns the admin port, reads the configuration and gets the certificate
 * for all, and does what has to be done once: it counts limits where there is no Redis, and watches rejections.
 */
export class Primary implements Configured {
  readonly profile: string;
  readonly metrics = new Metrics();
  readonly log;
  readonly #count: number;
  readonly #listener: ListenerConfig;
  readonly #output;
  readonly #health = new Health();
  readonly #counters = new MemoryStore(systemClock);
  readonly #startedAt = new Date().toISOString();
  readonly #shared: Omit<SharedByWorkers, 'port'>;
  readonly #admin: ReturnType<typeof createPrimaryServer>;
  readonly #certificate: AcmeCertificate | undefined;
  readonly #showConfig: (hash: string) => void;
  #pool: WorkerPool | undefined;
  #port = 0;
  #leaving = false;
  #loaded: LoadedConfig;
  #parts = new PartSet();
  #alerts: Alerts;
  #reloading: Promise<void> = Promise.resolve();

  constructor({ profile: { name } }: Client, loaded: LoadedConfig, count: number) {
    const { config } = loaded;
    const listener = config.listeners[name];
    if (!listener) throw new Error(`The configuration has no listener named ${name}.`);
    this.profile = name;
    this.#loaded = loaded;
    this.#count = count;
    this.#listener = listener;
    this.#shared = { profile: name, count, assertionKey: makeAssertionKey() };
    this.#output = openLogOutput({ ...config.logging, isShared: true }, this.metrics);
    this.log = createLogger({
      level: config.logging.level,
      base: { 'service.name': `bff-${name}`, 'process.pid': process.pid },
      destination: this.#output,
    });
    this.#alerts = this.#keepAlerts(loaded, this.#parts);
    this.#showConfig = declareProcessMetrics(this.metrics, name);
    this.#showConfig(loaded.hash);
    const metrics = new SharedMetrics(this.metrics, async () => this.#pool?.metrics() ?? []);
    this.#admin = createPrimaryServer({
      health: this.#health,
      access: createAccess({
        secret: () => this.loaded.config.admin.secret ?? undefined,
        trustsLoopback: config.mode === 'demo',
        clock: systemClock,
      }),
      metrics: () => metrics.read(),
      workers: () => this.#pool?.views ?? [],
      status: () => this.#status(),
    });
    const { tls } = listener;
    this.#certificate =
      tls?.acme &&
      new AcmeCertificate({
        config: { ...tls, acme: tls.acme },
        clock: systemClock,
        log: this.log,
        metrics: this.metrics,
      });
  }

  get loaded(): LoadedConfig {
    return this.#loaded;
  }

  /** Resolves once every worker serves, or when it was told to stop before. */
  async start(): Promise<void> {
    const { host, port, adminHost, adminPort } = this.#listener;
    this.#port = await freePort(host, port);
    await this.#admin.listen({ host: adminHost, port: adminPort });
    if (this.#certificate) this.#health.becomeUnready('no_certificate');
    await this.#certificate?.start();
    if (this.#leaving) return;
    this.#pool = new WorkerPool({
      count: this.#count,
      loaded: this.#forWorkers(this.#loaded),
      log: this.log,
      metrics: this.metrics,
      answers: {
        count: (asked) => answerCounts(this.#counters, asked),
        ended: ({ requests, rejections }) => this.#alerts.count(requests, rejections),
      },
      onChange: () => this.#followHealth(),
    });
    const url = await this.#pool.start();
    const urls = { 'facet.url': url, 'facet.admin_url': urlOf(this.#admin) };
    const facts = { 'facet.config.hash': this.#loaded.hash, 'facet.workers': this.#count };
    this.log.info({ 'event.action': 'started', ...facts, ...urls }, 'ready');
  }

  /** One after the other. Rejects when the workers refuse it; nothing is changed then. */
  reload(loaded: LoadedConfig): Promise<void> {
    const done = this.#reloading.then(async () => {
      await this.#pool?.reload(this.#forWorkers(loaded));
      const parts = new PartSet(this.#parts);
      this.#alerts = this.#keepAlerts(loaded, parts);
      await this.#parts.release();
      this.#parts = parts;
      this.#loaded = loaded;
      this.#showConfig(loaded.hash);
      this.log.level = loaded.config.logging.level;
      this.#output.follow(loaded.config.logging);
    });
    this.#reloading = done.catch(() => undefined);
    return done;
  }

  /** Lets every worker drain. Resolves to whether all of them did so in time. */
  async stop(): Promise<boolean> {
    this.#leaving = true;
    this.#health.becomeUnready('draining');
    this.#certificate?.close();
    const { delayMs, graceMs } = this.#loaded.config.drain;
    const whole = (await this.#pool?.stop(delayMs + graceMs + spareMs)) ?? true;
    await this.#admin.close();
    await this.#parts.release();
    await this.#output.close();
    return whole;
  }

  /** Ends every worker at once. */
  kill(): void {
    this.#pool?.signal('SIGKILL');
  }

  #forWorkers(loaded: LoadedConfig): LoadedConfig {
    return forWorker(loaded, { ...this.#shared, port: this.#port });
  }

  #keepAlerts({ config }: LoadedConfig, parts: PartSet): Alerts {
    const { profile, log, metrics } = this;
    return parts.keep(
      'alerts',
      [config.alerts],
      () => new Alerts({ config: config.alerts, profile, clock: systemClock, logger: log, metrics }),
      (it) => it.close(),
    );
  }

  /** Ready while one of them is: connections go to those that listen. */
  #followHealth(): void {
    if (this.#leaving) return;
    const views = this.#pool?.views ?? [];
    if (views.some(({ ready }) => ready)) this.#health.becomeReady();
    else this.#health.becomeUnready(views[0]?.reason ?? 'no_workers');
  }

  #status(): PrimaryStatus {
    const { hash, waitForRestart = [], config } = this.#loaded;
    return {
      process: this.profile,
      mode: config.mode,
      configHash: hash,
      waitForRestart,
      startedAt: this.#startedAt,
      now: new Date().toISOString(),
      ready: this.#health.ready,
      reason: this.#health.reason,
      alerts: { rejections: this.#alerts.isOpen ? 'open' : 'closed' },
      workerEnds: this.#pool?.ends ?? 0,
    };
  }
}
