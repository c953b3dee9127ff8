import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'jose';
import type { Cleanup } from './processes.ts';

export type KeyAnswer = (request: IncomingMessage, response: ServerResponse) => void;

/** A real JWKS endpoint on loopback whose answer can be changed while it runs. */
export interface KeyServer {
  readonly url: string;
  /** Requests so far. */
  readonly fetches: number;
  /** Publishes these keys from now on. */
  publish(...keys: JWK[]): void;
  /** Answers in this way from now on. */
  answer(how: KeyAnswer): void;
  /** Stops listening, or listens again on the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
}

export async function startKeyServer(cleanup: Cleanup, ...keys: JWK[]): Promise<KeyServer> {
  let fetches = 0;
  let how = jsonAnswer({ keys });
  const server = createServer((request, response) => {
    fetches++;
    how(request, response);
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  cleanup.after(close);
  return {
    url: `http://127.0.0.1:${port}/jwks`,
    get fetches() {
      return fetches;
    },
    publish: (...next) => {
      how = jsonAnswer({ keys: next });
    },
    answer: (next) => {
      how = next;
    },
    down: close,
    up: () => listen(port),
  };
}

/** 200 with this document. */
export function jsonAnswer(document: unknown): KeyAnswer {
  return textAnswer(JSON.stringify(document));
}

export function textAnswer(text: string, status = 200, headers: Record<string, string> = {}): KeyAnswer {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}
