import cluster from 'node:cluster';
import { ConfigError } from './config/config-error.ts';
import { type LoadedConfig, loadConfig } from './config/load.ts';
import type { Client } from './gateway.ts';
import { followConfig } from './serve/follow-config.ts';
import { GatewayProcess } from './serve/gateway-process.ts';
import { startPrimary } from './serve/primary.ts';
import { forWorker, workerCount } from './serve/worker-config.ts';
import { WorkerNotStarted, type WorkerReady } from './serve/worker-pool.ts';
import { shareMetrics } from './telemetry/shared-metrics.ts';

/**
 * One client's process from start to exit: reads the configuration, listens, and leaves on SIGINT or SIGTERM; a second signal ends it
 * at once. SIGHUP and a changed file have the configuration read again. With `workers` above 1 this is the primary, and its workers come
 * here too. Exit codes: 0 after a drain, 1 when it could not start or was not let to drain, 2 for a configuration that cannot be used.
 */
export async function serve(client: Client): Promise<void> {
  try {
    const loaded = loadConfig();
    const count = workerCount(loaded.config);
    if (cluster.isWorker) await serveAsWorker(client, count);
    else if (count > 1) await serveAsPrimary(client, loaded, count);
    else await serveAlone(client, loaded);
  } catch (error) {
    if (!(error instanceof WorkerNotStarted)) process.stderr.write(`${startProblem(error)}\n`);
    process.exit(error instanceof WorkerNotStarted ? error.code : error instanceof ConfigError ? 2 : 1);
  }
}

async function serveAlone(client: Client, loaded: LoadedConfig): Promise<void> {
  const gateway = await GatewayProcess.create(client, loaded);
  let unfollow: (() => void) | undefined;
  const isLeaving = leaveOnSignal(
    () => {
      unfollow?.();
      return gateway.stop();
    },
    () => undefined,
  );
  await gateway.start();
  if (!isLeaving()) unfollow = followConfig(gateway);
}

async function serveAsPrimary(client: Client, loaded: LoadedConfig, count: number): Promise<void> {
  const primary = await startPrimary(client, loaded, count);
  leaveOnSignal(
    () => primary.stop(),
    () => primary.kill(),
  );
  process.on('SIGHUP', () => primary.reload());
}

/** The primary alone decides when it ends: a terminal sends SIGINT to all of them. */
async function serveAsWorker(client: Client, count: number): Promise<void> {
  const load = (): LoadedConfig => forWorker(loadConfig(), count);
  const gateway = await GatewayProcess.create(client, load(), { 'process.pid': process.pid });
  shareMetrics(gateway.metrics);
  process.on('SIGINT', () => undefined);
  process.once('SIGTERM', () => {
    process.on('SIGTERM', () => undefined);
    unfollow();
    void gateway.stop().then(() => process.exit(0));
  });
  const urls = await gateway.start({ action: 'worker.started', sharesPort: true });
  const unfollow = followConfig(gateway, load);
  process.send?.({ facet: 'ready', ...urls } satisfies WorkerReady);
}

function leaveOnSignal(stop: () => Promise<void>, kill: () => void): () => boolean {
  let leaving = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (leaving) {
        kill();
        process.exit(1);
      }
      leaving = true;
      void stop().then(() => process.exit(0));
    });
  return () => leaving;
}

function startProblem(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Stop what listens there, or set another port in the configuration.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
