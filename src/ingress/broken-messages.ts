import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Wire } from './exchange.ts';
import { failBody } from './read-body.ts';
import { SocketWire } from './socket-wire.ts';

type ConnectionError = Error & { readonly code?: string };

/** Refuses what never became a request: one `received` line, an answer on the bare socket, one `completed` line. */
export type RefuseMessage = (
  error: GatewayError,
  wire: Wire,
  socket: Duplex,
  request?: IncomingMessage,
) => Promise<void>;

/**
 * What Node reports of messages that its parser or its timers give up. An error in a request's body belongs to that request, which
 * is in the log already and answers it itself; anything else is a message of its own.
 */
export function createBrokenMessages(refuse: RefuseMessage) {
  /** Where it or its request is not over yet. */
  const latest = new WeakMap<Duplex, ServerResponse>();

  return {
    /** To be told of every request, so that a later error on its connection finds it. */
    begin(request: IncomingMessage, response: ServerResponse): void {
      const { socket } = request;
      latest.set(socket, response);
      // An idle connection must not keep its last request, and the token in it, until the next one comes.
      const forget = (): void => {
        if (latest.get(socket) === response) latest.delete(socket);
      };
      response.once('close', () => {
        if (request.complete) forget();
        else request.once('close', forget);
      });
    },

    /** For Node's `clientError`. Whatever it was, the connection cannot be read any further and is closed behind the answer. */
    onError(error: ConnectionError, socket: Duplex & { readonly bytesRead?: number }): void {
      const last = latest.get(socket);
      const refusal = refusalOf(error);
      if (error.code === 'HPE_CLOSED_CONNECTION') {
        // Bytes behind a request that said it was the last: RFC 9112 §9.6 forbids to take them for another.
        if (last) closeBehind(last, socket);
        else socket.destroy();
      } else if (last && !last.req.complete) {
        // The caller ended the connection in the middle of its body: nobody waits for an answer.
        if (error.code === 'HPE_INVALID_EOF_STATE') socket.destroy();
        else if (!failBody(last.req, refusal)) closeBehind(last, socket);
      } else if (!socket.writable || socket.bytesRead === 0 || error.code === 'ECONNRESET' || error.code === 'EPIPE') {
        // Gone, or never said a word: there was no request.
        socket.destroy();
      } else {
        const answerable = !last || last.writableFinished;
        if (last && !answerable) closeBehind(last, socket);
        void refuse(refusal, answerable ? new SocketWire(socket) : new ClosedWire(socket), socket);
      }
    },

    /** For Node's `connect`: a proxy's method, to a server that is none (RFC 9110 §9.3.6). */
    onConnect(request: IncomingMessage, socket: Duplex): void {
      socket.on('error', () => socket.destroy());
      const refusal = new GatewayError('METHOD_NOT_ALLOWED', { headers: { allow: 'GET, POST', connection: 'close' } });
      void refuse(refusal, new SocketWire(socket), socket, request);
    },
  };
}

const closing = { headers: { connection: 'close' } } as const;

function refusalOf({ code }: ConnectionError): GatewayError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new GatewayError('REQUEST_TIMEOUT', closing);
  if (code === 'HPE_HEADER_OVERFLOW')
    return new GatewayError('PAYLOAD_TOO_LARGE', {
      ...closing,
      httpStatus: 431,
      publicMessage: 'The headers are too large.',
    });
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return new GatewayError('PAYLOAD_TOO_LARGE', closing);
  return new GatewayError('BAD_REQUEST', { ...closing, publicMessage: 'This is not valid HTTP.' });
}

function closeBehind(response: ServerResponse, socket: Duplex): void {
  if (response.writableFinished) socket.destroy();
  else response.once('finish', () => socket.destroy());
}

/** For a broken message behind one that is still being answered: its own answer would stand in the middle of the other. */
class ClosedWire extends SocketWire {
  override get writableFinished(): boolean {
    return false;
  }

  override end(): void {}
}
