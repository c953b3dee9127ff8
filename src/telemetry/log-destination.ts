import { createWriteStream, fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { DestinationStream } from 'pino';
import { LineBuffer } from './line-buffer.ts';
import { WholeLineWrites, wholeLines } from './whole-line-writes.ts';

/** How long a sink that failed is left alone: a full disk is not freed by asking it again at once. */
const retryMs = 1_000;
/**
 * Lines are handed over together, so many bytes or so many milliseconds of them: each hand-over costs a system call, and for a file two
 * changes of threads (a tenth of the smallest request, when it was done in every turn of the event loop).
 */
const handOverBytes = 65_536;
const handOverMs = 10;

export interface LogDestinationOptions {
  /** File descriptor that lines go to; 1, standard output, when absent. */
  readonly fd?: number;
  /** Bytes that wait for a sink which does not take them; beyond that, lines are dropped. */
  readonly maxBufferBytes: number;
  /** Other processes write to the same pipe. Default false. */
  readonly isShared?: boolean;
}

/**
 * Where log lines go: written in the background, so that no request waits for the log, and bounded, so that a reader which stopped
 * reading or a disk that is full costs lines and not the process. Lines are dropped whole, the newest first, and counted.
 *
 * A pipe or socket is written as a stream of its own, since a thread of Node's pool that blocks in `write` would be gone for files and
 * DNS too; files have nothing else.
 */
export class LogDestination implements DestinationStream {
  /** Lines that were not written. */
  dropped = 0;
  maxBufferBytes: number;
  readonly #fd: number;
  readonly #isShared: boolean;
  #sink: Writable | undefined;
  /** Twice what is handed over at once: the last line rarely fits exactly. */
  readonly #pending = new LineBuffer(2 * handOverBytes);
  /** Lines that the sink has and has not written yet. */
  #handedOver = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ fd = 1, maxBufferBytes, isShared = false }: LogDestinationOptions) {
    this.#fd = fd;
    this.maxBufferBytes = maxBufferBytes;
    this.#isShared = isShared;
    this.#open();
  }

  write(line: string): void {
    const pending = this.#pending;
    // A character is taken for a byte: a bound needs no exact count.
    if (pending.bytes + (this.#sink?.writableLength ?? 0) + line.length > this.maxBufferBytes) {
      this.dropped++;
      return;
    }
    pending.add(line);
    if (pending.bytes >= handOverBytes) this.#handOver();
    else this.#timer ??= setTimeout(() => this.#handOver(), handOverMs);
  }

  /** Waits until all lines are written, at most so long. */
  async drain(timeoutMs: number): Promise<void> {
    this.#handOver();
    const sink = this.#sink;
    if (!sink || sink.writableLength === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      sink.write('', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** The last words of a process that ends at once: what was not handed over, without waiting. */
  flushSync(): void {
    const { lines } = this.#pending;
    try {
      for (const piece of wholeLines(this.#pending.take())) writeSync(this.#fd, piece);
    } catch {
      this.dropped += lines;
    }
  }

  #handOver(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // A sink that has not taken the last lines yet gets the next ones with its next turn: they stay countable until then.
    if (!this.#sink || this.#sink.writableNeedDrain || this.#pending.lines === 0) return;
    const { lines } = this.#pending;
    this.#handedOver += lines;
    this.#sink.write(this.#pending.take(), (error) => {
      if (!error) this.#handedOver -= lines;
    });
  }

  #open(): void {
    const sink = isStream(this.#fd) ? this.#openStream() : createWriteStream('', { fd: this.#fd, autoClose: false });
    sink.on('drain', () => this.#handOver());
    sink.on('error', () => this.#failed(sink));
    this.#sink = sink;
  }

  #openStream(): Writable {
    const stream = new Socket({ fd: this.#fd, readable: false, writable: true });
    // The log must not keep a process alive that has nothing else to do.
    stream.unref();
    return this.#isShared ? new WholeLineWrites(stream) : stream;
  }

  /** What the sink held is lost; the next lines wait for a new one. */
  #failed(sink: Writable): void {
    if (sink !== this.#sink) return;
    this.#sink = undefined;
    this.dropped += this.#handedOver;
    this.#handedOver = 0;
    setTimeout(() => {
      this.#open();
      this.#handOver();
    }, retryMs).unref();
  }
}

function isStream(fd: number): boolean {
  const stat = fstatSync(fd);
  return stat.isFIFO() || stat.isSocket();
}
