import { LRUCache } from 'lru-cache';
import type { Entry } from './entry.ts';

/** Rough cost of a slot of the map itself, beside key and value. */
const slotBytes = 128;

/** One entry may take this share of the whole, so that a single large list cannot push everything else out. */
const largestShare = 1 / 8;

/** Kept replies of this process, least recently used out first, bounded by bytes and not by count. */
export class MemoryStore {
  readonly #entries: LRUCache<string, Entry>;

  constructor(maxBytes: number) {
    this.#entries = new LRUCache({ maxSize: maxBytes, maxEntrySize: Math.max(1, Math.floor(maxBytes * largestShare)) });
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  set(key: string, entry: Entry): void {
    this.#entries.set(key, entry, { size: slotBytes + key.length * 2 + entry.bytes });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  get size(): number {
    return this.#entries.size;
  }
}
