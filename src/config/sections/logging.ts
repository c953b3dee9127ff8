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
    maxBufferBytes: z
      .int()
      .min(16_384)
      .max(1_073_741_824)
      .default(8_388_608)
      .describe(
        'Bytes of lines that wait for a reader which stopped reading or a disk that is full; beyond that, lines are dropped and counted.',
      ),
  })
  .prefault({})
  .describe('The JSON log on standard output.');

export type LoggingConfig = z.infer<typeof logging>;
