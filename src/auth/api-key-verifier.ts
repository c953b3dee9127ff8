import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { StaticKeyConfig } from '../config/sections/auth.ts';
import type { Principal } from '../context/principal.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';
import { apiKeyId, hashApiKey } from './api-key.ts';
import type { ApiKeyRecord } from './api-key-record.ts';
import type { ApiKeyStore } from './api-key-store.ts';
import type { CredentialVerifier } from './authenticate.ts';
import { keyPrincipal } from './make-principal.ts';
import { authUnavailable, unauthenticated } from './refusal.ts';

export interface ApiKeyVerifierParts {
  /** Absent without Redis: then only configured keys are known. */
  readonly store: Pick<ApiKeyStore, 'available' | 'find' | 'onChange'> | undefined;
  readonly configured: readonly StaticKeyConfig[];
  /** Milliseconds that a looked-up key is used before Redis is asked again. */
  readonly cacheMs: number;
  /** Milliseconds that it goes on working while Redis cannot be asked. */
  readonly outageMs: number;
  readonly maxCached: number;
  readonly clock: Clock;
}

interface KnownKey {
  readonly record: ApiKeyRecord;
  readonly hash: Buffer;
  readonly principal: Principal;
  /** Monotonic milliseconds of the look-up; infinite for configured keys, which never grow old. */
  readonly readAt: number;
  /** How many gaps in the news there had been by then. */
  readonly gaps: number;
}

const idStart = 'fct_'.length;
const idEnd = idStart + 12;
const retryAfterMs = 1_000;

/**
 * Verifies API keys against their records. A record is read once and kept for `cacheMs`; news of a change drops it at once.
 * While Redis is lost a kept record goes on for `outageMs` after its look-up; a key that is not kept is answered with
 * AUTH_UNAVAILABLE, since letting it in would be a guess.
 */
export class ApiKeyVerifier implements CredentialVerifier {
  readonly #parts: ApiKeyVerifierParts;
  readonly #configured: ReadonlyMap<string, KnownKey>;
  readonly #known: LRUCache<string, KnownKey>;
  readonly #asking = new Map<string, Promise<KnownKey | undefined>>();
  readonly #stop: (() => void) | undefined;
  /** Counts changes heard of: a look-up that was under way during one is not kept. */
  #changes = 0;
  /** Counts the times that news may have been lost: what was read before the last one is not fresh. */
  #gaps = 0;

  constructor(parts: ApiKeyVerifierParts) {
    this.#parts = parts;
    this.#configured = new Map(parts.configured.map((key) => [key.id, known(fromConfig(key), Infinity, 0)]));
    this.#known = new LRUCache({ max: parts.maxCached });
    this.#stop = parts.store?.onChange(
      (id) => {
        this.#changes++;
        this.#known.delete(id);
      },
      () => {
        this.#changes++;
        this.#gaps++;
      },
    );
  }

  recall(text: string, bff: string): Principal | undefined {
    const id = text.slice(idStart, idEnd);
    const key = this.#configured.get(id) ?? this.#known.get(id);
    if (!key || !this.#isFresh(key) || !matches(key, text)) return undefined;
    return this.#judge(key, bff);
  }

  async verify(text: string, bff: string): Promise<Principal> {
    const id = apiKeyId(text);
    if (id === undefined) throw unauthenticated('key_malformed');
    const key = this.#configured.get(id) ?? this.#freshly(id) ?? (await this.#lookUp(id));
    if (!key || !matches(key, text)) throw unauthenticated('key_unknown');
    return this.#judge(key, bff);
  }

  close(): void {
    this.#stop?.();
  }

  /** A kept record also answers for wrong secrets: guessing costs Redis nothing. */
  #freshly(id: string): KnownKey | undefined {
    const key = this.#known.get(id);
    return key && this.#isFresh(key) ? key : undefined;
  }

  #isFresh({ readAt, gaps }: KnownKey): boolean {
    if (readAt === Infinity) return true;
    const { clock, cacheMs, outageMs, store } = this.#parts;
    const age = clock.monotonic() - readAt;
    if (store && !store.available) return age <= outageMs;
    return age <= cacheMs && gaps === this.#gaps;
  }

  /** A good secret is not enough: the key must be alive, and meant for this client process. */
  #judge({ record, principal }: KnownKey, bff: string): Principal {
    if (record.revokedAt !== undefined) throw unauthenticated('key_revoked');
    if (record.expiresAt <= this.#parts.clock.now()) throw unauthenticated('key_expired');
    if (record.bffs.length > 0 && !record.bffs.includes(bff))
      throw new GatewayError('FORBIDDEN', { context: { reason: 'key_not_for_this_client' } });
    return principal;
  }

  async #lookUp(id: string): Promise<KnownKey | undefined> {
    let asking = this.#asking.get(id);
    if (!asking) {
      asking = this.#ask(id).finally(() => this.#asking.delete(id));
      this.#asking.set(id, asking);
    }
    return asking;
  }

  async #ask(id: string): Promise<KnownKey | undefined> {
    const { store, clock, outageMs } = this.#parts;
    if (!store) return undefined;
    const changes = this.#changes;
    const readAt = clock.monotonic();
    try {
      const record = await store.find(id);
      const key = record && known(record, readAt, this.#gaps);
      if (!key) this.#known.delete(id);
      else if (changes === this.#changes) this.#known.set(id, key);
      return key;
    } catch {
      const kept = this.#known.get(id);
      if (kept && clock.monotonic() - kept.readAt <= outageMs) return kept;
      throw authUnavailable('key_store_unreachable', retryAfterMs);
    }
  }
}

function known(record: ApiKeyRecord, readAt: number, gaps: number): KnownKey {
  return { record, hash: Buffer.from(record.hash, 'hex'), principal: keyPrincipal(record), readAt, gaps };
}

function matches(key: KnownKey, text: string): boolean {
  return timingSafeEqual(key.hash, hashApiKey(text));
}

function fromConfig({ expiresAt, ...key }: StaticKeyConfig): ApiKeyRecord {
  const ends = expiresAt === undefined ? Infinity : Date.parse(expiresAt);
  return { ...key, createdAt: 0, expiresAt: ends, revokedAt: undefined };
}
