import { z } from 'zod';

export const playground = z
  .strictObject({
    tokenUrl: z
      .url({ protocol: /^https?$/ })
      .nullish()
      .describe('Where a token for the demo’s customer is asked for, to be filled in. Absent: none is filled in.'),
  })
  .prefault({})
  .describe('The page for trying operations, at `/playground`; served in the modes demo and development only.');

export type PlaygroundConfig = z.infer<typeof playground>;
