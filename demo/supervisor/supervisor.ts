import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildSpec, ChildSetting } from './child-spec.ts';
import { isControlRequest, type ControlRequest, type DemoState } from './control-messages.ts';
import { LogFile } from './log-file.ts';
import { StartError } from './ports.ts';
import { SupervisedChild } from './supervised-child.ts';

/** A BFF in demo mode drains what is in flight; a service has little to finish. */
const stopGraceMs = 8_000;
const startTimeoutMs = 60_000;
const logCheckEveryMs = 30_000;

/** The order of stopping: first who calls, then who is called, the control last because it shows the rest. */
const stopOrder: readonly ChildSpec['kind'][] = ['gateway', 'service', 'support'];

export interface SupervisorOptions {
  readonly specs: readonly ChildSpec[];
  readonly setting: ChildSetting;
  /** What every child inherits. */
  readonly environment: NodeJS.ProcessEnv;
  /** One line for the screen. */
  say(line: string): void;
}

/** Runs the demo's processes: starts all or none, keeps them up, stops all in order. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #children: ReadonlyMap<string, SupervisedChild>;
  readonly #logs: readonly LogFile[];
  readonly #logTimer: NodeJS.Timeout;
  #phase: 'starting' | 'running' | 'stopping' = 'starting';
  #failStart: (error: StartError) => void = () => {};
  #stopped: Promise<void> | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    const logDir = join(options.setting.dataDir, 'logs');
    mkdirSync(logDir, { recursive: true });
    const entries = options.specs.map((spec) => {
      const log = new LogFile(join(logDir, `${spec.name}.log`));
      return { log, child: this.#childOf(spec, log) };
    });
    this.#logs = entries.map(({ log }) => log);
    this.#children = new Map(entries.map(({ child }) => [child.spec.name, child]));
    this.#logTimer = setInterval(() => this.#logs.forEach((log) => log.keepBounded()), logCheckEveryMs).unref();
  }

  /**
   * Resolves to true once all answer, to false when it was told to stop meanwhile.
   * @throws StartError when a process ends or stays silent before it is ready; nothing is left running then.
   */
  async start(): Promise<boolean> {
    const failure = new Promise<never>((_, reject) => (this.#failStart = reject));
    const all = Promise.all([...this.#children.values()].map((child) => this.#startFirst(child)));
    try {
      await Promise.race([all, failure]);
    } catch (error) {
      await this.stop(0);
      throw error;
    }
    if (this.#phase !== 'starting') return false;
    this.#phase = 'running';
    return true;
  }

  /** Stops all; a second call shortens what is left of the grace to 0. */
  async stop(graceMs: number = stopGraceMs): Promise<void> {
    this.#phase = 'stopping';
    clearInterval(this.#logTimer);
    const children = [...this.#children.values()];
    if (this.#stopped && graceMs === 0) await Promise.all(children.map((child) => child.stop(0)));
    this.#stopped ??= (async () => {
      for (const kind of stopOrder) {
        const group = children.filter((child) => child.spec.kind === kind);
        await Promise.all(group.map((child) => child.stop(graceMs)));
      }
      this.#logs.forEach((log) => log.close());
    })();
    await this.#stopped;
  }

  get #state(): DemoState {
    return {
      ports: this.#options.setting.ports,
      processes: [...this.#children.values()].map((child) => child.state),
    };
  }

  #childOf(spec: ChildSpec, log: LogFile): SupervisedChild {
    const { setting, environment } = this.#options;
    const ports = Object.fromEntries(Object.entries(setting.ports).map(([name, port]) => [name, String(port)]));
    return new SupervisedChild({
      spec,
      log,
      readyUrl: spec.readyUrl(setting.ports),
      environment: { ...environment, ...ports, ...spec.environment(setting) },
      onCrash: (words, restartInMs) => this.#onCrash(spec, log, words, restartInMs),
      onMessage: (message, reply) => {
        if (spec.name === 'control' && isControlRequest(message)) void this.#serveControl(message, reply);
      },
    });
  }

  async #startFirst(child: SupervisedChild): Promise<void> {
    if (await child.start(startTimeoutMs)) return;
    const { name, title } = child.spec;
    if (this.#phase !== 'starting') return;
    throw new StartError([`${title} was not ready within ${startTimeoutMs / 1000} s; see ${this.#logPath(name)}.`]);
  }

  #onCrash(spec: ChildSpec, log: LogFile, words: string, restartInMs: number): void {
    const why = words === '' ? '' : `: ${words}`;
    if (this.#phase === 'starting') {
      this.#failStart(new StartError([`${spec.title} ended before it was ready${why} (see ${log.path}).`]));
    } else if (this.#phase === 'running') {
      this.#options.say(`${spec.title} ended by itself, starts again in ${restartInMs / 1000} s${why}`);
    }
  }

  async #serveControl(request: ControlRequest, reply: (message: object) => void): Promise<void> {
    const child = this.#children.get(request.name ?? '');
    if (child && this.#phase === 'running') {
      if (request.action === 'start') await child.start(startTimeoutMs);
      if (request.action === 'stop') await child.stop(stopGraceMs);
      if (request.action === 'kill') await child.stop(0);
    }
    reply({ id: request.id, state: this.#state });
  }

  #logPath(name: string): string {
    return join(this.#options.setting.dataDir, 'logs', `${name}.log`);
  }
}
