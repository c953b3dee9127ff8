import { collectDefaultMetrics } from 'prom-client';
import type { Metrics } from './metrics.ts';

/**
 * What Prometheus clients call the standard ones: `process_*` (CPU, memory, descriptors, start) and `nodejs_*` (event loop delay, heap,
 * garbage collection), read when they are asked for. Beside them, which build and configuration runs.
 */
export function declareProcessMetrics(
  metrics: Metrics,
  build: { readonly profile: string; readonly configHash: string },
): void {
  collectDefaultMetrics({ register: metrics.registry });
  metrics
    .gauge('facet_build_info', '1; the labels say which process and configuration this is.', ['profile', 'config'])
    .set({ profile: build.profile, config: build.configHash }, 1);
}
