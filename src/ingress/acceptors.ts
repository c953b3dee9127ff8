import { once } from 'node:events';
import { createServer, type ListenOptions, type Server } from 'node:net';

/** With its own in turns of 2 ms they take 4 000 connections a second, one alone 500. Each costs a file descriptor, and no time until somebody connects. */
const count = 7;

/** Can several sockets listen on one port and get equal parts? Elsewhere a server has one. */
export const canSharePort = process.platform === 'linux';

/** Where a server listens already, and lets others listen too. */
export type SharedAddress = Required<Pick<ListenOptions, 'host' | 'port' | 'backlog' | 'reusePort'>>;

/**
 * Sockets that listen on a server's port beside its own and hand it what connects. libuv takes one connection from a listening socket in
 * each turn of the event loop (since 1.45), so that under load hundreds of callers who connect at once would wait for seconds where a
 * refusal takes milliseconds. The kernel deals connections out among all sockets that listen (SO_REUSEPORT), those of other workers too.
 */
export class Acceptors {
  readonly #server: Server;
  readonly #acceptors: Server[] = [];

  constructor(server: Server) {
    this.#server = server;
  }

  async listen(at: SharedAddress): Promise<void> {
    // A server keeps the options of its connections, and shows them to those who look: sockets must be like its own.
    const { allowHalfOpen, noDelay } = this.#server as Server & { allowHalfOpen: boolean; noDelay: boolean };
    for (let index = 0; index < count; index++) {
      const acceptor = createServer({ allowHalfOpen, noDelay }, (socket) => this.#server.emit('connection', socket));
      acceptor.listen(at);
      this.#acceptors.push(acceptor);
    }
    await Promise.all(this.#acceptors.map((acceptor) => once(acceptor, 'listening')));
  }

  /** Takes no more connections; resolves when those that came by here have ended. */
  async close(): Promise<void> {
    await Promise.all(this.#acceptors.map((acceptor) => new Promise((resolve) => acceptor.close(resolve))));
  }
}
