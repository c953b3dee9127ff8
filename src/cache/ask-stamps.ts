import type { Entry } from './entry.ts';

/** When a question that is under way was first asked, counted by invalidations. */
export interface AskStamp {
  /** `InvalidationLog.mark` then. */
  readonly mark: number;
  /** Redis's count of invalidations then; undefined when Redis could not be asked, and nothing may be shared. */
  readonly sequence: number | undefined;
  /** What the first answer became, for all who share it. */
  entry: Entry | undefined;
  askers: number;
}

/**
 * Callers with one question share one call (single flight, below the cache), so a reply is as old as the *first* of them asked, not as
 * the one who happens to store it. Without this, a reply from before an invalidation could be kept as if it came after.
 */
export class AskStamps {
  readonly #underWay = new Map<string, AskStamp>();

  begin(key: string, mark: number, sequence: number | undefined): AskStamp {
    let stamp = this.#underWay.get(key);
    if (!stamp) {
      stamp = { mark, sequence, entry: undefined, askers: 0 };
      this.#underWay.set(key, stamp);
    }
    stamp.askers++;
    return stamp;
  }

  /** `answered`: the call is over. A caller may also leave early, at its own deadline, while the call goes on for the others. */
  end(key: string, stamp: AskStamp, answered: boolean): void {
    stamp.askers--;
    if ((answered || stamp.askers === 0) && this.#underWay.get(key) === stamp) this.#underWay.delete(key);
  }
}
