import { availableParallelism } from 'node:os';
import { processEnvironment, workerPortVariable } from '../config/environment.ts';
import type { Config } from '../config/schema.ts';
import type { LoadedConfig } from '../config/load.ts';

/** How many processes the configuration asks for. */
export function workerCount({ workers }: Pick<Config, 'workers'>): number {
  return workers === 'auto' ? availableParallelism() : workers;
}

/**
 * The configuration as one worker of several reads it: its admin listener is for the primary alone, the certificate is got by the
 * primary, and where limits are not shared each worker has its part of this machine's share.
 */
export function forWorker(loaded: LoadedConfig, count: number, environment = processEnvironment()): LoadedConfig {
  const { config } = loaded;
  const port = Number(environment[workerPortVariable]);
  const listeners = Object.fromEntries(
    Object.entries(config.listeners).map(([name, { tls, ...listener }]) => {
      const { acme: _acme, ...files } = tls ?? {};
      return [
        name,
        { ...listener, port, adminHost: '127.0.0.1', adminPort: 0, ...(tls && { tls: files as typeof tls }) },
      ];
    }),
  );
  const rateLimit = { ...config.rateLimit, instances: config.rateLimit.instances * count };
  return { ...loaded, config: { ...config, listeners, rateLimit } };
}
