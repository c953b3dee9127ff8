/**
 * What was declared old in this process, and when, counted by invalidations. A reply is good if it was asked for after the last
 * invalidation of each of its tags; so an entry stored earlier and a fill that was already under way are refused by the same rule,
 * and nothing needs to be searched for and deleted.
 */
export class InvalidationLog {
  readonly #maxTags: number;
  /** Oldest first: a tag that is noted again moves to the end. */
  readonly #marks = new Map<string, number>();
  #count = 0;
  /** Everything asked for before this invalidation is old, whatever its tags. */
  #floor = 0;

  constructor(maxTags = 50_000) {
    this.#maxTags = maxTags;
  }

  /** To be taken before a question is asked; the reply carries it. */
  get mark(): number {
    return this.#count;
  }

  note(tags: readonly string[]): void {
    this.#count++;
    for (const tag of tags) {
      this.#marks.delete(tag);
      this.#marks.set(tag, this.#count);
    }
    for (const [tag, mark] of this.#marks) {
      if (this.#marks.size <= this.#maxTags) break;
      // A forgotten tag must not come back to life: all that is as old as it goes with it.
      this.#marks.delete(tag);
      this.#floor = mark;
    }
  }

  noteAll(): void {
    this.#floor = ++this.#count;
    this.#marks.clear();
  }

  isOld(mark: number, tags: readonly string[]): boolean {
    if (mark < this.#floor) return true;
    for (const tag of tags) if ((this.#marks.get(tag) ?? 0) > mark) return true;
    return false;
  }
}
