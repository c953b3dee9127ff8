import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const longestStepMs = 1_000;

/** Files that were named and cannot be used. The message is for people, and whole. */
export class UnusableFiles extends Error {
  override readonly name = 'UnusableFiles';
}

/**
 * A few small files that may change while the process runs. They are looked at from time to time rather than watched through the
 * kernel: mounted secrets change by swapping links, and some file systems tell nobody.
 */
export class WatchedFiles {
  readonly #paths: readonly string[];
  readonly #intervalMs: () => number;
  readonly #changed: () => void;
  #contents: readonly Buffer[];
  /** What was seen last, which need not be all of it yet. */
  #seen: readonly Buffer[];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** Throws `UnusableFiles` when one cannot be read now. `intervalMs`: time from one look to the next. `changed` is told after `contents` has what is new. */
  constructor(paths: readonly string[], intervalMs: () => number, changed: () => void) {
    this.#paths = paths;
    this.#intervalMs = intervalMs;
    this.#changed = changed;
    this.#contents = paths.map(contentOf);
    this.#seen = this.#contents;
    if (paths.length > 0) this.#schedule();
  }

  /** In the order of the paths, as they were when last looked at. */
  get contents(): readonly Buffer[] {
    return this.#contents;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** In steps, so that another interval counts at once. */
  #schedule(waitedMs = 0): void {
    const stepMs = Math.min(this.#intervalMs() - waitedMs, longestStepMs);
    if (stepMs <= 0) return void this.#look();
    this.#timer = setTimeout(() => this.#schedule(waitedMs + stepMs), stepMs).unref();
  }

  /** A file that is missing, or another one at each look, is being written: what was read before stays until it rests. */
  async #look(): Promise<void> {
    const found = await Promise.all(this.#paths.map((path) => readFile(path))).catch(() => undefined);
    if (this.#closed) return;
    if (found) {
      const rests = areEqual(found, this.#seen);
      this.#seen = found;
      if (rests && !areEqual(found, this.#contents)) {
        this.#contents = found;
        this.#changed();
      }
    }
    this.#schedule();
  }
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new UnusableFiles(`${path} cannot be read (${code}).`, { cause });
  }
}

function areEqual(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  return some.every((content, index) => content.equals(others[index] as Buffer));
}
