import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Principal } from '../context/principal.ts';
import type { Clock } from '../lib/clock.ts';
import { readClaims, type ClaimMapping } from './claims.ts';
import { readCompactToken, type CompactToken } from './compact-token.ts';
import type { Jwks } from './jwks.ts';
import { bearerPrincipal } from './make-principal.ts';
import { authUnavailable, unauthenticated, type TokenReason } from './refusal.ts';
import type { TokenMemo } from './token-memo.ts';
import type { VerificationKey } from './verification-key.ts';

/** Whose tokens we take, and everything about them that the token itself has no say in. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly jwks: Jwks;
  readonly algorithms: ReadonlySet<string>;
  /** By client process: the `aud` values that mean it. A client that is not here takes no token of this issuer. */
  readonly audiences: Readonly<Record<string, readonly string[]>>;
  readonly clockSkewSeconds: number;
  readonly requiredClaims: readonly string[];
  readonly mapping: ClaimMapping;
  /** Milliseconds after which a refused caller may try again when keys are missing. */
  readonly retryAfterMs: number;
}

/** Verifies access tokens (JWT, RFC 7519; profile of RFC 9068 as far as issuers keep to it). */
export class BearerVerifier {
  /** By `iss`: a static table, so that a token chooses among trusted issuers and never brings one. */
  readonly #issuers: ReadonlyMap<string, TrustedIssuer>;
  readonly #memo: TokenMemo;
  readonly #clock: Clock;

  constructor(issuers: readonly TrustedIssuer[], memo: TokenMemo, clock: Clock) {
    this.#issuers = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
    this.#memo = memo;
    this.#clock = clock;
  }

  /** The principal of a token seen before. Needs no promise: this is what nearly every request takes. */
  recall(token: string, bff: string): Principal | undefined {
    return this.#memo.get(token, bff);
  }

  /**
   * Verifies a token that is not remembered. Rejects with UNAUTHENTICATED, or with AUTH_UNAVAILABLE when the issuer's keys
   * cannot be had; never with anything else.
   */
  async verify(token: string, bff: string): Promise<Principal> {
    const parts = readCompactToken(token);
    const issuer = this.#issuers.get(parts.issuer);
    if (!issuer) throw unauthenticated('unknown_issuer');
    // RFC 8725 section 3.1: the algorithm is fixed by configuration and checked before any key is touched.
    if (!issuer.algorithms.has(parts.algorithm)) throw unauthenticated('algorithm_not_allowed');
    const audiences = Object.hasOwn(issuer.audiences, bff) ? (issuer.audiences[bff] ?? []) : [];
    if (audiences.length === 0) throw unauthenticated('wrong_audience');
    const key = await findKey(issuer, parts);
    const payload = await this.#checked(token, parts, key, issuer, audiences);
    const skewMs = issuer.clockSkewSeconds * 1000;
    const claims = readClaims(payload, issuer.mapping, this.#clock.now(), skewMs);
    const principal = bearerPrincipal(issuer.issuer, claims);
    this.#memo.set(token, { principal, key, bff, expiresAtMs: claims.expiresAtMs });
    return principal;
  }

  async #checked(
    token: string,
    { algorithm }: CompactToken,
    key: VerificationKey,
    issuer: TrustedIssuer,
    audiences: readonly string[],
  ): Promise<JWTPayload> {
    const cryptoKey = key.byAlgorithm.get(algorithm);
    if (!cryptoKey) throw unauthenticated('unknown_key');
    try {
      const { payload } = await jwtVerify(token, cryptoKey, {
        issuer: issuer.issuer,
        audience: [...audiences],
        algorithms: [algorithm],
        clockTolerance: issuer.clockSkewSeconds,
        requiredClaims: ['exp', 'sub', ...issuer.requiredClaims],
        currentDate: new Date(this.#clock.now()),
      });
      return payload;
    } catch (error) {
      throw unauthenticated(reasonFor(error), error);
    }
  }
}

async function findKey(issuer: TrustedIssuer, { kid, algorithm }: CompactToken): Promise<VerificationKey> {
  const key = issuer.jwks.find(kid, algorithm) ?? (await issuer.jwks.ask(kid, algorithm));
  if (key === undefined) throw unauthenticated('unknown_key');
  if (key !== 'unavailable') return key;
  throw authUnavailable(issuer.jwks.status.keys === 0 ? 'no_keys' : 'key_set_unreachable', issuer.retryAfterMs);
}

/** Whatever jose throws is the token's fault here: key and options were checked at their own time. */
function reasonFor(error: unknown): TokenReason {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad_signature';
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'wrong_audience';
    return error.claim === 'nbf' && error.reason === 'check_failed' && typeof error.payload.nbf === 'number'
      ? 'not_yet_valid'
      : 'bad_claims';
  }
  return 'malformed';
}
