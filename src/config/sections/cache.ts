import { z } from 'zod';

const seconds = (most: number) => z.number().min(0).max(most);

/** What may be kept of one upstream route's replies. A service or a route that has no such block keeps nothing. */
export const routeCache = z.strictObject({
  freshSeconds: seconds(86_400)
    .default(5)
    .describe('Seconds a reply is answered without asking; the Cache-Control of the service can only shorten it.'),
  staleWhileRevalidateSeconds: seconds(60)
    .default(0)
    .describe('Seconds after that during which it is answered at once, marked stale, while one call fetches the next.'),
  staleIfErrorSeconds: seconds(86_400)
    .default(0)
    .describe('Seconds after freshness during which it stands in for a failing service, marked stale.'),
  missingSeconds: seconds(60).default(2).describe('Seconds that a record is remembered not to exist; 0: not at all.'),
});

export type RouteCacheConfig = z.infer<typeof routeCache>;

export const cache = z
  .strictObject({
    maxMemoryBytes: z
      .int()
      .min(1_048_576)
      .default(67_108_864)
      .describe('Bytes of records that one process keeps, by estimate; the least recently used go first.'),
    maxAnswerBytes: z
      .int()
      .min(1_048_576)
      .default(33_554_432)
      .describe('Bytes of whole answers that one process keeps.'),
    maxAnswerSeconds: seconds(3_600)
      .default(60)
      .describe(
        'Longest time a whole answer is kept, whatever its parts allow; 0: equal requests only share what is in flight.',
      ),
    shared: z
      .boolean()
      .default(true)
      .describe('Keeps records in Redis too, where all processes find them. Without Redis each process keeps its own.'),
  })
  .prefault({})
  .describe('Records and answers that are kept. What is kept of each upstream route stands with the route.');

export type CacheConfig = z.infer<typeof cache>;
