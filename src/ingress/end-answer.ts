import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../telemetry/logger.ts';
import type { Outcome } from './access-log.ts';
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

/** Part of an answer is out already, or a header cannot be written: all that is left is to end the connection. */
export function cutAnswer(response: Wire, log: Logger, failure: unknown): Outcome {
  log.error({ error: failure }, 'the answer could not be written');
  response.destroy();
  return { status: 500, codes: ['INTERNAL_SERVER_ERROR'], bytes: 0, hasData: false };
}

function isUnread(request: Arrival): request is IncomingMessage {
  return 'complete' in request && request.complete === false;
}

function willClose(response: Wire): response is ServerResponse {
  return 'shouldKeepAlive' in response && response.shouldKeepAlive === false;
}
