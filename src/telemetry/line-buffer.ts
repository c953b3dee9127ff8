/**
 * Lines that wait to be written, as bytes from the beginning. Kept as text, a line would be a tree of some forty pieces until somebody
 * flattens it, and garbage collection would copy them one by one: under load that took more time than writing does.
 */
export class LineBuffer {
  lines = 0;
  #bytes = 0;
  readonly #chunk: Buffer;
  #used = 0;
  #full: Buffer[] = [];

  /** `chunkBytes`: so much is held without asking for memory; lines may be longer, and more may wait. */
  constructor(chunkBytes: number) {
    this.#chunk = Buffer.allocUnsafeSlow(chunkBytes);
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(line: string): void {
    this.lines++;
    // UTF-8 takes at most three bytes for a unit of UTF-16.
    const mostBytes = 3 * line.length;
    if (mostBytes > this.#chunk.length - this.#used) this.#cut();
    if (mostBytes > this.#chunk.length) {
      const long = Buffer.from(line);
      this.#full.push(long);
      this.#bytes += long.length;
      return;
    }
    const written = this.#chunk.write(line, this.#used);
    this.#used += written;
    this.#bytes += written;
  }

  /** All lines, in their order. Nothing waits any more. */
  take(): Buffer {
    const all = Buffer.concat([...this.#full, this.#chunk.subarray(0, this.#used)], this.#bytes);
    this.lines = this.#bytes = this.#used = 0;
    this.#full = [];
    return all;
  }

  #cut(): void {
    if (this.#used === 0) return;
    this.#full.push(Buffer.from(this.#chunk.subarray(0, this.#used)));
    this.#used = 0;
  }
}
