import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerView } from '../admin/worker-call.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Decisions } from '../gateway.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { MetricSnapshot } from '../telemetry/shared-metrics.ts';
import { Channel, Refused } from './channel.ts';
import { untilHung } from './until-hung.ts';
import type { PrimaryAnswers, ToWorker, WorkerAnswers, WorkerServing } from './worker-protocol.ts';

export interface WorkerPoolParts {
  readonly count: number;
  /** What workers begin with. */
  readonly loaded: LoadedConfig;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** What the primary answers its workers beyond what the pool does. */
  readonly answers: Pick<PrimaryAnswers, 'count' | 'ended'>;
  /** Told whenever a worker ends or changes its readiness. */
  readonly onChange: () => void;
}

interface Member {
  readonly worker: Worker;
  readonly channel: ToWorker;
  readonly startedAt: number;
  ready: boolean;
  reason: string;
  hash: string;
  serving: WorkerServing | undefined;
}

const firstPauseMs = 100;
const longestPauseMs = 10_000;
/** A worker that lived this long ended of something new. */
const settledMs = 30_000;
const metricsTimeoutMs = 2_000;
const decisionsTimeoutMs = 1_000;
/** Building the parts of a new version may wait for key sets and Redis. */
const reloadTimeoutMs = 10_000;

/** Starts so many workers and starts anew what ends, with growing pauses. */
export class WorkerPool {
  readonly #parts: WorkerPoolParts;
  readonly #endsCounter;
  readonly #members = new Map<number, Member>();
  #loaded: LoadedConfig;
  #started = false;
  #leaving = false;
  #pauseMs = firstPauseMs;
  #ends = 0;

  constructor(parts: WorkerPoolParts) {
    this.#parts = parts;
    this.#loaded = parts.loaded;
    const { metrics } = parts;
    this.#endsCounter = metrics.counter('facet_worker_ends_total', 'Workers that ended without being told to.');
    metrics.reading('facet_workers', 'Workers that serve requests now.', () => this.#serving.length);
  }

  /** Resolves when every worker serves, to where; rejects with the exit code of one that could not start. */
  async start(): Promise<string> {
    const all = await Promise.all(Array.from({ length: this.#parts.count }, () => this.#fork()));
    this.#started = true;
    return all[0]?.url ?? '';
  }

  /** Every worker that is alive, in the order of their start. */
  get views(): WorkerView[] {
    return [...this.#members.values()].map(({ worker, startedAt, ready, reason, hash, serving }) => ({
      pid: worker.process.pid ?? 0,
      ready,
      reason,
      configHash: hash,
      startedAt: new Date(startedAt).toISOString(),
      adminUrl: serving?.adminUrl,
    }));
  }

  /** Workers that ended without being told to. */
  get ends(): number {
    return this.#ends;
  }

  /** What each worker that serves has counted; nothing of one that does not say so in time. */
  metrics(): Promise<{ readonly id: number; readonly metrics: MetricSnapshot | undefined }[]> {
    return Promise.all(
      this.#serving.map(async ({ worker, channel }) => ({
        id: worker.id,
        metrics: await channel.ask('metrics', null, metricsTimeoutMs).catch(() => undefined),
      })),
    );
  }

  /**
   * Hands on another version of the configuration. One worker tries it first: when it refuses, this rejects and nothing is changed
   * anywhere. Whoever starts from then on starts with it.
   */
  async reload(loaded: LoadedConfig): Promise<void> {
    const waiting = this.#serving;
    for (let taken = false; !taken && waiting.length > 0;) {
      const outcome = await this.#hand(waiting.shift() as Member, loaded);
      if (outcome instanceof Refused) throw outcome;
      taken = outcome === undefined;
    }
    this.#loaded = loaded;
    await Promise.all(waiting.map((member) => this.#hand(member, loaded)));
  }

  /** Has every worker do what the signal says to a process. */
  signal(name: NodeJS.Signals): void {
    for (const { worker } of this.#members.values()) worker.process.kill(name);
  }

  /**
   * Lets all of them drain; those that have not ended after `limitMs` are killed. Resolves when the last has ended: to whether none
   * had to be killed.
   */
  async stop(limitMs: number): Promise<boolean> {
    this.#leaving = true;
    let whole = true;
    const limit = setTimeout(() => {
      whole = false;
      const pids = this.views.map(({ pid }) => pid);
      this.#parts.log.error(
        { 'event.action': 'worker.killed', 'facet.worker_pids': pids },
        'workers did not end in time',
      );
      this.signal('SIGKILL');
    }, limitMs);
    const ends = [...this.#members.values()].map(({ worker }) => new Promise((end) => worker.once('exit', end)));
    this.signal('SIGTERM');
    await Promise.all(ends);
    clearTimeout(limit);
    return whole;
  }

  get #serving(): Member[] {
    return [...this.#members.values()].filter(({ serving }) => serving);
  }

  /** Resolves when the worker serves. */
  #fork(): Promise<WorkerServing> {
    const { count, log, answers, onChange } = this.#parts;
    const worker = cluster.fork();
    const served = Promise.withResolvers<WorkerServing>();
    const channel: ToWorker = new Channel<WorkerAnswers, PrimaryAnswers>(worker, {
      ...answers,
      start: () => ({ loaded: this.#loaded, workers: count }),
      decisions: () => this.#decisions(member),
      health: (health) => {
        Object.assign(member, health);
        onChange();
      },
      serving: (serving) => {
        Object.assign(member, { serving, hash: serving.hash });
        served.resolve(serving);
        // The version may have changed since it was handed out.
        if (serving.hash !== this.#loaded.hash) void this.#hand(member, this.#loaded);
      },
    });
    const member: Member = {
      worker,
      channel,
      startedAt: Date.now(),
      ready: false,
      reason: 'starting',
      hash: this.#loaded.hash,
      serving: undefined,
    };
    this.#members.set(worker.id, member);
    const gone = new AbortController();
    void served.promise.then(
      () => this.#endWhenHung(member, gone.signal),
      () => undefined,
    );
    const ended = (code: number | null, signal: string | null): void => {
      this.#members.delete(worker.id);
      gone.abort();
      channel.close();
      if (this.#leaving) return;
      served.reject(new WorkerNotStarted(code ?? 1));
      onChange();
      this.#ends++;
      this.#endsCounter.inc();
      log.error(
        {
          'event.action': 'worker.ended',
          'facet.worker_pid': worker.process.pid,
          'process.exit_code': code,
          'facet.signal': signal,
        },
        'a worker ended',
      );
      if (this.#started) void this.#restart(Date.now() - member.startedAt);
    };
    worker.on('exit', ended);
    // A process that the system has no room for ends before it begins, and has no exit.
    worker.on('error', () => worker.process.pid === undefined && ended(null, null));
    return served.promise;
  }

  /** Resolves to what went wrong. One that is silent now takes it when it wakes. */
  async #hand(member: Member, loaded: LoadedConfig): Promise<Error | undefined> {
    try {
      await member.channel.ask('reload', loaded, reloadTimeoutMs);
      member.hash = loaded.hash;
      return undefined;
    } catch (error) {
      this.#parts.log.error(
        {
          'event.action': 'config.not_taken',
          'event.reason': (error as Error).message,
          'facet.worker_pid': member.worker.process.pid,
          'facet.config.hash': loaded.hash,
        },
        'a worker did not take the new configuration',
      );
      return error as Error;
    }
  }

  /** As a neighbour knows them that serves already. */
  async #decisions(asking: Member): Promise<Decisions | null> {
    const others = this.#serving.filter((member) => member !== asking);
    return Promise.any(others.map(({ channel }) => channel.ask('decisions', null, decisionsTimeoutMs))).catch(
      () => null,
    );
  }

  async #endWhenHung({ worker, channel }: Member, gone: AbortSignal): Promise<void> {
    if (!(await untilHung((timeoutMs) => channel.ask('ping', null, timeoutMs), gone))) return;
    this.#parts.log.error({ 'event.action': 'worker.hung', 'facet.worker_pid': worker.process.pid }, 'a worker hangs');
    worker.process.kill('SIGKILL');
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
