import { isDeepStrictEqual } from 'node:util';
import type { LoadedConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';

const ofFile = ['mode', 'workers'] as const satisfies readonly (keyof Config)[];
const ofListener = ['host', 'port', 'adminHost', 'adminPort', 'tls'] as const;

/** The keys that are only read at start; `*` stands for the name of the listener. Every other follows the file. */
export const onlyAtStart: readonly string[] = [...ofFile, ...ofListener.map((key) => `listeners.*.${key}`)];

/**
 * A configuration that was read while the process runs: the keys that are only read at start have the value of the start, and are
 * named where the file has another one by now.
 */
export function asStarted(started: Config, loaded: LoadedConfig, listener: string): LoadedConfig {
  const waitForRestart = restartKeys(started, loaded.config, listener);
  if (waitForRestart.length === 0) return loaded;
  const { config } = loaded;
  const [before, now] = [started.listeners[listener], config.listeners[listener]];
  const listeners = { ...config.listeners, ...(before && { [listener]: { ...now, ...pick(before, ofListener) } }) };
  return {
    ...loaded,
    config: { ...config, ...pick(started, ofFile), listeners: listeners as Config['listeners'] },
    waitForRestart,
  };
}

/** The keys with another value now that a process only reads when it starts. */
export function restartKeys(started: Config, now: Config, listener: string): string[] {
  const [before, after] = [started.listeners[listener], now.listeners[listener]];
  return [
    ...ofFile.filter((key) => !isDeepStrictEqual(started[key], now[key])),
    ...ofListener
      .filter((key) => !isDeepStrictEqual(before?.[key], after?.[key]))
      .map((key) => `listeners.${listener}.${key}`),
  ];
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
