import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

/** A key pair that signs tokens, and the public half as a key set has it. */
export interface TokenSigner {
  readonly algorithm: string;
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** Signs claims as they are, also nonsense; `header` is laid over `alg`, `kid` and `typ`. */
  sign(claims: unknown, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function makeSigner(algorithm = 'RS256', kid?: string): Promise<TokenSigner> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(publicKey);
  const name = kid ?? (await calculateJwkThumbprint(jwk));
  return {
    algorithm,
    kid: name,
    publicJwk: { ...jwk, kid: name, alg: algorithm, use: 'sig' },
    privateKey,
    publicKey,
    sign: (claims, header) =>
      new CompactSign(Buffer.from(typeof claims === 'string' ? claims : JSON.stringify(claims)))
        .setProtectedHeader({ alg: algorithm, kid: name, typ: 'at+jwt', ...header } as { alg: string })
        .sign(privateKey),
  };
}
