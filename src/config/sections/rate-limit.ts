import { z } from 'zod';
import { cidr } from './cidr.ts';

const perMinute = z.int().min(0).max(1_000_000_000);
const operationName = z.string().regex(/^[_A-Za-z][_0-9A-Za-z]{0,99}$/, 'write the name of a GraphQL operation');

const tier = z.strictObject({
  requestsPerMinute: perMinute.describe('Requests of one consumer in any 60 seconds.'),
  costPerMinute: perMinute.describe('Cost units (@cost, @listSize) of one consumer in any 60 seconds.'),
});

const requestsByTier = z
  .record(z.string(), perMinute)
  .default({})
  .describe('Another number for some tiers: tier → requests per minute.');

export const rateLimit = z
  .strictObject({
    instances: z
      .int()
      .min(1)
      .max(10_000)
      .default(1)
      .describe(
        'Processes that share the limits, as long as Redis has not said how many there are. Without Redis each takes limit / instances.',
      ),
    tiers: z
      .record(z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/), tier)
      .refine((tiers) => 'free' in tiers && 'anonymous' in tiers, 'the tiers free and anonymous are needed')
      .default({
        free: { requestsPerMinute: 60, costPerMinute: 10_000 },
        pro: { requestsPerMinute: 1_000, costPerMinute: 200_000 },
        enterprise: { requestsPerMinute: 10_000, costPerMinute: 2_000_000 },
        anonymous: { requestsPerMinute: 30, costPerMinute: 5_000 },
      })
      .describe('What each tier may use. A principal with a tier that is not listed counts as free.'),
    operations: z
      .record(
        operationName,
        z.strictObject({
          requestsPerMinute: perMinute.describe('Requests of one consumer for this operation in any 60 seconds.'),
          tiers: requestsByTier,
        }),
      )
      .default({})
      .describe('Limits by operation name, counted on top of the limits of the tier.'),
    profiles: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]*$/),
        z.strictObject({
          tiers: z.record(z.string(), perMinute).describe('tier → requests per minute through this process.'),
        }),
      )
      .default({})
      .describe('Limits by client process (a key of `listeners`), counted on top of the limits of the tier.'),
    burst: z
      .strictObject({
        requests: z.int().min(1).default(500).describe('Requests of one address in the window, whatever its tier.'),
        windowSeconds: z.int().min(1).max(60).default(10).describe('Seconds of the window.'),
        exempt: z
          .array(cidr)
          .default([])
          .describe('Ranges of trusted server-side callers that the guard does not count.'),
      })
      .prefault({})
      .describe('The guard ahead of everything: by address, IPv6 by /64.'),
    addresses: z
      .strictObject({
        allow: z.array(cidr).default([]).describe('When not empty, only these ranges may call.'),
        deny: z.array(cidr).default([]).describe('Ranges that may never call; wins over allow.'),
      })
      .prefault({})
      .describe('Lists of addresses. A refusal is FORBIDDEN.'),
  })
  .prefault({})
  .describe('Limits of consumers and addresses.');

export type RateLimitConfig = z.infer<typeof rateLimit>;
