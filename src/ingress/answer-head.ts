import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Wire } from './exchange.ts';
import { type HeaderBlock, linesOf } from './header-block.ts';

/**
 * The head of one answer. Node checks each name and value by two regular expressions and joins the text of the head piece by piece, on
 * every answer anew: for our fifteen lines an eighth of the smallest request. So it makes the status line and the lines that frame the
 * message, and what is known to be good is added to its text before that goes out with the body. There is no public way to do so: where
 * a response has no such text (HTTP/2, a bare socket, a Node of tomorrow) all lines go through Node.
 */
export class AnswerHead {
  readonly #blocks: HeaderBlock[];
  readonly #own: string[] = [];
  readonly #checked: string[] = [];

  constructor(block: HeaderBlock) {
    this.#blocks = [block];
  }

  addBlock(block: HeaderBlock): void {
    this.#blocks.push(block);
  }

  /** A value that can only be a word, a number or an id of our own: it is written as it is. */
  addOwn(name: string, value: string): void {
    this.#own.push(name, value);
  }

  /** Any other value, and whatever frames the message: Node checks and reads it. */
  add(name: string, value: string): void {
    this.#checked.push(name, value);
  }

  /** Is there one among those that Node reads? */
  has(name: string): boolean {
    return this.#checked.includes(name);
  }

  write(response: Wire, status: number): void {
    if (response.writeLines) {
      response.writeLines(status, this.#checked, this.#lines());
      return;
    }
    if (!nodeKeepsHeadAsText || !(response instanceof ServerResponse)) {
      response.writeHead(status, [...this.#blocks.flatMap(({ list }) => list), ...this.#own, ...this.#checked]);
      return;
    }
    response.writeHead(status, this.#checked);
    const head = response as unknown as WithHead;
    head._header = head._header.slice(0, -lineEnd.length) + this.#lines() + lineEnd;
  }

  #lines(): string {
    let lines = linesOf(this.#own);
    for (const block of this.#blocks) lines += block.lines;
    return lines;
  }
}

interface WithHead {
  /** The head as it will be sent, from `writeHead` on. */
  _header: string;
}

const lineEnd = '\r\n';

const nodeKeepsHeadAsText = ((): boolean => {
  const probe = new ServerResponse(new IncomingMessage(new Socket()));
  probe.writeHead(200, ['x-probe', 'a']);
  const { _header: head } = probe as unknown as Partial<WithHead>;
  return typeof head === 'string' && /^HTTP\/1\.1 200 OK\r\nx-probe: a\r\n(?:.+\r\n)*\r\n$/.test(head);
})();
