import { jwtVerify, SignJWT } from 'jose';

/** What a token for the admin listener says. */
export interface AdminToken {
  /** Who asks: named in the audit trail. */
  readonly actor: string;
  /** `read` looks; `write` also decides. */
  readonly scope: 'read' | 'write';
}

const issuer = 'facet';
const audience = 'facet-admin';
const algorithm = 'HS256';
/** RFC 7518 §3.2: a key of at least the hash's size. */
const leastSecretLength = 32;

/** A JWT for the admin listener of every process that has this secret. It can't be revoked, so it is short-lived. */
export async function signAdminToken(secret: string, { actor, scope }: AdminToken, lifeSeconds: number, nowMs: number) {
  const now = Math.floor(nowMs / 1_000);
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(actor)
    .setIssuedAt(now)
    .setExpirationTime(now + lifeSeconds)
    .sign(keyOf(secret));
}

/** Who holds this token; undefined when it isn't good. `maxLifeSeconds`: one made to live longer is refused whoever signed it. */
export async function verifyAdminToken(
  secret: string,
  token: string,
  maxLifeSeconds: number,
  nowMs: number,
): Promise<AdminToken | undefined> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      issuer,
      audience,
      algorithms: [algorithm],
      currentDate: new Date(nowMs),
      maxTokenAge: maxLifeSeconds,
      requiredClaims: ['sub', 'iat', 'exp', 'scope'],
    });
    const { sub: actor, scope } = payload;
    if (!actor || (scope !== 'read' && scope !== 'write')) return undefined;
    return { actor, scope };
  } catch {
    return undefined;
  }
}

function keyOf(secret: string): Uint8Array {
  if (secret.length < leastSecretLength) throw new TypeError('the secret is too short');
  return new TextEncoder().encode(secret);
}
