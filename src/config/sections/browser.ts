import { z } from 'zod';

/** An origin as browsers send it (RFC 6454 §6.2): scheme, host, port unless it is the scheme's own, and nothing else. */
const origin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.parse(text)?.origin === text, 'write an origin as browsers send it: https://app.example');

export const browser = z
  .strictObject({
    origins: z
      .array(origin)
      .default([])
      .describe(
        'Origins of pages that may call, with credentials, where the profile serves browsers. There is no wildcard.',
      ),
    preflightSeconds: z
      .int()
      .min(0)
      .max(86_400)
      .default(600)
      .describe('Seconds for which a browser may remember the answer to a preflight.'),
    hstsSeconds: z
      .int()
      .min(0)
      .max(63_072_000)
      .default(31_536_000)
      .describe('max-age of Strict-Transport-Security on answers over https; 0 sends none.'),
  })
  .prefault({})
  .describe('What browsers are told.');

export type BrowserConfig = z.output<typeof browser>;
