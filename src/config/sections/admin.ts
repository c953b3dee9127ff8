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
  })
  .prefault({})
  .describe('Who may ask the listener for operators.');

export type AdminConfig = z.infer<typeof admin>;
