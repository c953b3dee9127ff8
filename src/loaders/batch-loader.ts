import DataLoader from 'dataloader';
import type { Journey } from '../telemetry/journey.ts';

export interface BatchLoaderOptions<Key> {
  /** Names the batches in the request's journey. */
  readonly name: string;
  readonly journey: Journey;
  /** Most keys in one call; what is over goes in a further one. */
  readonly maxBatchSize: number;
  /** Keys with equal text are one key. */
  readonly keyText?: (key: Key) => string;
}

export type BatchLoader<Key, Value> = DataLoader<Key, Value, string>;

/**
 * Collects the keys that resolvers ask for in one tick and loads each once, for one request: what a second resolver asks for is
 * already on its way. Values come back in the order of the keys, an `Error` in place of what failed.
 */
export function createBatchLoader<Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
  { name, journey, maxBatchSize, keyText = String }: BatchLoaderOptions<Key>,
): BatchLoader<Key, Value> {
  return new DataLoader<Key, Value, string>((keys) => journey.measure('loader', name, () => load(keys)), {
    maxBatchSize,
    cacheKeyFn: keyText,
  });
}
