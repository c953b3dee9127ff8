import type { Cleanup } from './processes.ts';
import { startKeyServer } from './key-server.ts';
import { makeSigner } from './token-signer.ts';

export interface SignedIn {
  /** The `auth` section of a process that knows this caller's issuer. */
  readonly auth: Readonly<Record<string, unknown>>;
  /** `Authorization` of the customer `usr_1`, good for an hour. */
  readonly authorization: string;
}

/** An issuer with a real key endpoint, and a customer with a token of it. */
export async function signIn(
  cleanup: Cleanup,
  client: string,
  claims: Readonly<Record<string, unknown>> = {},
): Promise<SignedIn> {
  const signer = await makeSigner();
  const keys = await startKeyServer(cleanup, signer.publicJwk);
  const [issuer, audience] = ['https://id.example', 'https://facet.example/one'];
  const now = Math.floor(Date.now() / 1000);
  const token = await signer.sign({
    iss: issuer,
    aud: audience,
    sub: 'usr_1',
    role: 'customer',
    scope: 'openid',
    tier: 'enterprise',
    iat: now,
    exp: now + 3_600,
    ...claims,
  });
  return {
    auth: { issuers: [{ issuer, audiences: { [client]: [audience] }, jwks: { uri: keys.url } }] },
    authorization: `Bearer ${token}`,
  };
}
