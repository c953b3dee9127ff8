import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChildSpec } from './child-spec.ts';
import type { LogFile } from './log-file.ts';

/** `down` was asked for and lasts until someone asks for up; `restarting` waits out a crash. */
export type ChildStatus = 'starting' | 'up' | 'stopping' | 'down' | 'restarting';

const exitWithParent = new URL('exit-with-parent.ts', import.meta.url).href;
const repositoryRoot = new URL('../../', import.meta.url);

const probeEveryMs = 50;
const probeTimeoutMs = 1_000;
const firstBackoffMs = 500;
const longestBackoffMs = 10_000;
/** Up for this long, a child's crashes are forgiven. */
const steadyAfterMs = 30_000;

export interface ChildOptions {
  readonly spec: ChildSpec;
  readonly readyUrl: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: LogFile;
  /** It ended though nobody asked; it starts again after this time. */
  onCrash(words: string, restartInMs: number): void;
  onMessage(message: unknown, reply: (message: object) => void): void;
}

/** One process: started, watched, restarted when it dies by itself, and left down when told to stop. */
export class SupervisedChild {
  readonly #options: ChildOptions;
  #process: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #wanted = false;
  #status: ChildStatus = 'down';
  #crashes = 0;
  #restarts = 0;
  #restartTimer: NodeJS.Timeout | undefined;
  #lastWords = '';

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  get spec(): ChildSpec {
    return this.#options.spec;
  }

  get state() {
    return {
      name: this.spec.name,
      title: this.spec.title,
      kind: this.spec.kind,
      status: this.#status,
      pid: this.#process?.pid ?? null,
      restarts: this.#restarts,
      lastWords: this.#lastWords,
    };
  }

  /** Starts it unless it runs, and resolves to whether it got ready within the time. */
  async start(readyTimeoutMs: number): Promise<boolean> {
    this.#wanted = true;
    clearTimeout(this.#restartTimer);
    if (this.#status === 'stopping') await this.#ended;
    if (!this.#process) this.#spawn();
    const endMs = performance.now() + readyTimeoutMs;
    while (this.#status === 'starting' && performance.now() < endMs) await delay(probeEveryMs);
    return this.#status === 'up';
  }

  /** Asks it to end with SIGTERM (or at once with 0 ms of grace), and makes it after the grace. It stays down. */
  async stop(graceMs: number): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#restartTimer);
    if (!this.#process) {
      this.#status = 'down';
      return;
    }
    this.#status = 'stopping';
    this.#process.kill(graceMs > 0 ? 'SIGTERM' : 'SIGKILL');
    const force = setTimeout(() => this.#process?.kill('SIGKILL'), graceMs);
    await this.#ended;
    clearTimeout(force);
  }

  #spawn(): void {
    const { spec, environment, log } = this.#options;
    const fromByte = log.size;
    const startedMs = performance.now();
    // Detached: Ctrl-C reaches the supervisor alone, which then stops its children in their order.
    const child = spawn(process.execPath, ['--import', exitWithParent, spec.entry], {
      cwd: repositoryRoot,
      env: environment,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
      detached: true,
    });
    this.#process = child;
    this.#status = 'starting';
    child.on('message', (message) =>
      this.#options.onMessage(message, (reply) => child.connected && child.send(reply, () => {})),
    );
    this.#ended = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    }).then(() => this.#onEnd(fromByte, performance.now() - startedMs));
    void this.#probe(child);
  }

  async #probe(child: ChildProcess): Promise<void> {
    while (this.#process === child && this.#status === 'starting') {
      const signal = AbortSignal.timeout(probeTimeoutMs);
      const answered = await fetch(this.#options.readyUrl, { signal }).then(
        async (response) => {
          await response.body?.cancel();
          return response.ok;
        },
        () => false,
      );
      if (answered && this.#process === child && this.#status === 'starting') this.#status = 'up';
      else await delay(probeEveryMs);
    }
  }

  #onEnd(fromByte: number, ranMs: number): void {
    this.#process = undefined;
    if (!this.#wanted) {
      this.#status = 'down';
      return;
    }
    if (ranMs > steadyAfterMs) this.#crashes = 0;
    const restartInMs = Math.min(firstBackoffMs * 2 ** this.#crashes, longestBackoffMs);
    this.#crashes += 1;
    this.#restarts += 1;
    this.#status = 'restarting';
    this.#lastWords = this.#options.log.lastWords(fromByte);
    this.#restartTimer = setTimeout(() => this.#spawn(), restartInMs);
    this.#options.onCrash(this.#lastWords, restartInMs);
  }
}
