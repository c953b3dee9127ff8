import { z } from 'zod';
import { routes as contracts } from '../../generated/index.ts';
import { routeCache } from './cache.ts';

const milliseconds = z.int().min(1).max(600_000);

const secret = z
  .string()
  .regex(/^(?:whsec_[A-Za-z0-9+/]{16,}={0,2}|(?!whsec_).{16,})$/, 'write whsec_<base64>, or at least 16 characters');

const retry = z.strictObject({
  maxRetries: z.int().min(0).max(5).default(2).describe('Attempts after the first, for calls that may be repeated.'),
  baseDelayMs: milliseconds
    .default(50)
    .describe('Upper end of the random wait before the first retry; doubles with each.'),
  maxDelayMs: milliseconds.default(500).describe('Longest random wait before a retry.'),
  maxRetryAfterMs: milliseconds
    .default(1_000)
    .describe('Longest Retry-After that is waited for; a longer one is passed on to the client instead.'),
});

const hedge = z.strictObject({
  enabled: z.boolean().default(false).describe('Sends a second attempt of a slow read after its 95th percentile.'),
  minimumDelayMs: milliseconds.default(20).describe('The second attempt never starts earlier than this.'),
});

const breaker = z.strictObject({
  failureRatio: z
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe('Share of failed attempts in the window at which it opens.'),
  windowMs: milliseconds.min(100).default(10_000).describe('Length of the rolling window.'),
  minimumCalls: z.int().min(1).default(20).describe('Attempts in the window below which it never opens.'),
  openMs: milliseconds.default(30_000).describe('Time after opening until one probe is let through.'),
  probes: z.int().min(1).max(20).default(1).describe('Successful probes in a row, one at a time, that close it again.'),
});

const routeKeys = {
  maxBodyBytes: z
    .int()
    .min(1_024)
    .max(104_857_600)
    .default(5_242_880)
    .describe('Largest reply body; a larger one is cut and fails.'),
  maxJsonDepth: z.int().min(4).max(1_000).default(32).describe('Deepest nesting of objects and arrays in a reply.'),
  singleFlight: z
    .boolean()
    .default(true)
    .describe('Equal reads of one caller that are in flight at once share one call.'),
};

/** The same object with every key optional and no default: what a route says stands over what its service says. */
function overriding<Shape extends Record<string, z.ZodDefault<z.ZodType>>>(schema: z.ZodObject<Shape>) {
  const entries = Object.entries(schema.shape).map(([key, field]) => {
    const inner = field.unwrap() as z.ZodType;
    return [key, inner.optional().describe(`${field.description} Default: the service's.`)];
  });
  type Optional = { [Key in keyof Shape]: z.ZodOptional<ReturnType<Shape[Key]['unwrap']>> };
  return z.strictObject(Object.fromEntries(entries) as Optional);
}

const route = z.strictObject({
  timeoutMs: milliseconds.optional().describe("Longest time for one attempt. Default: the service's for its kind."),
  ...overriding(z.strictObject(routeKeys)).shape,
  retry: overriding(retry).optional().describe('Repeating failed attempts of this route.'),
  hedge: overriding(hedge).optional().describe('Hedging of this route.'),
  breaker: overriding(breaker).optional().describe('Circuit breaker of this route, one for each instance.'),
  cache: routeCache.optional().describe("What is kept of this route's replies. Default: the service's."),
});

const instance = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .describe('Origin of the instance. A host name stands for every address it resolves to.'),
  weight: z.int().min(1).max(1_000).default(100).describe('Share of the traffic, relative to the other instances.'),
});

const tls = z.strictObject({
  caFile: z.string().optional().describe("PEM file of the authorities that are trusted. Default: the system's."),
  certificateFile: z.string().optional().describe('PEM file of the certificate that the gateway shows (mTLS).'),
  keyFile: z.string().optional().describe("PEM file of that certificate's key."),
  serverName: z.string().optional().describe("Name that the service's certificate must have. Default: the URL's host."),
});

export const upstreamService = z.strictObject({
  instances: z.array(instance).min(1).describe('Where the service runs.'),
  credential: z.string().min(8).describe('Bearer token by which the service knows the gateway. A secret.'),
  webhookSecret: secret
    .nullish()
    .describe(
      'Secret that signs what the service sends to POST /webhooks/<name> on the admin port: whsec_<base64>, or at least 16 characters. Absent or empty: it sends nothing.',
    ),
  previousWebhookSecret: secret.nullish().describe('The one before, good beside it while it is being replaced.'),
  readTimeoutMs: milliseconds.default(1_500).describe('Longest time for one attempt of a read.'),
  writeTimeoutMs: milliseconds.default(5_000).describe('Longest time for one attempt of a write.'),
  ...routeKeys,
  retry: retry.prefault({}).describe('Repeating failed attempts.'),
  retryBudget: z
    .strictObject({
      ratio: z.number().min(0).max(1).default(0.2).describe('Retries allowed for each call, over ten seconds.'),
      perSecond: z.number().min(0).max(1_000).default(3).describe('Retries allowed in a second beside that share.'),
    })
    .prefault({})
    .describe('Bound on retries and hedges of all routes of the service together.'),
  hedge: hedge.prefault({}).describe('Hedging of slow reads.'),
  breaker: breaker.prefault({}).describe('Circuit breaker, one for each route and instance.'),
  cache: routeCache.optional().describe("What is kept of every read's replies. Default: nothing."),
  bulkhead: z
    .strictObject({
      maxInFlight: z.int().min(1).max(10_000).default(100).describe('Attempts at once for each instance.'),
      maxQueued: z.int().min(0).max(10_000).default(100).describe('Attempts that may wait for a place.'),
      queueTimeoutMs: milliseconds.default(100).describe('Longest wait for a place.'),
    })
    .prefault({})
    .describe('Bound on attempts in flight, for each instance.'),
  pool: z
    .strictObject({
      connectTimeoutMs: milliseconds.default(500).describe('Longest time to connect, TLS included.'),
      keepAliveMs: milliseconds
        .default(4_000)
        .describe('Time an idle connection is kept when the service says nothing.'),
      http2: z.boolean().default(false).describe('Offers HTTP/2 to services that use TLS.'),
    })
    .prefault({})
    .describe('Connections.'),
  dns: z
    .strictObject({
      refreshSeconds: z
        .int()
        .min(1)
        .max(3_600)
        .default(30)
        .describe('Time between look-ups of host names, with 20 % jitter; a failed or empty one changes nothing.'),
      timeoutMs: milliseconds.default(1_000).describe('Longest time for one look-up.'),
    })
    .prefault({})
    .describe('Resolving host names to instances.'),
  tls: tls.prefault({}).describe('TLS towards the service, for https URLs.'),
  routes: z.record(z.string(), route).default({}).describe("Per-route policy by the contract's operationId."),
});

/** A policy for a route that no contract has would never apply, and nobody would notice. */
function refuseUnknownRoutes(
  services: Readonly<Record<string, UpstreamServiceConfig>>,
  context: z.RefinementCtx,
): void {
  for (const [service, { routes }] of Object.entries(services)) {
    const operations = Object.entries(contracts).find(([name]) => name === service)?.[1];
    if (!operations) continue;
    for (const name of Object.keys(routes).filter((operation) => !Object.hasOwn(operations, operation)))
      context.addIssue({
        code: 'custom',
        path: [service, 'routes', name],
        message: 'the contract has no such operation',
      });
  }
}

export const upstreams = z
  .record(z.string().regex(/^[a-z][a-z0-9-]*$/), upstreamService)
  .superRefine(refuseUnknownRoutes)
  .describe('One entry for each service, by public name.');

export type UpstreamServiceConfig = z.infer<typeof upstreamService>;
export type UpstreamRouteConfig = z.infer<typeof route>;
export type UpstreamsConfig = z.infer<typeof upstreams>;
