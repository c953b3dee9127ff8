import cluster from 'node:cluster';
import { setFlagsFromString } from 'node:v8';
import { ConfigError } from './config/config-error.ts';
import { type LoadedConfig, loadConfig } from './config/load.ts';
import type { Client } from './gateway.ts';
import { UnusableFiles } from './lib/watched-files.ts';
import { followConfig } from './serve/follow-config.ts';
import { GatewayProcess } from './serve/gateway-process.ts';
import { Primary } from './serve/primary.ts';
import { keepTickShape } from './serve/tick-shape.ts';
import { serveAsWorker } from './serve/worker.ts';
import { workerCount } from './serve/worker-config.ts';
import { WorkerNotStarted } from './serve/worker-pool.ts';

/**
 * One client's process from start to exit: reads the configuration, listens, and leaves on SIGINT or SIGTERM; a second signal ends it
 * at once. SIGHUP and a changed file have the configuration read again. With `workers` above 1 this is the primary, and its workers come
 * here too. Exit codes: 0 after a drain, 1 when it could not start or was not let to drain, 2 for a configuration that cannot be used.
 */
export async function serve(client: Client): Promise<void> {
  // V8 would take the records that a collection met in flight for long-lived, and make all later ones among the old from the start.
  setFlagsFromString('--no-allocation-site-pretenuring');
  keepTickShape();
  try {
    if (cluster.isWorker) return await serveAsWorker(client);
    const loaded = loadConfig();
    const count = workerCount(loaded.config);
    if (count > 1) await serveAsPrimary(client, loaded, count);
    else await serveAlone(client, loaded);
  } catch (error) {
    if (!(error instanceof WorkerNotStarted)) process.stderr.write(`${startProblem(error)}\n`);
    process.exit(error instanceof WorkerNotStarted ? error.code : error instanceof ConfigError ? 2 : 1);
  }
}

async function serveAlone(client: Client, loaded: LoadedConfig): Promise<void> {
  const gateway = await GatewayProcess.create(client, loaded);
  // Before it serves: it may wait for its first certificate for long.
  const unfollow = followConfig(gateway);
  leaveOnSignal(async () => {
    unfollow();
    await gateway.stop();
    return true;
  });
  await gateway.start();
}

async function serveAsPrimary(client: Client, loaded: LoadedConfig, count: number): Promise<void> {
  const primary = new Primary(client, loaded, count);
  const unfollow = followConfig(primary);
  leaveOnSignal(
    () => {
      unfollow();
      return primary.stop();
    },
    () => primary.kill(),
  );
  await primary.start();
}

/** Drains at the first signal and ends at the second. `stop` resolves to whether it was let to drain. */
function leaveOnSignal(stop: () => Promise<boolean>, kill: () => void = () => undefined): void {
  let leaving = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (leaving) {
        kill();
        process.exit(1);
      }
      leaving = true;
      void stop().then((whole) => process.exit(whole ? 0 : 1));
    });
}

function startProblem(error: unknown): string {
  if (error instanceof ConfigError || error instanceof UnusableFiles) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Stop what listens there, or set another port in the configuration.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
