import { facet, type Subject } from './subjects.ts';

/** The dashboard with one protection off each: what does each cost? Only those that the configuration can turn off. */
export const protectionsOff: readonly Subject[] = [
  facet({ name: 'without access log', config: { logging: { level: 'error' } } }),
  facet({ name: 'without Redis (limits in memory)', withoutRedis: true }),
];
