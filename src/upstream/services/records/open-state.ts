/**
 * A service's state as one of ours. Services may add states at any time; what we don't know is `UNKNOWN`, so that no client has to
 * expect the unexpected.
 */
export function openState<State extends string>(known: readonly State[], value: string): State | 'UNKNOWN' {
  const state = value.toUpperCase() as State;
  return known.includes(state) ? state : 'UNKNOWN';
}
