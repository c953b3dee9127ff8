import { setTimeout as sleep } from 'node:timers/promises';

export interface BackoffOptions {
  /** Upper end of the wait before the first repetition; doubles with each. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

/** "Full jitter": anything from nothing to an end that doubles, so that those who failed together don't come back together. */
export function fullJitter(repetition: number, options: BackoffOptions, random: () => number = Math.random): number {
  return random() * Math.min(options.maxDelayMs, options.baseDelayMs * 2 ** (repetition - 1));
}

/** Resolves to true after the wait, or at once to false when the signal aborts. */
export async function pause(waitMs: number, signal?: AbortSignal): Promise<boolean> {
  try {
    await sleep(waitMs, undefined, signal ? { signal } : {});
    return true;
  } catch {
    return false;
  }
}
