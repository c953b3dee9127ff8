import { z } from 'zod';

const mode = z.enum(['any', 'trusted']);

export const operations = z
  .strictObject({
    mode: mode
      .default('any')
      .describe(
        'any: a client may send any document within the limits. trusted: only operations registered in schema/operations run, and clients must name themselves.',
      ),
    profiles: z
      .record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.strictObject({ mode: mode.describe('As operations.mode.') }))
      .default({})
      .describe('Another mode for some client processes, by their key in `listeners`.'),
    idParameters: z
      .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'write the name of a request parameter'))
      .max(8)
      .default([])
      .describe(
        'Names of request parameters of older clients that hold a document id, beside documentId and extensions.persistedQuery.',
      ),
    maxPreparedDocuments: z
      .int()
      .min(10)
      .max(100_000)
      .default(2_000)
      .describe(
        'Unregistered documents kept ready to run, least recently used first out. Registered ones are all kept.',
      ),
  })
  .prefault({})
  .describe('Which documents may run.');

export type OperationsConfig = z.output<typeof operations>;
