import { unauthenticated } from './refusal.ts';

/** A JWT taken apart but not yet verified: nothing in it may be believed, only used to look up a key. */
export interface CompactToken {
  readonly issuer: string;
  readonly algorithm: string;
  readonly kid: string | undefined;
}

const maxTokenBytes = 8 * 1024;
const maxKidLength = 256;
const compact = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * Reads the parts of a compact JWS that choose the key, with every form check that RFC 7515 and RFC 8725 ask for and jose leaves
 * open: length before anything else, no padding or white space, canonical base64url, no byte order mark, no extensions.
 * Header members that bring their own key (`jwk`, `jku`, `x5u`, `x5c`) are never read.
 * @throws GatewayError UNAUTHENTICATED
 */
export function readCompactToken(token: string): CompactToken {
  if (token.length > maxTokenBytes) throw unauthenticated('too_long');
  if (!compact.test(token)) throw unauthenticated('malformed');
  const [head = '', body = '', signature = ''] = token.split('.', 3);
  const header = readPart(head);
  const payload = readPart(body);
  // RFC 4648 section 3.5: with other trailing bits the same signature has several spellings, and one token several names.
  if (!isCanonical(signature)) throw unauthenticated('malformed');
  checkHeader(header);
  const { alg, kid } = header;
  if (typeof alg !== 'string') throw unauthenticated('malformed');
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > maxKidLength)) throw unauthenticated('malformed');
  const issuer = payload['iss'];
  if (typeof issuer !== 'string') throw unauthenticated('unknown_issuer');
  return { issuer, algorithm: alg, kid };
}

function checkHeader(header: Record<string, unknown>): void {
  // RFC 7515 section 4.1.11: an extension that is not understood MUST be refused; we understand none, RFC 7797's b64 included.
  if (header['crit'] !== undefined || header['b64'] !== undefined) throw unauthenticated('unknown_extension');
  // RFC 8725 section 3.11: a token of another kind (logout+jwt, dpop+jwt, secevent+jwt) is no access token, whoever signed it.
  const { typ } = header;
  if (typ !== undefined && !isAccessTokenType(typ)) throw unauthenticated('wrong_type');
  // RFC 7519 section 5.2: cty says that the payload is a token again, which no access token's is.
  if (header['cty'] !== undefined) throw unauthenticated('wrong_type');
}

/** RFC 7515 section 4.1.9: compared without case, and `application/` may be left out. */
function isAccessTokenType(typ: unknown): boolean {
  if (typeof typ !== 'string') return false;
  const name = typ.toLowerCase();
  return name === 'at+jwt' || name === 'jwt' || name === 'application/at+jwt' || name === 'application/jwt';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readPart(part: string): Record<string, unknown> {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw unauthenticated('malformed');
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw unauthenticated('malformed', cause);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw unauthenticated('malformed');
  return value as Record<string, unknown>;
}

function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}
