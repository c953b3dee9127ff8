import type { Reuse } from '../context/freshness.ts';

export interface AnswerFacts {
  readonly reuse: Readonly<Reuse>;
  /** Seconds that the gateway itself still keeps it; less than its parts allow once it came from a cache. */
  readonly maxAgeSeconds: number;
  /** Neither partial nor stale nor failed. */
  readonly whole: boolean;
  /** A query; a mutation's answer is for whoever asked, once. */
  readonly reading: boolean;
  /** The request had a credential of any kind, whether the answer depends on it or not. */
  readonly credential: boolean;
}

/**
 * `Cache-Control` of an answer: the strictest of its parts. `no-store` on anything partial, stale or failed, since a proxy would show
 * the gap long after the service is back. `private` with any credential: RFC 9111 §3.5 forbids shared caches the rest anyway, and not
 * all of them know.
 */
export function httpCacheControl({ reuse, maxAgeSeconds, whole, reading, credential }: AnswerFacts): string {
  const seconds = Math.floor(Math.min(reuse.maxAgeSeconds, maxAgeSeconds));
  if (!whole || !reading || !(seconds > 0)) return 'no-store';
  const scope = credential || reuse.scope === 'private' ? 'private' : 'public';
  return `${scope}, max-age=${seconds}`;
}
