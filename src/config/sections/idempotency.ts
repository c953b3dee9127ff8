import { z } from 'zod';

/**
 * Known to everyone, so good for the demo and for tests only: whoever knows the secret can tell which upstream key belongs to which
 * caller and client key.
 */
export const publicIdempotencySecret = 'facet-demo-secret-that-everyone-knows';

export const idempotency = z
  .strictObject({
    secret: z
      .string()
      .min(32)
      .default(publicIdempotencySecret)
      .describe(
        'Keys the HMAC that makes upstream idempotency keys. The same on every instance and after every restart: with another one a retry is a new payment. At least 32 characters. The default is public: in production it is refused where others than this machine reach a listener, and warned of elsewhere.',
      ),
    ttlHours: z
      .int()
      .min(24)
      .max(720)
      .default(24)
      .describe('Hours that an answer and the fingerprint of its input are remembered.'),
    leaseMs: z
      .int()
      .min(200)
      .max(30_000)
      .default(2_000)
      .describe(
        'Milliseconds after which an instance that died in the middle of a mutation is given up by the others; a living one renews its lease.',
      ),
    maxMemoryEntries: z
      .int()
      .min(100)
      .default(50_000)
      .describe('Answers that one process remembers while there is no Redis.'),
  })
  .prefault({})
  .describe('Mutations that happen once: how equal ones share an execution and its answer.');

export type IdempotencyConfig = z.infer<typeof idempotency>;
