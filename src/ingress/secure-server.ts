import type { Server as HttpServer, IncomingMessage, ServerOptions, ServerResponse } from 'node:http';
import {
  type Http2SecureServer,
  Http2ServerResponse,
  type Http2ServerRequest,
  type ServerHttp2Session,
} from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { GatewayError } from '../errors/gateway-error.ts';
import type { ListenerCertificate } from './listener-certificate.ts';
import { failBody } from './read-body.ts';

/** One connection of HTTP/2 may not ask for more at once than this, nor send longer headers than HTTP/1.1 may. */
const settings = { maxConcurrentStreams: 100, maxHeaderListSize: 16_384, enablePush: false } as const;

/**
 * What makes a Fastify server speak TLS, HTTP/2 and HTTP/1.1 on one port. Typed as a plain server's options: requests and responses of
 * both protocols have the shape that the stages use.
 */
export function secureOptions(certificate: ListenerCertificate, http: ServerOptions): { readonly http: ServerOptions } {
  const https = { ...http, ...certificate.options, allowHTTP1: true, settings };
  return { http2: true, https } as unknown as { http: ServerOptions };
}

/** What a server of both protocols can do beside a plain one. */
export interface SecureServer {
  /**
   * Has every HTTP/2 connection end without losing a stream: it is told to make no new ones (GOAWAY, RFC 9113 §6.8), what is in flight
   * finishes, and what crossed with the frame is refused unprocessed, so that any caller may repeat it (§8.7). Connections that are
   * made later get one round of streams, as HTTP/1.1 gets one answer with `Connection: close`.
   */
  goAway(): void;
}

/** Gives a server of both protocols what Node gives one of HTTP/1.1 only. */
export function prepareSecureServer(
  server: HttpServer,
  certificate: Pick<ListenerCertificate, 'serve'>,
  requestMs: () => number,
): SecureServer {
  const secure = server as unknown as Http2SecureServer;
  certificate.serve(secure);
  const sockets = new Set<TLSSocket>();
  secure.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.closeAllConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  // Node's timers for whole requests see those of HTTP/1.1 only.
  server.prependListener('request', (request, response) => {
    if (isHttp2(response) && !request.complete) limitBody(request as unknown as Http2ServerRequest, requestMs());
  });
  const sessions = new Set<ServerHttp2Session>();
  let leaving = false;
  secure.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    // Streams that came together are all taken.
    session.once('stream', () => leaving && setImmediate(() => session.close()));
  });
  return {
    goAway() {
      leaving = true;
      for (const session of sessions) if (isUsed(session)) session.close();
    },
  };
}

/** Has anything been asked on it? One that was just made is about to be used. */
function isUsed({ state }: ServerHttp2Session): boolean {
  return (state.lastProcStreamID ?? 0) > 0;
}

function isHttp2(response: ServerResponse): boolean {
  return (response as object) instanceof Http2ServerResponse;
}

function limitBody(request: Http2ServerRequest, requestMs: number): void {
  const timer = setTimeout(
    () => failBody(request as unknown as IncomingMessage, new GatewayError('REQUEST_TIMEOUT')),
    requestMs,
  );
  const stop = (): void => clearTimeout(timer);
  request.once('end', stop);
  request.once('close', stop);
}
