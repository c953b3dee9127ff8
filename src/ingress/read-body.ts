import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.ts';

/**
 * How much of a body that is too large is read and thrown away: a caller that is still sending reads its answer only if the connection
 * is not reset under it.
 */
const maxDrainedBytes = 8_388_608;

/** How to end the wait for a body that will not come: by the request it belongs to. */
const waiting = new WeakMap<IncomingMessage, (error: GatewayError) => void>();

/** Bodies that broke before anyone waited for them. */
const broken = new WeakMap<IncomingMessage, GatewayError>();

/** Ends the wait for a request's body with this error, now or when it begins. False when nobody waits yet, or no more. */
export function failBody(request: IncomingMessage, error: GatewayError): boolean {
  const reject = waiting.get(request);
  if (reject) reject(error);
  else broken.set(request, error);
  return reject !== undefined;
}

/**
 * The whole body as text, at most `maxBytes`. A declared length over the bound is refused before a byte is read. Invalid UTF-8 is
 * refused rather than repaired: a repaired string is not what the caller sent.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const failure = broken.get(request);
  if (failure) return Promise.reject(failure);
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) return Promise.reject(tooLarge(maxBytes, declared > maxDrainedBytes));
  return new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    waiting.set(request, reject);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      waiting.delete(request);
      reject(tooLarge(maxBytes, false));
      if (size > maxDrainedBytes) request.destroy();
    });
    request.once('end', () => {
      waiting.delete(request);
      if (size > maxBytes) return;
      try {
        resolve(decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size)));
      } catch {
        reject(new GatewayError('BAD_REQUEST', { publicMessage: 'The body is not valid UTF-8.' }));
      }
    });
    request.once('error', (cause) => reject(new GatewayError('BAD_REQUEST', { cause })));
    request.once('close', () => {
      if (!request.complete) reject(new GatewayError('BAD_REQUEST', { publicMessage: 'The body ended early.' }));
    });
  });
}

// ignoreBOM keeps a leading byte order mark, which JSON does not allow (RFC 8259 §8.1).
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function tooLarge(maxBytes: number, giveUp: boolean): GatewayError {
  return new GatewayError('PAYLOAD_TOO_LARGE', {
    publicMessage: `The body is larger than ${maxBytes} bytes.`,
    ...(giveUp && { headers: { connection: 'close' } }),
  });
}
