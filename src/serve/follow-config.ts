import { ConfigError } from '../config/config-error.ts';
import { loadConfig } from '../config/load.ts';
import { WatchedFiles } from '../lib/watched-files.ts';
import type { GatewayProcess } from './gateway-process.ts';

/**
 * Reads the configuration again on SIGHUP and when its file changes. One that cannot be used changes nothing and is told once, with
 * every problem and its path. Returns what ends it.
 */
export function followConfig(gateway: GatewayProcess, load: typeof loadConfig = loadConfig): () => void {
  const { log, metrics } = gateway;
  const reloads = metrics.counter('facet_config_reloads_total', 'Changed configurations, by what became of them.', [
    'outcome',
  ]);
  let refused = '';
  let asked = gateway.loaded.hash;

  async function follow(): Promise<void> {
    try {
      const loaded = load();
      refused = '';
      if (loaded.hash === asked) return;
      asked = loaded.hash;
      await gateway.reload(loaded);
      reloads.inc({ outcome: 'taken' });
    } catch (error) {
      asked = gateway.loaded.hash;
      const reason = error instanceof Error ? error.message : String(error);
      if (reason === refused) return;
      refused = reason;
      reloads.inc({ outcome: 'refused' });
      const facts =
        error instanceof ConfigError
          ? { 'facet.config.problems': error.problems }
          : { error, 'facet.config.file': gateway.loaded.file };
      log.error(
        { 'event.action': 'config.refused', ...facts },
        'the new configuration cannot be used; nothing is changed',
      );
    }
  }

  const { file, config } = gateway.loaded;
  const watch = new WatchedFiles([file], config.reload.watchSeconds * 1_000, () => void follow());
  const hear = (): void => void follow();
  process.on('SIGHUP', hear);
  return () => {
    watch.close();
    process.off('SIGHUP', hear);
  };
}
