import { z } from 'zod';

export const drain = z
  .strictObject({
    delayMs: z
      .int()
      .min(0)
      .max(60_000)
      .default(5_000)
      .describe(
        'Milliseconds of normal service after SIGTERM, until every load balancer has seen that it is not ready.',
      ),
    graceMs: z
      .int()
      .min(0)
      .max(120_000)
      .default(25_000)
      .describe('Milliseconds that requests in flight then have to finish before their connections are cut.'),
  })
  .prefault({})
  .describe('How a process leaves.');

export type DrainConfig = z.output<typeof drain>;
