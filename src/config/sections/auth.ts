import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower case, like a profile name');
/** As `rateLimit.tiers` names them. */
const tier = z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, 'must be a tier name');
const claimPath = z.union([
  z
    .string()
    .min(1)
    .transform((claim) => [claim]),
  z.array(z.string().min(1)).min(1),
]);
const role = z.enum(['customer', 'support', 'admin', 'service']);

/** Signature algorithms with public keys only: a shared secret or `none` cannot be configured. */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;
const algorithm = z.enum(signatureAlgorithms);

const claims = z
  .strictObject({
    role: claimPath.default(['role']).describe('Claim with the role or roles: a name, or a list of names as a path.'),
    tier: claimPath.default(['tier']).describe('Claim with the rate tier.'),
    scope: claimPath.default(['scope']).describe('Claim with the scopes: one string with spaces, or a list.'),
    accountStatus: claimPath.default(['account_status']).describe("Claim with the account's status."),
    roles: z
      .record(z.string(), role)
      .default({ customer: 'customer', support: 'support', admin: 'admin' })
      .describe(
        "The issuer's role names, each with ours. Of several the highest counts; an unknown name gives nothing.",
      ),
    tiers: z
      .record(z.string(), tier)
      .default({ free: 'free', pro: 'pro', enterprise: 'enterprise' })
      .describe("The issuer's tier names, each with ours."),
    defaultRole: role.default('customer').describe('Role of a token that names none we know.'),
    defaultTier: tier.default('free').describe('Tier of a token that names none we know.'),
  })
  .prefault({})
  .describe('How the issuer names role, tier, scope and account status.');

const jwks = z
  .strictObject({
    uri: z
      .url({ protocol: /^https?$/ })
      .describe('Address of the JWKS document. Fetched as it stands; redirects are refused.'),
    allowPlainHttp: z
      .boolean()
      .default(false)
      .describe('Takes an http address that is not loopback. Whoever is on that path can forge every identity.'),
    refreshSeconds: z
      .number()
      .min(0.05)
      .max(3600)
      .default(300)
      .describe('Seconds between refreshes in the background; a withdrawn key works no longer than this.'),
    keepSeconds: z
      .number()
      .positive()
      .max(604_800)
      .default(86_400)
      .describe('Seconds that the last good keys live while the provider cannot be reached.'),
    cooldownSeconds: z
      .number()
      .positive()
      .max(600)
      .default(10)
      .describe('Least seconds between fetches that failed or that unknown key ids asked for.'),
    timeoutMs: z.int().min(10).max(10_000).default(1500).describe('Milliseconds for one fetch.'),
    maxBytes: z
      .int()
      .min(1024)
      .max(4_194_304)
      .default(262_144)
      .describe('Bytes of the document; a larger one is refused.'),
  })
  .refine(({ uri, allowPlainHttp }) => allowPlainHttp || !isPlainRemote(uri), {
    path: ['uri'],
    message: 'must be https, or http on a loopback address',
  })
  .describe("Where the issuer's public keys are and how long they are believed.");

const issuer = z.strictObject({
  issuer: z.string().min(1).max(512).describe('The exact `iss` of its tokens.'),
  jwks,
  audiences: z
    .record(name, z.array(z.string().min(1)).min(1))
    .describe(
      'By client process: the `aud` values that mean it. A process that is missing takes no token of this issuer.',
    ),
  algorithms: z.array(algorithm).min(1).default(['RS256']).describe('Signature algorithms that are accepted.'),
  clockSkewSeconds: z.number().min(0).max(30).default(10).describe('Seconds by which clocks may differ.'),
  requiredClaims: z
    .array(z.string().min(1))
    .default([])
    .describe('Claims that a token must have besides iss, aud, exp and sub.'),
  claims,
});

const keyId = z.string().regex(/^[0-9A-Za-z]{12}$/, 'must be 12 letters and digits');

const staticKey = z.strictObject({
  id: keyId.describe('The id inside the key, `fct_<id>_...`.'),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')
    .describe('SHA-256 of the whole key, as `facet keys create --static` prints it. Never the key.'),
  consumer: z.string().min(1).max(64).describe('Who holds the key, for people.'),
  role: role
    .default('customer')
    .describe("Role of the caller. `customer` sees no one's records; service and above see all."),
  tier: tier.default('free').describe('Rate tier.'),
  scopes: z.array(z.string().min(1)).default([]).describe('Scopes of the caller.'),
  bffs: z.array(name).default([]).describe('Client processes where the key works; empty means all of them.'),
  expiresAt: z.iso.datetime({ offset: true }).optional().describe('When the key ends, RFC 3339. Default: never.'),
});

const apiKeys = z
  .strictObject({
    cacheSeconds: z
      .number()
      .min(0.05)
      .max(60)
      .default(10)
      .describe(
        'Seconds that a looked-up key is used before Redis is asked again: the net under lost revoke messages.',
      ),
    outageSeconds: z
      .number()
      .min(0)
      .max(600)
      .default(60)
      .describe('Seconds that a looked-up key goes on working while Redis is lost.'),
    maxCached: z.int().min(1).max(1_000_000).default(10_000).describe('Keys held in memory.'),
    static: z
      .array(staticKey)
      .default([])
      .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'two keys have the same id')
      .describe('Keys by hash, for installations without Redis. They win over keys in Redis with the same id.'),
  })
  .prefault({})
  .describe('API keys of machines; kept in Redis and managed with `facet keys`.');

const assertion = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Sends a signed assertion of the caller to the services.'),
    issuer: z.string().min(1).default('facet').describe('`iss` of the assertion.'),
    audience: z.string().min(1).default('facet-services').describe('`aud` of the assertion.'),
    ttlSeconds: z.int().min(10).max(3600).default(60).describe('Seconds that one assertion lives.'),
    privateKeys: z
      .array(z.string().includes('PRIVATE KEY', { message: 'must be a PKCS #8 private key in PEM' }))
      .default([])
      .describe(
        'Ed25519 keys in PEM (PKCS #8), best by ${ENV}. The first signs, the public halves of all are published. Empty: one made at start, different in every process.',
      ),
  })
  .prefault({})
  .describe('A short-lived JWT (EdDSA) that services can verify instead of trusting headers.');

/** Who may call, and how that is proved. */
export const auth = z
  .strictObject({
    issuers: z
      .array(issuer)
      .default([])
      .refine((list) => new Set(list.map((one) => one.issuer)).size === list.length, 'two issuers have the same name')
      .describe('Identity providers whose access tokens are taken.'),
    maxRememberedTokens: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(10_000)
      .describe('Verified tokens held in memory until they expire, about 1 kB each.'),
    blockedStatuses: z
      .array(z.string().toLowerCase())
      .default(['suspended', 'locked', 'deactivated'])
      .describe('Account statuses that are answered with ACCOUNT_SUSPENDED.'),
    barSeconds: z
      .number()
      .min(60)
      .max(2_592_000)
      .default(86_400)
      .describe(
        "Seconds that a subject stays barred after the user service said so. Longer than the longest token's life: a newer token says it itself.",
      ),
    apiKeys,
    assertion,
  })
  .prefault({})
  .describe('Who may call, and how that is proved.');

export type AuthConfig = z.output<typeof auth>;
export type IssuerConfig = z.output<typeof issuer>;
export type StaticKeyConfig = z.output<typeof staticKey>;

function isPlainRemote(uri: string): boolean {
  const url = URL.parse(uri);
  return url?.protocol === 'http:' && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}
