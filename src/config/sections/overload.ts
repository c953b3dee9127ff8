import { z } from 'zod';

export const overload = z
  .strictObject({
    maxEventLoopDelayMs: z
      .int()
      .min(1)
      .max(5_000)
      .default(2)
      .describe(
        'Mean length of a turn of the busy event loop, in milliseconds, that the process keeps to: above it fewer requests may be in flight, and the others get OVERLOADED.',
      ),
    retryAfterSeconds: z.int().min(1).max(300).default(1).describe('What a shed request is told to wait, in seconds.'),
  })
  .prefault({})
  .describe('When the process sheds load.');

export type OverloadConfig = z.output<typeof overload>;
