import { ConfigError } from './config/config-error.ts';
import { loadConfig } from './config/load.ts';
import type { Client } from './gateway.ts';
import { followConfig } from './serve/follow-config.ts';
import { GatewayProcess } from './serve/gateway-process.ts';

/**
 * One client's process from start to exit: reads the configuration, listens, and leaves on SIGINT or SIGTERM; a second signal ends it
 * at once. SIGHUP and a changed file have the configuration read again. Exit codes: 0 after a drain, 1 when it could not start or was not let to drain, 2 for a configuration that cannot be used.
 */
export async function serve(client: Client): Promise<void> {
  try {
    const gateway = await GatewayProcess.create(client, loadConfig());
    let leaving = false;
    let unfollow: (() => void) | undefined;
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => {
        if (leaving) process.exit(1);
        leaving = true;
        unfollow?.();
        void gateway.stop().then(() => process.exit(0));
      });
    await gateway.start();
    if (!leaving) unfollow = followConfig(gateway);
  } catch (error) {
    process.stderr.write(`${startProblem(error)}\n`);
    process.exit(error instanceof ConfigError ? 2 : 1);
  }
}

function startProblem(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Stop what listens there, or set another port in the configuration.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
