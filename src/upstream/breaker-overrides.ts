import type { Clock } from '../lib/clock.ts';
import { type ForcedState, maxForcedMs } from '../resilience/circuit-breaker.ts';
import type { Instance } from './instances.ts';

/** Which circuits of a service: of one route or all, at one instance or all. */
export interface BreakerMatch {
  readonly route?: string | undefined;
  readonly instance?: string | undefined;
}

/**
 * What operators said of a service's circuits. Kept apart from the circuits, since one is made at a route's first attempt at an
 * instance: a word said before that holds for it too.
 */
export class BreakerOverrides {
  readonly #clock: Clock;
  #said: { readonly match: BreakerMatch; readonly forced: ForcedState }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Forces the matching circuits, present and future. Throws a `RangeError` when the end is not within the next 24 hours. */
  force(match: BreakerMatch, forced: ForcedState, instances: readonly Instance[]): void {
    const lengthMs = forced.endsAt - this.#clock.now();
    if (!(lengthMs > 0 && lengthMs <= maxForcedMs)) throw new RangeError('endsAt must lie within the next 24 hours');
    this.#forget(match);
    this.#said.push({ match, forced });
    for (const breaker of matching(instances, match)) breaker.force(forced);
  }

  /** Lets the matching circuits decide for themselves again. */
  release(match: BreakerMatch, instances: readonly Instance[]): void {
    this.#forget(match);
    for (const breaker of matching(instances, match)) if (breaker.forced) breaker.release();
  }

  /** What was said and is not over, in its order. */
  get standing(): readonly { readonly match: BreakerMatch; readonly forced: ForcedState }[] {
    const now = this.#clock.now();
    return this.#said.filter(({ forced }) => forced.endsAt > now);
  }

  /** What holds for a circuit that is made now: the latest word that matches it. */
  for(route: string, instance: string): ForcedState | undefined {
    const now = this.#clock.now();
    return this.#said.findLast(({ match, forced }) => forced.endsAt > now && covers(match, route, instance))?.forced;
  }

  /** Drops what is over, and what a wider or equal word replaces. */
  #forget(match: BreakerMatch): void {
    const now = this.#clock.now();
    this.#said = this.#said.filter(
      ({ match: old, forced }) =>
        forced.endsAt > now &&
        !((match.route ?? old.route) === old.route && (match.instance ?? old.instance) === old.instance),
    );
  }
}

function covers(match: BreakerMatch, route: string, instance: string): boolean {
  return (match.route ?? route) === route && (match.instance ?? instance) === instance;
}

function matching(instances: readonly Instance[], match: BreakerMatch) {
  return instances.flatMap(({ name, breakers }) =>
    [...breakers].filter(([route]) => covers(match, route, name)).map(([, breaker]) => breaker),
  );
}
