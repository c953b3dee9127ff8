import type { Metrics } from '../telemetry/metrics.ts';

/** What authentication counts. One instance a process. */
export class AuthMetrics {
  readonly #decisions;
  readonly #jwksFetches;
  readonly #jwksKeys;
  readonly #jwksSuccess;

  constructor(metrics: Metrics) {
    this.#decisions = metrics.counter(
      'facet_authentications_total',
      'Authentication decisions by credential kind and result: accepted, remembered (no signature checked), or why refused.',
      ['credential', 'result'],
    );
    this.#jwksFetches = metrics.counter(
      'facet_jwks_fetches_total',
      "Fetches of an issuer's key set by result: ok, or why it was not adopted.",
      ['issuer', 'result'],
    );
    this.#jwksKeys = metrics.gauge('facet_jwks_keys', 'Usable keys of an issuer.', ['issuer']);
    this.#jwksSuccess = metrics.gauge(
      'facet_jwks_last_success_timestamp_seconds',
      "When an issuer's key set was last fetched well.",
      ['issuer'],
    );
  }

  decided(credential: string, result: string): void {
    this.#decisions.inc({ credential, result });
  }

  jwksFetched(issuer: string, result: string, keys?: number, nowMs?: number): void {
    this.#jwksFetches.inc({ issuer, result });
    if (keys !== undefined) this.#jwksKeys.set({ issuer }, keys);
    if (nowMs !== undefined) this.#jwksSuccess.set({ issuer }, nowMs / 1000);
  }
}
