import { calculateJwkThumbprint, importJWK, type CryptoKey, type JWK } from 'jose';
import type { signatureAlgorithms } from '../config/sections/auth.ts';

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** One public key of an issuer, ready for every algorithm that it and the configuration allow. */
export interface VerificationKey {
  readonly kid: string | undefined;
  readonly byAlgorithm: ReadonlyMap<string, CryptoKey>;
  /** Same identity, same key: survives refreshes of its set. */
  readonly identity: string;
  /** False as soon as the key has left its set. A remembered token asks this before it is believed again. */
  live: boolean;
}

/** RFC 7518 section 3.3 and 3.5: "A key of size 2048 bits or larger MUST be used". */
const minModulusBits = 2048;
const maxKidLength = 256;

/**
 * Reads one member of a key set. Resolves to undefined for a key that cannot verify tokens here: another use, an algorithm that
 * is not configured, a secret or private key (published by mistake, so anyone may hold it), a short RSA modulus, or garbage.
 */
export async function readVerificationKey(
  jwk: unknown,
  allowed: readonly SignatureAlgorithm[],
): Promise<VerificationKey | undefined> {
  if (!isPublicSigningKey(jwk)) return undefined;
  const algorithms = allowed.filter((name) => fits(jwk, name));
  const byAlgorithm = new Map<string, CryptoKey>();
  try {
    for (const name of algorithms) {
      const key = await importJWK(jwk, name);
      if (!(key instanceof Uint8Array) && isStrong(key)) byAlgorithm.set(name, key);
    }
    if (byAlgorithm.size === 0) return undefined;
    const identity = `${jwk.kid ?? ''} ${[...byAlgorithm.keys()].join()} ${await calculateJwkThumbprint(jwk)}`;
    return { kid: jwk.kid, byAlgorithm, identity, live: true };
  } catch {
    return undefined;
  }
}

function isPublicSigningKey(value: unknown): value is JWK {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const jwk: JWK = value;
  if (jwk.d !== undefined || jwk.k !== undefined) return false;
  if (jwk.kid !== undefined && (typeof jwk.kid !== 'string' || jwk.kid.length > maxKidLength)) return false;
  if (jwk.use !== undefined && jwk.use !== 'sig') return false;
  return jwk.key_ops === undefined || (Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify'));
}

function fits(jwk: JWK, algorithm: SignatureAlgorithm): boolean {
  if (jwk.alg !== undefined && jwk.alg !== algorithm) return false;
  switch (algorithm) {
    case 'ES256':
      return jwk.kty === 'EC' && jwk.crv === 'P-256';
    case 'ES384':
      return jwk.kty === 'EC' && jwk.crv === 'P-384';
    case 'ES512':
      return jwk.kty === 'EC' && jwk.crv === 'P-521';
    case 'EdDSA':
    case 'Ed25519':
      return jwk.kty === 'OKP' && jwk.crv === 'Ed25519';
    default:
      return jwk.kty === 'RSA';
  }
}

function isStrong({ algorithm }: CryptoKey): boolean {
  return !('modulusLength' in algorithm) || Number(algorithm.modulusLength) >= minModulusBits;
}
