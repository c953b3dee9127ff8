import { createServer, type Socket } from 'node:net';

/** One request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Number of the connection that brought it, from 1. */
  readonly connection: number;
  /** When it was whole, on the monotonic clock. */
  readonly at: number;
}

/** One exchange: what came, and the bare socket to answer on in any way a server can go wrong. */
export interface Exchange {
  readonly request: WireRequest;
  readonly socket: Socket;
  /** From 1, over all connections. */
  readonly number: number;
}

export type Behaviour = (exchange: Exchange) => void;

/** A service that does exactly what a test says, byte for byte: no HTTP library keeps it from lying. */
export interface FaultUpstream {
  readonly url: string;
  readonly port: number;
  readonly requests: WireRequest[];
  /** Connections accepted so far. */
  readonly connections: number;
  /** Connections that are open now. */
  readonly open: number;
  /** What the next requests get. */
  behave(behaviour: Behaviour): void;
  /** Stops listening and closes every connection: connects are refused until `listen`. */
  refuse(): Promise<void>;
  /** Listens again, on the same port. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultUpstream(behaviour: Behaviour = respond.json({})): Promise<FaultUpstream> {
  const sockets = new Set<Socket>();
  const requests: WireRequest[] = [];
  let current = behaviour;
  let connections = 0;
  let port = 0;

  const server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    let pending = '';
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let next = readRequest(pending, connection); next; next = readRequest(pending, connection)) {
        pending = next.rest;
        requests.push(next.request);
        current({ request: next.request, socket, number: requests.length });
      }
    });
  });

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        const address = server.address();
        if (typeof address === 'object' && address) port = address.port;
        resolve();
      });
    });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      // Not resetAndDestroy: on a socket that is shutting down it leaks the handle, and the process spins at its exit.
      for (const socket of sockets) socket.destroy();
      if (server.listening) server.close(() => resolve());
      else resolve();
    });

  await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    behave: (next) => {
      current = next;
    },
    refuse: stop,
    listen,
    close: stop,
  };
}

function readRequest(text: string, connection: number): { request: WireRequest; rest: string } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const length = Number(headers['content-length'] ?? 0);
  const bodyStart = end + 4;
  if (text.length < bodyStart + length) return undefined;
  const body = text.slice(bodyStart, bodyStart + length);
  return {
    request: { method, path, headers, body, connection, at: performance.now() },
    rest: text.slice(bodyStart + length),
  };
}

interface Head {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A whole response as text, with the right length unless `headers` say another. */
export function responseText(
  body: string,
  { status = 200, type = 'application/json', headers = {} }: Head = {},
): string {
  const fields = { 'content-type': type, 'content-length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n${body}`;
}

/** The ways in which a service answers, or doesn't. */
export const respond = {
  json:
    (value: unknown, head?: Head): Behaviour =>
    ({ socket }) =>
      void socket.write(responseText(JSON.stringify(value), head)),
  text:
    (body: string, head?: Head): Behaviour =>
    ({ socket }) =>
      void socket.write(responseText(body, head)),
  /** Bytes as they are, heads included. */
  raw:
    (bytes: string | Buffer): Behaviour =>
    ({ socket }) =>
      void socket.write(bytes),
  after:
    (delayMs: number, then: Behaviour): Behaviour =>
    (exchange) =>
      void setTimeout(() => then(exchange), delayMs),
  /** Accepts and stays silent. */
  hang: (): Behaviour => () => undefined,
  reset:
    (before = ''): Behaviour =>
    ({ socket }) =>
      void socket.write(before, () => socket.resetAndDestroy()),
  /** Sends `before`, then closes in an orderly way. */
  hangUp:
    (before = ''): Behaviour =>
    ({ socket }) =>
      void socket.end(before),
  /** One byte of a response each `everyMs`. */
  drip:
    (everyMs: number, text = responseText('{"slow":true}')): Behaviour =>
    ({ socket }) => {
      let sent = 0;
      const timer = setInterval(() => socket.write(text[sent++ % text.length] ?? ''), everyMs);
      socket.on('close', () => clearInterval(timer));
    },
  /** The first behaviours in turn, the last one for ever after. */
  inTurn: (...behaviours: Behaviour[]): Behaviour => {
    let turn = 0;
    return (exchange) => behaviours[Math.min(turn++, behaviours.length - 1)]?.(exchange);
  },
} as const;
