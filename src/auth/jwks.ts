import { FetchFailed, fetchJson } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { AuthMetrics } from './auth-metrics.ts';
import { KeySet, UnusableKeySet } from './key-set.ts';
import type { SignatureAlgorithm, VerificationKey } from './verification-key.ts';

export interface JwksSettings {
  readonly issuer: string;
  /** Where the set is. Fetched as it stands: no discovery, no redirects, never an address out of a token. */
  readonly uri: string;
  readonly algorithms: readonly SignatureAlgorithm[];
  /** Milliseconds between refreshes in the background. Bounds how long a withdrawn key still works. */
  readonly refreshMs: number;
  /** Milliseconds that the last good keys live while the provider cannot be reached. */
  readonly keepMs: number;
  /** Least milliseconds between two fetches that failed or that unknown key ids asked for. */
  readonly cooldownMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface JwksStatus {
  readonly issuer: string;
  readonly keys: number;
  /** Seconds since the last good fetch; undefined when there was none. */
  readonly ageSeconds: number | undefined;
  readonly failing: boolean;
}

/**
 * Keeps one issuer's public keys: refreshed in the background, so that verifying never waits for the provider while a good key
 * is known. jose's own remote set rejects every token once its cache is old and the provider down, adopts an empty set, and
 * fetches without a pause while fetches fail; this one does none of that.
 */
export class Jwks {
  readonly #settings: JwksSettings;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #metrics: AuthMetrics;
  #set: KeySet | undefined;
  #goodAt = 0;
  #attemptAt = -Infinity;
  #askedAt = -Infinity;
  #failing = false;
  #fetching: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: JwksSettings, parts: { clock: Clock; log: Logger; metrics: AuthMetrics }) {
    this.#settings = settings;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#metrics = parts.metrics;
  }

  /** Fetches for the first time and goes on in the background. Resolves whether or not the provider answered. */
  start(): Promise<void> {
    return this.refresh();
  }

  /** The key, from memory. */
  find(kid: string | undefined, algorithm: string): VerificationKey | undefined {
    return this.#set?.find(kid, algorithm);
  }

  /**
   * The key, after asking the provider if the cooldown allows: for a key id not seen before. Resolves to undefined for a key
   * that the provider does not publish and to `unavailable` when the provider could not be asked, so nobody knows.
   */
  async ask(kid: string | undefined, algorithm: string): Promise<VerificationKey | 'unavailable' | undefined> {
    if (this.#fetching) {
      // It may have begun before the key was published, so its answer alone proves nothing.
      await this.#fetching;
      const found = this.find(kid, algorithm);
      if (found) return found;
    }
    if (this.#mayAsk()) {
      this.#askedAt = this.#clock.monotonic();
      await this.refresh();
    } else {
      await this.#fetching;
    }
    return this.find(kid, algorithm) ?? (this.#failing || !this.#set ? 'unavailable' : undefined);
  }

  /** One fetch, shared by all who ask meanwhile. Never rejects. */
  refresh(): Promise<void> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
      this.#schedule();
    });
    return this.#fetching;
  }

  get status(): JwksStatus {
    const { issuer } = this.#settings;
    const ageSeconds = this.#set && Math.round((this.#clock.monotonic() - this.#goodAt) / 1000);
    return { issuer, keys: this.#set?.keys.length ?? 0, ageSeconds, failing: this.#failing };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** A refresh in the background does not start the cooldown: a key rotated just after it is still found on first sight. */
  #mayAsk(): boolean {
    const { cooldownMs } = this.#settings;
    const now = this.#clock.monotonic();
    return now - this.#askedAt >= cooldownMs && !(this.#failing && now - this.#attemptAt < cooldownMs);
  }

  async #fetch(): Promise<void> {
    const { issuer, uri, algorithms, timeoutMs, maxBytes } = this.#settings;
    this.#attemptAt = this.#clock.monotonic();
    try {
      this.#set = await KeySet.read(await fetchJson(uri, { timeoutMs, maxBytes }), algorithms, this.#set);
      this.#goodAt = this.#clock.monotonic();
      this.#metrics.jwksFetched(issuer, 'ok', this.#set.keys.length, this.#clock.now());
      if (this.#failing)
        this.#log.info(
          { 'event.action': 'jwks.fetched', 'facet.issuer': issuer, 'facet.keys': this.#set.keys.length },
          'the key set can be fetched again',
        );
      this.#failing = false;
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const { issuer, keepMs } = this.#settings;
    const reason = error instanceof FetchFailed ? error.reason : 'unusable';
    this.#metrics.jwksFetched(issuer, reason);
    if (!this.#failing) {
      const detail = error instanceof FetchFailed || error instanceof UnusableKeySet ? error.message : reason;
      this.#log.warn(
        { 'event.action': 'jwks.not_fetched', 'event.reason': reason, 'facet.issuer': issuer, 'facet.detail': detail },
        'the key set cannot be fetched; the last good keys stay',
      );
    }
    this.#failing = true;
    if (this.#set && this.#clock.monotonic() - this.#goodAt > keepMs) {
      this.#set.end();
      this.#set = undefined;
      this.#log.error(
        { 'event.action': 'jwks.ended', 'facet.issuer': issuer },
        'the last good keys are too old to be trusted',
      );
    }
  }

  /** Up to a tenth early, so that instances started together do not ask together; never late, since the interval is a promise. */
  #schedule(): void {
    if (this.#closed) return;
    const { refreshMs, cooldownMs } = this.#settings;
    const delayMs = this.#failing
      ? Math.min(cooldownMs * (1 + Math.random() / 2), Math.max(refreshMs, cooldownMs))
      : refreshMs * (1 - Math.random() / 10);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), delayMs).unref();
  }
}
