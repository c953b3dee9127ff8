import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

const maxBytes = 64 * 1024 * 1024;
const tailBytes = 16_384;
const maxWordsLength = 160;

/** One child's output of this run. The child writes to it by itself, so its lines survive whatever happens here. */
export class LogFile {
  readonly path: string;
  /** For `stdio`. Opened for appending, so that the file may be emptied under the writer. */
  readonly fd: number;

  constructor(path: string) {
    this.path = path;
    closeSync(openSync(path, 'w'));
    this.fd = openSync(path, 'a+');
  }

  get size(): number {
    return fstatSync(this.fd).size;
  }

  /** Starts over when the file is over 64 MB: a demo left running must not fill the disk. */
  keepBounded(): void {
    if (this.size > maxBytes) ftruncateSync(this.fd);
  }

  /** The line since `fromByte` that says best why the process ended: its first error, else its last line. */
  lastWords(fromByte: number): string {
    const start = Math.max(fromByte, this.size - tailBytes, 0);
    const bytes = Buffer.alloc(Math.max(this.size - start, 0));
    readSync(this.fd, bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8').split('\n').map(readable).filter(Boolean);
    const words = lines.find((line) => /^(?:Uncaught )?\w*Error\b/.test(line)) ?? lines.at(-1) ?? '';
    return words.length > maxWordsLength ? `${words.slice(0, maxWordsLength)}…` : words;
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** The message of a JSON line, a plain line without its indentation; Node's own footer says nothing. */
function readable(line: string): string {
  const text = line.trim();
  if (/^Node\.js v\d/.test(text)) return '';
  if (!text.startsWith('{')) return text;
  try {
    const { msg, message } = JSON.parse(text) as { msg?: unknown; message?: unknown };
    return String(msg ?? message ?? text);
  } catch {
    return text;
  }
}
