import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/schema.ts';

const ofListener = ['host', 'port', 'adminHost', 'adminPort', 'tls'] as const;
const ofFile = ['mode', 'playground', 'reload', 'workers'] as const;

/** The keys with another value now that a process only reads when it starts. */
export function restartKeys(old: Config, now: Config, listener: string): string[] {
  const [before, after] = [old.listeners[listener], now.listeners[listener]];
  return [
    ...ofFile.filter((key) => !isDeepStrictEqual(old[key], now[key])),
    ...(old.logging.maxBufferBytes === now.logging.maxBufferBytes ? [] : ['logging.maxBufferBytes']),
    ...ofListener
      .filter((key) => !isDeepStrictEqual(before?.[key], after?.[key]))
      .map((key) => `listeners.${listener}.${key}`),
  ];
}
