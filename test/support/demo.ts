import { children } from '../../demo/children.ts';
import type { DemoState, ProcessState } from '../../demo/supervisor/control-messages.ts';
import { type Cleanup, freePorts, startProcess, temporaryDirectory, type TestProcess } from './processes.ts';

export const readyLine = /^ready.*$/m;

/** `npm start` on ports of its own. */
export interface RunningDemo extends TestProcess {
  readonly environment: Readonly<Record<string, string>>;
  /** Where the process listens whose port this variable moves, like `WEB_PORT`. */
  url(variable: string, path?: string): string;
  state(): Promise<DemoState & { readonly faults: Readonly<Record<string, unknown[] | null>> }>;
  processNamed(name: string): Promise<ProcessState>;
  /** POSTs to the demo control. */
  control(path: string): Promise<Response>;
}

/**
 * Every port of the demo on a free one. Tests that run one after the other may share a data directory, which saves the
 * seeding; by default it is a new one that is removed afterwards.
 */
export async function demoEnvironment(cleanup: Cleanup, dataDir?: string): Promise<Record<string, string>> {
  const variables = children.flatMap(({ ports }) => ports.map(({ variable }) => variable));
  const ports = await freePorts(variables.length);
  return {
    ...Object.fromEntries(variables.map((variable, index) => [variable, String(ports[index])])),
    DATA_DIR: dataDir ?? (await temporaryDirectory(cleanup)),
  };
}

export interface DemoOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly dataDir?: string;
  /** Before the entry on Node's command line. */
  readonly nodeOptions?: readonly string[];
}

/** Starts the whole demo and waits for its `ready` line. */
export async function startDemo(cleanup: Cleanup, options: DemoOptions = {}): Promise<RunningDemo> {
  const environment = { ...(await demoEnvironment(cleanup, options.dataDir)), ...options.env };
  const [entry = '', ...args] = [...(options.nodeOptions ?? []), 'bin/start.mjs'];
  const running = await startProcess(cleanup, entry, {
    args,
    env: { ...environment, npm_lifecycle_event: undefined },
    readyPattern: readyLine,
    readyTimeoutMs: 60_000,
  });
  const url = (variable: string, path = '') => `http://127.0.0.1:${environment[variable]}${path}`;
  async function state(): ReturnType<RunningDemo['state']> {
    const response = await fetch(url('CONTROL_PORT', '/state'));
    return (await response.json()) as Awaited<ReturnType<RunningDemo['state']>>;
  }
  return {
    ...running,
    environment,
    url,
    state,
    async processNamed(name) {
      const found = (await state()).processes.find((process) => process.name === name);
      if (!found) throw new Error(`the demo has no process ${name}`);
      return found;
    },
    control: (path) => fetch(url('CONTROL_PORT', path), { method: 'POST' }),
  };
}
