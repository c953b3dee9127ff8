import type { Entry } from './entry.ts';

/** What all instances keep together. A tier that may vanish at any time: nothing here rejects or waits long. */
export interface SharedStore {
  /** Entries that no invalidation has made old, and the count of invalidations at that moment, to be handed to `set`. */
  getMany(keys: readonly string[]): Promise<SharedLook>;
  /** `sequence`: the count when the question was asked, so that a reply from before an invalidation is never taken for one after it. */
  set(key: string, entry: Entry, sequence: number): void;
  delete(key: string): void;
}

export interface SharedLook {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Undefined when the store cannot be reached. */
  readonly sequence: number | undefined;
}
