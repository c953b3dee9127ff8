import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import type { WayIn } from './pipeline.ts';

export interface ServerOptions {
  readonly wayIn: WayIn;
  readonly maxBodyBytes: number;
}

/**
 * The HTTP server around the way in: socket, header and time limits, and nothing that decides about a request.
 */
export function createServer({ wayIn, maxBodyBytes }: ServerOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    exposeHeadRoutes: false,
    requestTimeout: 15_000,
    keepAliveTimeout: 65_000,
    // Node checks slow requests once a minute unless told; and requestTimeout must be set here too, or headersTimeout is swapped in.
    http: { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  // Bodies are read by the decode stage, after the caller is known; Fastify must not touch them.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.all('/graphql', wayIn);
  return app;
}

/** Where a server that listens can be reached. */
export function urlOf({ server }: FastifyInstance): string {
  const { address, port } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
