import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export const issuer = 'https://id.bench';
export const audience = 'https://facet.bench';

/** An RSA key, the key set that publishes it, and tokens signed by it (RFC 7519, RS256). */
export function createTokens() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }] };
  return { jwks: JSON.stringify(jwks), tokenFor: (subject: string) => token(privateKey, subject) };
}

function token(key: KeyObject, subject: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = encode({ alg: 'RS256', kid: 'bench', typ: 'at+jwt' });
  const body = encode({
    iss: issuer,
    aud: audience,
    sub: subject,
    iat: now,
    exp: now + 7_200,
    role: 'customer',
    tier: 'free',
    account_status: 'active',
  });
  const input = `${head}.${body}`;
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), key).toString('base64url')}`;
}
