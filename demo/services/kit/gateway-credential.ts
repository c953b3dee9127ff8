import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from './problem.ts';

/**
 * The check behind every trusted header: only the gateway knows the credential, so only it can name a user and a role.
 * `tokens` is a list so that a new credential can be accepted before the old one is withdrawn.
 */
export function createCredentialCheck(tokens: readonly string[]): (authorization: string | undefined) => void {
  const digests = tokens.map(digest);
  return (authorization) => {
    const given = authorization?.startsWith('Bearer ') ? digest(authorization.slice(7)) : undefined;
    if (given !== undefined && digests.some((known) => timingSafeEqual(known, given))) return;
    throw new Problem(401, 'service_credential_invalid', "The gateway's own credential is missing or not accepted.", {
      headers: { 'WWW-Authenticate': 'Bearer realm="gateway"' },
    });
  };
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
