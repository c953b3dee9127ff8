/** Wall time of a service in epoch milliseconds; `advance` moves it forward so that tests and the demo need not wait. */
export interface Clock {
  now(): number;
  advance(ms: number): void;
}

export function createClock(base: () => number = Date.now): Clock {
  let offsetMs = 0;
  return {
    now: () => base() + offsetMs,
    advance(ms) {
      offsetMs += ms;
    },
  };
}

/** RFC 3339 in UTC, the only time format in these contracts. */
export function timestamp(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
