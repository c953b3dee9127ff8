import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cleanup, startProcess, temporaryDirectory, type TestProcess } from './processes.ts';

/** One client's real process. */
export interface RunningGateway {
  readonly url: string;
  readonly adminUrl: string;
  readonly process: TestProcess;
  /** Its configuration file, and what stands there when these keys are said instead. */
  readonly configFile: string;
  configured(config: Readonly<Record<string, unknown>>): string;
  /** Its log lines so far, parsed. */
  lines(): Record<string, unknown>[];
}

/** Services that nobody answers for: enough for what ends before the way out. */
const unreachable = Object.fromEntries(
  ['users', 'orders', 'payments'].map((service) => [
    service,
    { instances: [{ url: 'http://127.0.0.1:1' }], credential: 'test-credential' },
  ]),
);

/** A busy test machine is no reason to shed. */
const busyMachine = { maxEventLoopDelayMs: 5_000 };

/**
 * Starts the process of `bff-<name>` with a configuration given as an object; `listeners` and unreachable `upstreams` are filled in.
 * `listener`: further keys of its own listener.
 */
export async function startGateway(
  cleanup: Cleanup,
  name: 'web' | 'mobile',
  config: Readonly<Record<string, unknown>>,
  listener: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<RunningGateway> {
  const path = join(await temporaryDirectory(cleanup), 'gateway.yaml');
  // JSON is YAML.
  const listeners = { [name]: { port: 0, adminPort: 0, ...listener } };
  const configured = (said: Readonly<Record<string, unknown>>): string =>
    JSON.stringify({ version: 1, listeners, upstreams: unreachable, overload: busyMachine, ...said });
  await writeFile(path, configured(config));
  const running = await startProcess(cleanup, `bff-${name}/main.ts`, {
    env: { ...env, FACET_CONFIG: path },
    readyPattern: /"event\.action":"started".*\n/,
  });
  const lines = (): Record<string, unknown>[] =>
    running
      .output()
      .split('\n')
      // The last one may not be whole yet.
      .slice(0, -1)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const started = lines().find((line) => line['event.action'] === 'started');
  return {
    url: `${String(started?.['facet.url'])}/graphql`,
    adminUrl: String(started?.['facet.admin_url']),
    process: running,
    configFile: path,
    configured,
    lines,
  };
}
