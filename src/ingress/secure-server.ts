import type { Server as HttpServer, IncomingMessage, ServerOptions, ServerResponse } from 'node:http';
import { Http2ServerResponse, type Http2ServerRequest } from 'node:http2';
import type { Server as TlsServer, TLSSocket } from 'node:tls';
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

/** Gives a server of both protocols what Node gives one of HTTP/1.1 only. */
export function prepareSecureServer(
  server: HttpServer,
  certificate: Pick<ListenerCertificate, 'serve'>,
  requestMs: number,
): void {
  const secure = server as unknown as TlsServer;
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
    if (isHttp2(response) && !request.complete) limitBody(request as unknown as Http2ServerRequest, requestMs);
  });
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
