import { collectDefaultMetrics } from 'prom-client';
import type { Metrics } from './metrics.ts';

/**
 * What Prometheus clients call the standard ones: `process_*` (CPU, memory, descriptors, start) and `nodejs_*` (event loop delay, heap,
 * garbage collection), read when they are asked for. Beside them, which build and configuration runs: tell it each time it changes.
 */
export function declareProcessMetrics(metrics: Metrics, profile: string): (configHash: string) => void {
  collectDefaultMetrics({ register: metrics.registry });
  const help = '1; the labels say which process and configuration this is.';
  const info = metrics.gauge('facet_build_info', help, ['profile', 'config']);
  return (config) => {
    info.reset();
    info.set({ profile, config }, 1);
  };
}
