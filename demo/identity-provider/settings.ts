import { allScopes } from './claims.ts';

export interface ProviderSettings {
  /** Absolute URL, the `iss` of every token. */
  readonly issuer: string;
  /** The `aud` each BFF insists on. */
  readonly webAudience: string;
  readonly mobileAudience: string;
  readonly accessTokenTtlSeconds: number;
  /** Where the browser may be sent back to after signing in, and after signing out. */
  readonly webRedirectUris: readonly string[];
  readonly webSignedOutUris: readonly string[];
  readonly webClientSecret: string;
}

/** A resource server as RFC 8707 and RFC 9068 mean it: one BFF, reached with signed `at+jwt` access tokens. */
export function resourceServerOf(audience: string, settings: ProviderSettings) {
  return {
    audience,
    scope: allScopes.join(' '),
    accessTokenTTL: settings.accessTokenTtlSeconds,
    accessTokenFormat: 'jwt' as const,
    jwt: { sign: { alg: 'RS256' as const } },
  };
}
