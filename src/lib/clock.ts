// Not the global: that is a getter, called for each reading.
import { performance } from 'node:perf_hooks';

/**
 * The one source of time. Everything that measures or expires takes a `Clock`, so that tests move time by hand.
 */
export interface Clock {
  /** Wall time in epoch milliseconds: for what is shown, logged or compared with other machines' stamps. */
  now(): number;
  /** Milliseconds that never jump back: for durations, deadlines and windows. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
