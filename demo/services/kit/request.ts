import type { IncomingMessage } from 'node:http';
import { invalidParameter, Problem } from './problem.ts';

export type Role = 'customer' | 'support' | 'admin' | 'service';

/** Who the gateway says is asking. Trusted only because the gateway's own credential was checked first. */
export interface Caller {
  userId: string | undefined;
  role: Role;
}

export interface ServiceRequest {
  method: string;
  path: string;
  /** Values of the `{placeholders}` of the route. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  caller: Caller;
  correlationId: string;
  /** The parsed JSON body; undefined when none was sent. */
  body: unknown;
  /** The body's bytes, for signatures and fingerprints. */
  rawBody: Buffer;
  /** Names of switched-on faults that a handler itself must act out. */
  flags: ReadonlySet<string>;
}

const roles: readonly Role[] = ['customer', 'support', 'admin', 'service'];

/** Reads the identity headers; a call without a role is the gateway's mistake and refused. */
export function callerOf(headers: IncomingMessage['headers']): Caller {
  const role = roles.find((known) => known === headers['x-user-role']);
  if (role === undefined) throw invalidParameter('X-User-Role', 'required', `One of ${roles.join(', ')}.`);
  const userId = headers['x-user-id'];
  return { role, userId: typeof userId === 'string' && userId !== '' ? userId : undefined };
}

const correlationIdPattern = /^[A-Za-z0-9._-]{8,128}$/;

/** The gateway's correlation id when it is well formed, else one of our own: every log line has one. */
export function correlationIdOf(headers: IncomingMessage['headers']): string {
  const given = headers['x-correlation-id'];
  return typeof given === 'string' && correlationIdPattern.test(given) ? given : crypto.randomUUID();
}

const maxBodyBytes = 64 * 1024;
const mediaTypePattern = /^([^;\s]+)\s*(?:;\s*charset=utf-8)?$/i;

/** Reads a JSON body of one media type; an absent body is undefined. */
export async function readBody(message: IncomingMessage, mediaType: string): Promise<{ raw: Buffer; json: unknown }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) {
      throw new Problem(413, 'content_too_large', `A body may have at most ${maxBodyBytes} bytes.`, {
        headers: { Connection: 'close' },
      });
    }
    chunks.push(chunk);
  }
  const raw = Buffer.concat(chunks);
  if (bytes === 0) return { raw, json: undefined };
  const given = mediaTypePattern.exec(message.headers['content-type'] ?? '')?.[1]?.toLowerCase();
  if (given !== mediaType) throw new Problem(415, 'unsupported_media_type', `Send ${mediaType}.`);
  try {
    return { raw, json: JSON.parse(raw.toString('utf8')) };
  } catch {
    throw new Problem(400, 'invalid_request', 'The body is not valid JSON.');
  }
}
