import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Arrival } from './exchange.ts';
import { readWholeRequest } from './whole-request.ts';

/** A listener for what comes by a connection. */
export type TakeBytes = (this: Socket, bytes: Buffer) => void;

export interface WatchedParts {
  readonly isShedding: () => boolean;
  /** How long Node keeps a connection from its last answer on, in milliseconds. */
  readonly keepAliveMs: () => number;
  /** Refuses a request by an answer on the bare socket; false: there is room for it, and nothing was done. */
  readonly refuse: (request: Arrival) => boolean;
  /** Told when the connection is Node's again, since no load is shed any more. */
  readonly onCalm: () => void;
}

/**
 * A connection whose bytes pass by here and go on to Node's parser as they are, except one whole request in the plainest form
 * (`readWholeRequest`) that there is no room for and that stands where a request begins. That last is known only behind a request that
 * Node has read as the same one: bytes that look like a request may be in the body of another, and whoever answers those answers in
 * another's place (request smuggling, RFC 9112 §11.2).
 */
export class WatchedConnection {
  readonly #socket: Socket;
  readonly #takeByNode: TakeBytes;
  readonly #parts: WatchedParts;
  /** Node's parser stands between two messages, and all answers are out. */
  #isBetween = false;
  #handedOver = 0;
  /** As it was with the last request that Node was given: its timer runs so long, whoever answers since. */
  #keepAliveMs = 0;
  /** While Node reads what it was handed over: what it has made of it. */
  #isReading = false;
  #made: { readonly request: IncomingMessage; readonly response: ServerResponse } | undefined;

  /** Takes the place of `takeByNode`, the one listener of the socket. */
  constructor(socket: Socket, takeByNode: TakeBytes, parts: WatchedParts) {
    this.#socket = socket;
    this.#takeByNode = takeByNode;
    this.#parts = parts;
    socket.on('data', this.#take);
    socket.off('data', takeByNode);
  }

  /** Node made a request. */
  began(request: IncomingMessage, response: ServerResponse): void {
    if (this.#isReading) this.#made = { request, response };
  }

  /** Reads no more. */
  leave(): void {
    this.#socket.off('data', this.#take);
  }

  readonly #take = (bytes: Buffer): void => {
    if (!this.#parts.isShedding()) {
      this.leave();
      this.#socket.on('data', this.#takeByNode);
      this.#parts.onCalm();
      this.#takeByNode.call(this.#socket, bytes);
      return;
    }
    const request = readWholeRequest(bytes);
    if (request && this.#mayRefuse() && this.#parts.refuse(request)) return;
    this.#handOver(bytes, request);
  };

  #mayRefuse(): boolean {
    // Who does not read answers is slowed down by Node.
    return this.#isBetween && this.#socket.writableLength === 0 && this.#keepAliveMs === this.#parts.keepAliveMs();
  }

  /**
   * Has Node read. If what it makes of it is complete, and as long as the request that was read here, then both end with the last byte, and
   * the next byte begins a message: had Node begun to read further back or further on, a body of that length would not be complete.
   */
  #handOver(bytes: Buffer, known: Arrival | undefined): void {
    this.#isBetween = false;
    this.#keepAliveMs = this.#parts.keepAliveMs();
    const count = ++this.#handedOver;
    this.#isReading = true;
    this.#takeByNode.call(this.#socket, bytes);
    this.#isReading = false;
    const made = this.#made;
    // An idle connection keeps nothing of its last request.
    this.#made = undefined;
    if (!known || !made?.request.complete) return;
    if (made.request.headers['content-length'] !== known.headers['content-length']) return;
    made.response.once('close', () => (this.#isBetween = this.#handedOver === count));
  }
}
