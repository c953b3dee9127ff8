import type { Clock } from '../lib/clock.ts';
import type { Entry } from './entry.ts';
import { seal } from './seal.ts';

/** Instances' clocks may be apart by this much; a record from further in the future is not believed. */
const maxSkewMs = 5_000;

/** An entry as it lies in Redis: wall time in place of this process's monotonic time, and the count of invalidations it is newer than. */
export interface SharedRecord {
  readonly sequence: number;
  readonly tags: readonly string[];
  /** The entry in this process's time; undefined when its own stamp says that it cannot be. */
  toEntry(clock: Clock, mark: number): Entry | undefined;
}

type Fields = [
  sequence: number,
  arrivedAtEpochMs: number,
  lifetime: [freshMs: number, revalidateMs: number, errorMs: number, keepMs: number, ageMs: number],
  status: number,
  etag: string | null,
  tags: string[],
  value: unknown,
];

export function encodeRecord(entry: Entry, sequence: number, clock: Clock): string {
  const { freshMs, revalidateMs, errorMs, keepMs, ageMs } = entry.lifetime;
  const arrivedAt = clock.now() - (clock.monotonic() - entry.arrivedAt);
  const lifetime: Fields[2] = [freshMs, revalidateMs, errorMs, keepMs, ageMs];
  const { status, etag = null, tags, value } = entry;
  return JSON.stringify([sequence, arrivedAt, lifetime, status, etag, [...tags], value] satisfies Fields);
}

/** Undefined for anything that `encodeRecord` did not write. */
export function decodeRecord(text: string): SharedRecord | undefined {
  const fields = parse(text);
  if (!fields) return undefined;
  const [sequence, arrivedAtEpochMs, [freshMs, revalidateMs, errorMs, keepMs, ageMs], status, etag, tags, value] =
    fields;
  return {
    sequence,
    tags,
    toEntry(clock, mark) {
      const elapsedMs = clock.now() - arrivedAtEpochMs;
      if (elapsedMs < -maxSkewMs) return undefined;
      return {
        value,
        status,
        etag: etag ?? undefined,
        tags,
        bytes: seal(value).bytes,
        mark,
        arrivedAt: clock.monotonic() - Math.max(0, elapsedMs),
        lifetime: { freshMs, revalidateMs, errorMs, keepMs, ageMs },
      };
    },
  };
}

function parse(text: string): Fields | undefined {
  try {
    const fields = JSON.parse(text) as Fields;
    const numbers = [fields[0], fields[1], fields[3], ...fields[2]];
    const sound =
      numbers.length === 8 &&
      numbers.every(Number.isFinite) &&
      fields.length === 7 &&
      Array.isArray(fields[5]) &&
      fields[5].every((tag) => typeof tag === 'string') &&
      (fields[4] === null || typeof fields[4] === 'string');
    return sound ? fields : undefined;
  } catch {
    return undefined;
  }
}
