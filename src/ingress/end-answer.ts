import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Arrival, Wire } from './exchange.ts';

/** How long a connection that ends with its answer is kept for a body that nobody wants. */
const maxLingerMs = 1_000;

/**
 * Sends the body and ends the answer. When the connection is to end with it and the request's own body is still on its way, closing at
 * once would reset the connection, and the caller would lose the answer with it (RFC 9112 §9.6): so the answer goes out whole, what still
 * comes in is thrown away, and the close follows.
 */
export function endAnswer(request: Arrival, response: Wire, body: string | Buffer): void {
  if (!isUnread(request) || !willClose(response)) {
    response.end(body);
    return;
  }
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    if (!response.writableEnded) response.end();
  };
  const timer = setTimeout(end, maxLingerMs);
  request.once('end', end);
  request.once('close', end);
  request.resume();
}

function isUnread(request: Arrival): request is IncomingMessage {
  return 'complete' in request && request.complete === false;
}

function willClose(response: Wire): response is ServerResponse {
  return 'shouldKeepAlive' in response && response.shouldKeepAlive === false;
}
