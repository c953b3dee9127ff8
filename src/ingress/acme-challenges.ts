import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

const prefix = '/.well-known/acme-challenge/';

/** Answers http-01 challenges (RFC 8555 §8.3) on a port of its own, which is open only while an order is under way. */
export class AcmeChallenges {
  readonly #answers = new Map<string, string>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, ({ url, method }, response) => {
      const answer =
        method === 'GET' && url?.startsWith(prefix) ? this.#answers.get(url.slice(prefix.length)) : undefined;
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/octet-stream' }).end(answer);
    });
  }

  async open(host: string, port: number): Promise<void> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
  }

  set(token: string, answer: string): void {
    this.#answers.set(token, answer);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
