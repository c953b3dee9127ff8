import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto';
import type { AuthConfig } from '../config/sections/auth.ts';
import type { Principal } from '../context/principal.ts';
import type { Clock } from '../lib/clock.ts';

/** The public half of a signing key, as a member of a key set (RFC 7517, RFC 8037). */
export interface AssertionJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

interface SigningKey {
  readonly privateKey: KeyObject;
  readonly jwk: AssertionJwk;
}

interface Signed {
  readonly text: string;
  readonly issuedAtMs: number;
}

/**
 * Tells services who calls in a way that they can verify: a JWT of a minute with `sub` and `role`, signed with Ed25519. A service
 * fetches the key set from the admin port and need not trust its network for the plain headers.
 *
 * One assertion serves a principal for half of its life, so signing costs about 50 µs a principal and half minute, not a call.
 * It is signed synchronously by node:crypto: a promise on every upstream call would cost more than it.
 */
export class AssertionSigner {
  readonly #config: AuthConfig['assertion'];
  readonly #clock: Clock;
  readonly #keys: readonly [SigningKey, ...SigningKey[]];
  readonly #head: string;
  readonly #signed = new WeakMap<Principal, Signed>();

  /** @throws Error that names the configuration key when a private key is not Ed25519 in PEM. */
  constructor(config: AuthConfig['assertion'], clock: Clock) {
    this.#config = config;
    this.#clock = clock;
    const [first, ...others] = config.privateKeys.map(readKey);
    this.#keys = [first ?? signingKey(generateKeyPairSync('ed25519').privateKey), ...others];
    // RFC 8725 section 3.11: a type of its own, so that no token endpoint takes it for an access token. Ours refuses it too.
    this.#head = encode({ alg: 'EdDSA', kid: this.#keys[0].jwk.kid, typ: 'facet-identity+jwt' });
  }

  /** The assertion about a caller; undefined for the anonymous, of whom there is nothing to assert. */
  assertionOf(principal: Principal): string | undefined {
    if (principal.role === 'anonymous') return undefined;
    const now = this.#clock.now();
    const known = this.#signed.get(principal);
    const renewMs = (this.#config.ttlSeconds * 1000) / 2;
    // A wall clock that went back must not stretch a life.
    if (known && now >= known.issuedAtMs && now - known.issuedAtMs < renewMs) return known.text;
    const text = this.#sign(principal, Math.floor(now / 1000));
    this.#signed.set(principal, { text, issuedAtMs: now });
    return text;
  }

  /** The public keys, the signing one first. */
  jwks(): { readonly keys: readonly AssertionJwk[] } {
    return { keys: this.#keys.map(({ jwk }) => jwk) };
  }

  #sign(principal: Principal, iat: number): string {
    const { issuer, audience, ttlSeconds } = this.#config;
    const claims = {
      iss: issuer,
      aud: audience,
      sub: principal.subject,
      role: principal.role,
      iat,
      exp: iat + ttlSeconds,
    };
    const input = `${this.#head}.${encode(claims)}`;
    return `${input}.${sign(null, Buffer.from(input), this.#keys[0].privateKey).toString('base64url')}`;
  }
}

function readKey(pem: string, index: number): SigningKey {
  const path = `auth.assertion.privateKeys[${index}]`;
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // The cause may repeat parts of the key.
    throw new Error(`${path}: not a private key in PEM`);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${path}: must be an Ed25519 key`);
  return signingKey(key);
}

function signingKey(privateKey: KeyObject): SigningKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  // RFC 7638 section 3: the required members in lexical order, without white space.
  const kid = hash('sha256', JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }), 'base64url');
  return { privateKey, jwk: { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' } };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
