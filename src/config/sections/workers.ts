import { z } from 'zod';

export const workers = z
  .union([z.int().min(1).max(256), z.literal('auto')])
  .default(1)
  .describe(
    'Processes that share the listener of one client; auto: one for each core. Above 1 a primary process owns the admin port, speaks there for all workers, and starts anew what ended.',
  );
