import { generateKeyPairSync } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { LoadedConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';

/** How many processes the configuration asks for. */
export function workerCount({ workers }: Pick<Config, 'workers'>): number {
  return workers === 'auto' ? availableParallelism() : workers;
}

export interface SharedByWorkers {
  /** Name of the listener that they share. */
  readonly profile: string;
  readonly count: number;
  readonly port: number;
  /** PEM of a key for assertions, for a configuration that has none: services must be able to check those of every worker. */
  readonly assertionKey: string;
}

/**
 * The configuration as one worker of several has it: its admin listener is for the primary alone, the certificate is got by the
 * primary, and each worker is an instance.
 */
export function forWorker(loaded: LoadedConfig, { profile, count, port, assertionKey }: SharedByWorkers): LoadedConfig {
  const { config } = loaded;
  const { tls, ...listener } = config.listeners[profile] as NonNullable<Config['listeners'][string]>;
  const { acme: _acme, ...files } = tls ?? {};
  const mine = { ...listener, port, adminHost: '127.0.0.1', adminPort: 0, ...(tls && { tls: files as typeof tls }) };
  const { assertion } = config.auth;
  const privateKeys = assertion.privateKeys.length > 0 ? assertion.privateKeys : [assertionKey];
  return {
    ...loaded,
    config: {
      ...config,
      listeners: { ...config.listeners, [profile]: mine },
      auth: { ...config.auth, assertion: { ...assertion, privateKeys } },
      rateLimit: { ...config.rateLimit, instances: config.rateLimit.instances * count },
    },
  };
}

export function makeAssertionKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
