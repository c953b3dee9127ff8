import { z } from 'zod';

const secret = z.string().min(32, 'must have at least 32 characters').max(1_024);

export const admin = z
  .strictObject({
    secret: secret
      .nullish()
      .describe(
        'Signs the tokens that `facet admin token` makes. Absent or empty: no token is good, so that only health, metrics and webhooks answer (and, in demo mode, this machine). Secret.',
      ),
    tokenSeconds: z
      .int()
      .min(10)
      .max(3_600)
      .default(900)
      .describe('Seconds that a token lives unless `--for` says less.'),
    webhooks: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]*$/),
        z.strictObject({
          secrets: z
            .array(z.string().min(16).max(1_024))
            .min(1)
            .max(4)
            .describe(
              'Keys of its signatures, `whsec_<base64>` or plain text; two while one replaces the other. Secret.',
            ),
        }),
      )
      .default({})
      .describe('Services that tell of changes by `POST /webhooks/<service>` (Standard Webhooks).'),
  })
  .prefault({})
  .describe('The listener for operators: who may ask it, and which services may tell it of changes.');

export type AdminConfig = z.infer<typeof admin>;
