import type { IncomingMessage, ServerResponse } from 'node:http';

const maxBodyBytes = 16_384;

/** A refusal of a demo API: becomes `{ "error": { "code", "message" } }` with this status. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * The JSON object in the body, or `{}` when there is no body.
 * @throws ApiError 413 over 16 KiB, 415 for another media type, 400 for anything but an object.
 */
export async function readJsonObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new ApiError(413, 'too_large', `the body is limited to ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  if (bytes === 0) return {};
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    throw new ApiError(415, 'unsupported_media_type', 'send the body as application/json');
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new ApiError(400, 'bad_json', 'the body is not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(400, 'bad_json', 'the body must be a JSON object');
  }
  return body as Record<string, unknown>;
}

/** Answers with JSON that nobody stores. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(`${JSON.stringify(body)}\n`);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}

/** Answers a refusal; anything that isn't an {@link ApiError} is our own fault and says no more than that. */
export function sendError(response: ServerResponse, error: unknown): void {
  const refusal = error instanceof ApiError ? error : new ApiError(500, 'internal', 'something went wrong here');
  sendJson(response, refusal.status, { error: { code: refusal.code, message: refusal.message } });
}
