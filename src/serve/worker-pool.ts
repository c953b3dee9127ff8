import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** What a worker tells its primary once it serves. */
export interface WorkerReady {
  readonly facet: 'ready';
  readonly url: string;
  readonly adminUrl: string;
}

export interface WorkerPoolParts {
  readonly count: number;
  /** Added to the environment of each worker. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Told how many serve, each time that changes, until the pool is left. */
  readonly onChange: (serving: number) => void;
}

const firstPauseMs = 100;
const longestPauseMs = 10_000;
/** A worker that lived this long ended of something new. */
const settledMs = 30_000;

/** Starts so many workers and starts anew what ends, with growing pauses. */
export class WorkerPool {
  readonly #parts: WorkerPoolParts;
  readonly #ends;
  readonly #ready = new Map<Worker, WorkerReady>();
  readonly #alive = new Set<Worker>();
  readonly #first = Promise.withResolvers<WorkerReady>();
  #started = false;
  #leaving = false;
  #pauseMs = firstPauseMs;

  constructor(parts: WorkerPoolParts) {
    this.#parts = parts;
    this.#ends = parts.metrics.counter('facet_worker_ends_total', 'Workers that ended without being told to.');
    parts.metrics.reading('facet_workers', 'Workers that serve requests now.', () => this.#ready.size);
  }

  /** Resolves when every worker serves; rejects with the exit code of one that could not start. */
  async start(): Promise<WorkerReady> {
    const all = Array.from({ length: this.#parts.count }, () => this.#fork());
    await Promise.all(all);
    this.#started = true;
    return this.#first.promise;
  }

  get adminUrls(): readonly string[] {
    return [...this.#ready.values()].map(({ adminUrl }) => adminUrl);
  }

  /** Has every worker do what the signal says to a process. */
  signal(name: NodeJS.Signals): void {
    for (const { process: child } of this.#alive) child.kill(name);
  }

  /** Lets all of them drain; resolves when the last has ended. */
  async stop(): Promise<void> {
    this.#leaving = true;
    const ends = [...this.#alive].map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    this.signal('SIGTERM');
    await Promise.all(ends);
  }

  /** Resolves when the worker serves. */
  #fork(): Promise<void> {
    const { log } = this.#parts;
    const worker = cluster.fork(this.#parts.environment);
    const startedAt = performance.now();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#alive.add(worker);
    worker.on('message', (message: WorkerReady) => {
      if (message.facet !== 'ready') return;
      this.#ready.set(worker, message);
      this.#changed();
      this.#first.resolve(message);
      resolve();
    });
    worker.on('exit', (code: number, signal: string) => {
      this.#ready.delete(worker);
      this.#alive.delete(worker);
      reject(new WorkerNotStarted(code));
      if (this.#leaving) return;
      this.#changed();
      this.#ends.inc();
      log.error(
        {
          'event.action': 'worker.ended',
          'process.pid': worker.process.pid,
          'process.exit_code': code,
          'facet.signal': signal,
        },
        'a worker ended',
      );
      if (this.#started) void this.#restart(performance.now() - startedAt);
    });
    return promise;
  }

  #changed(): void {
    this.#parts.onChange(this.#ready.size);
  }

  async #restart(livedMs: number): Promise<void> {
    this.#pauseMs = livedMs > settledMs ? firstPauseMs : Math.min(this.#pauseMs * 2, longestPauseMs);
    await sleep(this.#pauseMs);
    if (!this.#leaving) await this.#fork().catch(() => undefined);
  }
}

/** A worker ended before it served. */
export class WorkerNotStarted extends Error {
  override readonly name = 'WorkerNotStarted';
  readonly code: number;

  constructor(code: number) {
    super(`A worker ended with ${code} before it served.`);
    this.code = code;
  }
}
