/**
 * The upper bound for a time that a test measures. On a busy machine the operating system may keep any process waiting, so `npm test`
 * adds a second of grace: it asks whether a thing ends at once or only when its time-out does. `npm run test:faults` asks for the figures
 * themselves (`FACET_STRICT_TIMES=1`) and wants a quiet machine.
 */
export function within(ms: number): number {
  return process.env['FACET_STRICT_TIMES'] === '1' ? ms : ms + 1_000;
}
