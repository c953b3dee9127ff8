import { describe, test } from 'node:test';
import { redisFaults, surviveRedisFault } from '../support/redis-faults.ts';

/** RELIABILITY: each fault is held for 30 seconds. Six at a time, with less load each, since they mostly wait. */
describe('Redis in trouble for half a minute', { concurrency: 6 }, () => {
  for (const fault of redisFaults)
    test(fault.name, (t) => surviveRedisFault(t, fault, { holdMs: 30_000, pauseMs: 50 }));
});
