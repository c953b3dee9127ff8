import type { RequestListener, Server as HttpServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import { fastify, type FastifyInstance } from 'fastify';
import type { ListenerConfig } from '../config/sections/listeners.ts';
import { Acceptors, canSharePort } from './acceptors.ts';
import { createBrokenMessages } from './broken-messages.ts';
import type { ListenerCertificate } from './listener-certificate.ts';
import { operationPath, type WayIn } from './pipeline.ts';
import { ShedConnections } from './shed-connections.ts';
import { prepareSecureServer, type SecureServer, secureOptions } from './secure-server.ts';

const maxHeaderBytes = 16_384;

/**
 * Connections that the kernel may hold until the process takes them, as far as it lets us (`net.core.somaxconn`). Node's 511 overflow when
 * callers come all at once, and the kernel then drops what they send: they try again after 1, 3 and 7 s where a refusal takes milliseconds.
 */
const backlog = 4_096;

/** How long a caller may take, in milliseconds, and how many connections there may be. */
export type ServerLimits = Pick<
  ListenerConfig,
  'headersTimeoutMs' | 'requestTimeoutMs' | 'keepAliveTimeoutMs' | 'stallTimeoutMs' | 'maxConnections'
>;

/** The public port of a process. */
export interface PublicServer extends SecureServer {
  readonly app: FastifyInstance;
  listen(at: { readonly host: string; readonly port: number }): Promise<void>;
  /** Takes no more connections, ends those without a request, and resolves when all others have ended. */
  close(): Promise<void>;
  /** Other limits from now on; connections that stand get them with their next request. */
  follow(limits: ServerLimits): void;
}

/**
 * The HTTP server around the way in: socket, header and time limits, and nothing that decides about a request. Every request goes to
 * the way in, so that each is in the log, except those for the few routes that others register (`/livez`, `/readyz`): probes come
 * every second from our own platform and would only bury the rest. With a certificate it speaks TLS, and HTTP/2 beside HTTP/1.1.
 */
export function createServer(wayIn: WayIn, limits: ServerLimits, certificate?: ListenerCertificate): PublicServer {
  const broken = createBrokenMessages(wayIn.refuse);
  const http = {
    headersTimeout: Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs),
    // Set here too, or Node swaps it with headersTimeout; and Node looks for slow requests only twice a minute unless told.
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: maxHeaderBytes,
    // Node's own refusal of a missing Host knows neither our log nor our error shape; `checkRequestLine` answers it.
    requireHostHeader: false,
    joinDuplicateHeaders: false,
  };
  const app = fastify({
    logger: false,
    exposeHeadRoutes: false,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionTimeout: limits.stallTimeoutMs,
    ...(certificate ? secureOptions(certificate, { ...http, keepAliveTimeout: limits.keepAliveTimeoutMs }) : { http }),
    clientErrorHandler: (error, socket) => broken.onError(error, socket),
    // A target that cannot be decoded is a path that does not exist.
    frameworkErrors: (_error, request, reply) => {
      reply.hijack();
      broken.begin(request.raw, reply.raw);
      void wayIn.handle(request.raw, reply.raw);
    },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  // Taken before Fastify looks at the body: the decode stage reads it, after the caller is known.
  app.addHook('onRequest', (request, reply, next) => {
    broken.begin(request.raw, reply.raw);
    if (!request.is404) return next();
    reply.hijack();
    void wayIn.handle(request.raw, reply.raw);
  });
  // Only for a route that finds nothing behind its own prefix.
  app.setNotFoundHandler((request, reply) => {
    reply.hijack();
    void wayIn.handle(request.raw, reply.raw);
  });
  const { server } = app;
  const shed = new ShedConnections(server, wayIn);
  passOperations(server, (request, response) => {
    broken.begin(request, response);
    const isRefused = wayIn.handle(request, response) === undefined;
    shed.began(request, response, isRefused);
  });
  const acceptors = new Acceptors(server);
  let { maxConnections } = limits;
  let connections = 0;
  server.on('connection', (socket) => {
    if (++connections > maxConnections) socket.destroy();
    socket.once('close', () => connections--);
  });
  const secure = certificate && prepareSecureServer(server, certificate, () => server.requestTimeout);
  server.on('connect', (request, socket) => {
    // Over HTTP/2 it is a request like any other, and what came with it is its response.
    if (request.httpVersionMajor === 2) void wayIn.handle(request, socket as unknown as ServerResponse);
    else broken.onConnect(request, socket);
  });
  // By default Node looks for `100-continue` anywhere in the header, and answers 417 itself where it finds none.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('checkContinue', (request, response) => {
    if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
    server.emit('request', request, response);
  });
  return {
    app,
    goAway: () => secure?.goAway(),
    async listen({ host, port }) {
      const at = { host, port, backlog, reusePort: canSharePort };
      await app.listen(at);
      if (canSharePort) await acceptors.listen({ ...at, port: (server.address() as AddressInfo).port });
    },
    async close() {
      await Promise.all([app.close(), acceptors.close()]);
    },
    follow(next) {
      server.headersTimeout = Math.min(next.headersTimeoutMs, next.requestTimeoutMs);
      server.requestTimeout = next.requestTimeoutMs;
      server.keepAliveTimeout = next.keepAliveTimeoutMs;
      server.timeout = next.stallTimeoutMs;
      ({ maxConnections } = next);
    },
  };
}

/**
 * Hands requests to the operations' own path over before the router sees them. It would only find that they are none of its routes, and
 * make two objects for each to say so: a twentieth of the smallest request.
 */
function passOperations(server: HttpServer, take: RequestListener): void {
  const [route] = server.listeners('request') as RequestListener[];
  if (!route) throw new Error('The server has no router.');
  server.off('request', route);
  server.on('request', (request, response) => {
    const { url = '' } = request;
    if (url.startsWith(operationPath) && (url.length === operationPath.length || url[operationPath.length] === '?'))
      take(request, response);
    else route(request, response);
  });
}

/** Where a server that listens can be reached. */
export function urlOf({ server }: Pick<FastifyInstance, 'server'>): string {
  const { address, port } = server.address() as AddressInfo;
  const scheme = (server as object) instanceof TlsServer ? 'https' : 'http';
  return `${scheme}://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
