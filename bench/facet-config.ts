import { audience, issuer } from './tokens.ts';

export interface FacetConfigParts {
  readonly client: 'web' | 'mobile';
  readonly port: number;
  readonly adminPort: number;
  readonly servicesUrl: string;
  readonly redisUrl: string | undefined;
  readonly cached: boolean;
}

const unlimited = { requestsPerMinute: 1_000_000_000, costPerMinute: 1_000_000_000 };

/** Everything on, as a deployment runs it; only the ceilings are out of reach. */
export function facetConfig({ client, port, adminPort, servicesUrl, redisUrl, cached }: FacetConfigParts): object {
  const service = {
    instances: [{ url: servicesUrl }],
    credential: 'bench-credential',
    ...(cached && { cache: { freshSeconds: 60 } }),
  };
  return {
    version: 1,
    mode: 'production',
    listeners: { [client]: { port, adminPort } },
    auth: { issuers: [{ issuer, jwks: { uri: `${servicesUrl}/jwks` }, audiences: { [client]: [audience] } }] },
    ...(redisUrl !== undefined && { redis: { url: redisUrl, commandTimeoutMs: 1_000 } }),
    rateLimit: { burst: { requests: 1_000_000_000 }, tiers: { free: unlimited, anonymous: unlimited } },
    overload: { maxEventLoopDelayMs: 5_000 },
    upstreams: { users: service, orders: service, payments: service },
  };
}
