import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.ts';

/**
 * The whole body as text, at most `maxBytes`. A declared length over the bound is refused before a byte is read. Invalid UTF-8 is
 * refused rather than repaired: a repaired string is not what the caller sent.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const declared = request.headers['content-length'];
  if (declared !== undefined && Number(declared) > maxBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.pause();
        reject(tooLarge(maxBytes));
      } else chunks.push(chunk);
    });
    request.once('end', () => {
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

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError('PAYLOAD_TOO_LARGE', {
    publicMessage: `The body is larger than ${maxBytes} bytes.`,
    // What is left of the body is not read, so the connection cannot be used again.
    headers: { connection: 'close' },
  });
}
