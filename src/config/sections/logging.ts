import { z } from 'zod';

export const logging = z
  .strictObject({
    level: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'])
      .default('info')
      .describe('Least level that is written.'),
    anonymiseAddress: z
      .boolean()
      .default(false)
      .describe('Writes source addresses with the last octet (IPv4) or the last 80 bits (IPv6) as zero.'),
  })
  .prefault({})
  .describe('The JSON log on standard output.');

export type LoggingConfig = z.infer<typeof logging>;
