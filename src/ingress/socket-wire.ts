import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Wire } from './exchange.ts';
import { type HeaderList, linesOf } from './header-block.ts';

/**
 * Writes HTTP/1.1 answers on a bare socket, where Node made no response to write to. The connection ends with the answer, unless it may
 * be kept for so long (`keepAliveMs`) and the answer does not say otherwise.
 */
export class SocketWire implements Wire {
  readonly #socket: Duplex;
  readonly #keepAliveMs: () => number;
  #head = '';
  #closes = true;

  constructor(socket: Duplex, keepAliveMs = () => 0) {
    this.#socket = socket;
    this.#keepAliveMs = keepAliveMs;
  }

  get writableFinished(): boolean {
    return this.#socket.writableFinished;
  }

  writeHead(status: number, headers: HeaderList): void {
    this.writeLines(status, headers, '');
  }

  /** In the order in which Node writes them. */
  writeLines(status: number, headers: HeaderList, lines: string): void {
    const keepAliveMs = headers.includes('connection') ? 0 : this.#keepAliveMs();
    this.#closes = keepAliveMs === 0;
    const kept = this.#closes ? '' : keepAliveLines(keepAliveMs);
    this.#head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${linesOf(headers)}${dateLine()}${kept}${lines}\r\n`;
  }

  end(body: string | Buffer): void {
    const answer = typeof body === 'string' ? this.#head + body : Buffer.concat([Buffer.from(this.#head), body]);
    if (this.#closes) this.#socket.end(answer, () => this.#socket.destroy());
    else this.#socket.write(answer);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  once(_event: 'close', listener: () => void): void {
    if (this.#socket.destroyed) process.nextTick(listener);
    else this.#socket.once('close', listener);
  }
}

function keepAliveLines(ms: number): string {
  return `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(ms / 1_000)}\r\n`;
}

let date = '';
let dateIsOf = 0;

/** RFC 9110 §6.6.1; made once a second. */
function dateLine(): string {
  const second = Math.floor(Date.now() / 1_000);
  if (second !== dateIsOf) {
    dateIsOf = second;
    date = `Date: ${new Date(second * 1_000).toUTCString()}\r\n`;
  }
  return date;
}
