import type { Lifetime } from './freshness.ts';

/** A kept reply: the mapped record itself, frozen, never bytes. */
export interface Entry<V = unknown> {
  readonly value: V;
  readonly status: number;
  readonly etag: string | undefined;
  readonly tags: readonly string[];
  /** Estimated size in memory. */
  readonly bytes: number;
  /** Invalidations of this process that the reply is newer than (`InvalidationLog.mark`). */
  readonly mark: number;
  /** Monotonic milliseconds of this process. */
  readonly arrivedAt: number;
  /** Counted from `arrivedAt`. */
  readonly lifetime: Lifetime;
}

/** The lifetime of a reply that is good for the answer it was fetched for, and no other. */
export const forThisAnswerOnly: Lifetime = { freshMs: 0, revalidateMs: 0, errorMs: 0, keepMs: 0, ageMs: 0 };

/** Milliseconds for which it may still be answered without a word; negative once it is stale. */
export function freshLeftMs(entry: Entry, now: number): number {
  return entry.arrivedAt + entry.lifetime.freshMs - now;
}

/** How long ago the service made it, as far as its `Age` tells. */
export function ageMs(entry: Entry, now: number): number {
  return now - entry.arrivedAt + entry.lifetime.ageMs;
}

/** Whether it may be answered while the next is fetched behind it. */
export function mayRevalidate(entry: Entry, now: number): boolean {
  return entry.arrivedAt + entry.lifetime.revalidateMs > now;
}

/** Whether it may stand in for an error. */
export function mayStandIn(entry: Entry, now: number): boolean {
  return entry.arrivedAt + entry.lifetime.errorMs > now;
}

export function isKept(entry: Entry, now: number): boolean {
  return entry.arrivedAt + entry.lifetime.keepMs > now;
}
