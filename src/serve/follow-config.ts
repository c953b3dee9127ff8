import { isDeepStrictEqual } from 'node:util';
import { ConfigError } from '../config/config-error.ts';
import { type LoadedConfig, loadConfig } from '../config/load.ts';
import { WatchedFiles } from '../lib/watched-files.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { asStarted } from './restart-keys.ts';

/** Whatever is run by a configuration: a process by itself, or a primary with its workers. */
export interface Configured {
  /** Name of its profile and listener. */
  readonly profile: string;
  /** What is in use now. */
  readonly loaded: LoadedConfig;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Goes over to another version. Rejects when it cannot be used; nothing is changed then. */
  reload(loaded: LoadedConfig): Promise<void>;
}

/**
 * Reads the configuration again on SIGHUP and when its file changes. One that cannot be used changes nothing and is told once, with
 * every problem and its path. Keys that are only read at start keep their value and are named. Returns what ends it.
 */
export function followConfig(configured: Configured): () => void {
  const { profile, log, metrics, loaded: started } = configured;
  const reloads = metrics.counter('facet_config_reloads_total', 'Changed configurations, by what became of them.', [
    'outcome',
  ]);
  let refused = '';
  let asked = started.hash;

  async function follow(): Promise<void> {
    try {
      const loaded = loadConfig();
      refused = '';
      if (loaded.hash === asked) return;
      asked = loaded.hash;
      const next = asStarted(started.config, loaded, profile);
      const waiting = configured.loaded.waitForRestart;
      await configured.reload(next);
      reloads.inc({ outcome: 'taken' });
      const keys = next.waitForRestart;
      if (keys && !isDeepStrictEqual(keys, waiting))
        log.warn(
          { 'event.action': 'config.restart_needed', 'facet.config.keys': keys },
          'these keys are only read at start and need a restart',
        );
    } catch (error) {
      asked = configured.loaded.hash;
      const reason = error instanceof Error ? error.message : String(error);
      if (reason === refused) return;
      refused = reason;
      reloads.inc({ outcome: 'refused' });
      const facts =
        error instanceof ConfigError
          ? { 'facet.config.problems': error.problems }
          : { error, 'facet.config.file': started.file };
      log.error(
        { 'event.action': 'config.refused', ...facts },
        'the new configuration cannot be used; nothing is changed',
      );
    }
  }

  const watchMs = (): number => configured.loaded.config.reload.watchSeconds * 1_000;
  const watch = new WatchedFiles([started.file], watchMs, () => void follow());
  const hear = (): void => void follow();
  process.on('SIGHUP', hear);
  return () => {
    watch.close();
    process.off('SIGHUP', hear);
  };
}
