import { z } from 'zod';

export const journeys = z
  .strictObject({
    maxMemoryBytes: z
      .int()
      .min(65_536)
      .max(1_073_741_824)
      .default(8_388_608)
      .describe(
        'Bytes of journeys that one process keeps; a quarter of them for the sampled ones. The oldest go first.',
      ),
    slowMs: z.int().min(1).max(600_000).default(1_000).describe('A request that took at least so long is kept.'),
    sampleRatio: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe('Part of the other requests that is kept, for comparison.'),
    maxPerSecond: z
      .int()
      .min(1)
      .max(10_000)
      .default(50)
      .describe('Most journeys kept in a second, so that a bad minute costs no more than a good one.'),
    sharedSeconds: z
      .int()
      .min(0)
      .max(86_400)
      .default(600)
      .describe(
        'How long Redis keeps a journey, so that every instance can show it. 0: only the process that made it can.',
      ),
  })
  .prefault({})
  .describe('What is remembered of single requests: slow, failed and partial ones, and a sample of the rest.');

export type JourneysConfig = z.infer<typeof journeys>;
