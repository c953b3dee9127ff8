import { Writable } from 'node:stream';

/** POSIX `PIPE_BUF` on Linux: a write to a pipe of at most so many bytes is never mixed with another process's. */
const wholeBytes = 4_096;
const newline = 10;

/**
 * Writes lines to a pipe that other processes write to as well: some whole lines at a time, one write after the other. Larger writes
 * are taken in parts by a pipe that is nearly full, and others' lines would end up within ours.
 */
export class WholeLineWrites extends Writable {
  readonly #pipe: Writable;

  constructor(pipe: Writable) {
    super();
    this.#pipe = pipe;
    pipe.on('error', (error) => this.destroy(error));
  }

  override _write(lines: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const pieces = wholeLines(lines);
    const next = (error?: Error | null): void => {
      if (error) return done(error);
      const { value } = pieces.next();
      if (value) this.#pipe.write(value, next);
      else done();
    };
    next();
  }
}

/** In pieces of whole lines that one write takes; a line that is longer goes alone. */
export function* wholeLines(lines: Buffer): Generator<Buffer, undefined> {
  for (let from = 0; from < lines.length;) {
    const end = endOfPiece(lines, from);
    yield lines.subarray(from, end);
    from = end;
  }
  return undefined;
}

function endOfPiece(lines: Buffer, from: number): number {
  if (lines.length - from <= wholeBytes) return lines.length;
  const last = lines.lastIndexOf(newline, from + wholeBytes - 1);
  return (last >= from ? last : lines.indexOf(newline, from)) + 1 || lines.length;
}
