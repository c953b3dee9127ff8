import { createHmac, KeyObject, sign as signBytes } from 'node:crypto';
import { audience, issuer } from '../support/authenticator.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import type { TokenSigner } from '../support/token-signer.ts';

/** What a forger works with: good keys, foreign keys, and a way to sign any bytes as a token. */
export interface Forge {
  readonly rs: TokenSigner;
  readonly es: TokenSigner;
  readonly ed: TokenSigner;
  readonly ps: TokenSigner;
  /** Belongs to a second issuer that is trusted too. */
  readonly partner: TokenSigner;
  /** Belongs to nobody. */
  readonly foreign: TokenSigner;
  /** Address that a `jku` or `x5u` points to; nobody may ever ask there. */
  readonly trap: string;
  /** Epoch seconds. */
  readonly now: number;
  readonly clock: ManualClock;
}

/** Laid over good values; undefined takes a member away, a string replaces the whole part. */
export type Part = Readonly<Record<string, unknown>> | string | Uint8Array;

export function encode(part: Part): string {
  if (typeof part === 'string' || part instanceof Uint8Array) return Buffer.from(part).toString('base64url');
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

export function headerOf(signer: TokenSigner, over: Part = {}): Part {
  if (typeof over === 'string' || over instanceof Uint8Array) return over;
  return { alg: signer.algorithm, kid: signer.kid, typ: 'at+jwt', ...over };
}

export function claimsAt(now: number, over: Part = {}): Part {
  if (typeof over === 'string' || over instanceof Uint8Array) return over;
  return { iss: issuer, aud: audience, sub: 'usr_1', iat: now, exp: now + 600, role: 'customer', tier: 'pro', ...over };
}

/** Signs exactly these bytes with the signer's key by the signer's own algorithm, whatever the header says. */
export function signature(signer: TokenSigner, input: string): Buffer {
  const key = KeyObject.from(signer.privateKey);
  const bytes = Buffer.from(input);
  switch (signer.algorithm) {
    case 'ES256':
      return signBytes('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' });
    case 'EdDSA':
      return signBytes(null, bytes, key);
    case 'PS256':
      return signBytes('sha256', bytes, { key, padding: 6, saltLength: 32 });
    default:
      return signBytes('sha256', bytes, key);
  }
}

export function hmac(digest: 'sha256' | 'sha384' | 'sha512', secret: string | Buffer, input: string): Buffer {
  return createHmac(digest, secret).update(input).digest();
}

/** A token whose header and claims differ from a good one in what is given. */
export function token(forge: Forge, claims: Part = {}, header: Part = {}, signer: TokenSigner = forge.rs): string {
  const input = `${encode(headerOf(signer, header))}.${encode(claimsAt(forge.now, claims))}`;
  return `${input}.${signature(signer, input).toString('base64url')}`;
}
