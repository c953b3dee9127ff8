import { z } from 'zod';

export const reload = z
  .strictObject({
    watchSeconds: z
      .number()
      .min(0.05)
      .max(3_600)
      .default(5)
      .describe('Seconds between looks at this file, certificates and keys; what changed is used without a restart.'),
  })
  .prefault({})
  .describe('What is read again while the process runs.');

export type ReloadConfig = z.infer<typeof reload>;
