import { facet, type Subject } from './subjects.ts';

/** The dashboard with one protection off each: what does each cost? */
export const protectionsOff: readonly Subject[] = [
  facet({ name: 'without access log', config: { logging: { level: 'error' } } }),
  facet({ name: 'without Redis (limits in memory)', withoutRedis: true }),
  facet({ name: 'without limits', without: ['limiter.ts'] }),
  facet({ name: 'without authentication', without: ['authenticator.ts'] }),
  facet({ name: 'without circuit breakers', without: ['layers.ts'], withoutLayers: ['circuit-breaker'] }),
  facet({ name: 'without retries', without: ['layers.ts'], withoutLayers: ['retry'] }),
  facet({ name: 'without bulkheads', without: ['layers.ts'], withoutLayers: ['bulkhead'] }),
  facet({ name: 'without deadlines and timeouts', without: ['layers.ts'], withoutLayers: ['deadline', 'attempt'] }),
  facet({ name: 'without contract checks', without: ['contract-body.ts'] }),
  facet({ name: 'without metrics', without: ['metrics.ts'] }),
  facet({ name: 'without journeys', without: ['journey.ts', 'journey-store.ts'] }),
  facet({
    name: 'without any of them',
    config: { logging: { level: 'error' } },
    withoutRedis: true,
    without: [
      'limiter.ts',
      'authenticator.ts',
      'layers.ts',
      'contract-body.ts',
      'metrics.ts',
      'journey.ts',
      'journey-store.ts',
    ],
    withoutLayers: ['circuit-breaker', 'retry', 'bulkhead', 'deadline', 'attempt'],
  }),
];
