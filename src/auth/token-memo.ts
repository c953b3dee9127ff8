import { LRUCache } from 'lru-cache';
import type { Principal } from '../context/principal.ts';
import type { Clock } from '../lib/clock.ts';
import { sha256Hex } from '../lib/digest.ts';
import type { VerificationKey } from './verification-key.ts';

/** A token that was verified once. */
export interface VerifiedToken {
  readonly principal: Principal;
  /** The key that signed it: once that has left its set, the token is as good as never seen. */
  readonly key: VerificationKey;
  /** Which client's audience it was verified for. */
  readonly bff: string;
  /** Epoch milliseconds of `exp`, without skew. */
  readonly expiresAtMs: number;
}

/**
 * Remembers verified tokens, so that a signature is checked once and not on every request. The key is SHA-256 over the whole
 * token, signature included (a cache keyed by less has handed one user another's claims: CVE-2026-35039). Bounded; an entry is
 * believed until `exp` and only while its signing key is published.
 */
export class TokenMemo {
  readonly #entries: LRUCache<string, VerifiedToken>;
  readonly #clock: Clock;

  constructor(maxEntries: number, clock: Clock) {
    this.#entries = new LRUCache({ max: maxEntries });
    this.#clock = clock;
  }

  get(token: string, bff: string): Principal | undefined {
    const digest = sha256Hex(token);
    const found = this.#entries.get(digest);
    if (!found || found.bff !== bff) return undefined;
    if (found.key.live && found.expiresAtMs > this.#clock.now()) return found.principal;
    this.#entries.delete(digest);
    return undefined;
  }

  set(token: string, verified: VerifiedToken): void {
    this.#entries.set(sha256Hex(token), verified);
  }
}
