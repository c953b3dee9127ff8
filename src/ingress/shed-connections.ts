import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { WayIn } from './pipeline.ts';
import { SocketWire } from './socket-wire.ts';
import { type TakeBytes, WatchedConnection } from './watched-connection.ts';

/** What of the way in decides about requests that Node has not seen. */
export type Shedding = Pick<WayIn, 'isShedding' | 'turnAway'>;

/**
 * The connections of a server while it sheds load. What Node makes of a request, only to have it refused, is half of what a refusal costs,
 * and at three times the load there are two and more of them for each answer. So a connection is watched from its first refusal on, until
 * nothing is shed any more.
 */
export class ShedConnections {
  readonly #server: Server;
  readonly #shedding: Shedding;
  readonly #watched = new WeakMap<Socket, WatchedConnection>();

  constructor(server: Server, shedding: Shedding) {
    this.#server = server;
    this.#shedding = shedding;
    // Node takes its parser off a connection that asks for a tunnel, and reads no more of it.
    server.on('connect', ({ socket }) => this.#watched.get(socket)?.leave());
  }

  /** To be told of every request that Node makes, and whether it was refused for want of room. */
  began(request: IncomingMessage, response: ServerResponse, isRefused: boolean): void {
    if (request.httpVersionMajor !== 1) return;
    const connection = this.#watched.get(request.socket);
    if (connection) connection.began(request, response);
    else if (isRefused && this.#shedding.isShedding()) this.#watch(request.socket);
  }

  #watch(socket: Socket): void {
    // One that is read by somebody else too is none that we know.
    const [takeByNode, another] = socket.listeners('data') as TakeBytes[];
    if (!takeByNode || another) return;
    const keepAliveMs = (): number => this.#server.keepAliveTimeout;
    const wire = new SocketWire(socket, keepAliveMs);
    const connection = new WatchedConnection(socket, takeByNode, {
      keepAliveMs,
      isShedding: () => this.#shedding.isShedding(),
      refuse: (request) => this.#shedding.turnAway({ ...request, socket }, wire),
      onCalm: () => this.#watched.delete(socket),
    });
    this.#watched.set(socket, connection);
  }
}
