/** Why a fetch gave nothing usable; a bounded set, so it may be a metric label. */
export type FetchFailure =
  'network' | 'timeout' | 'redirect' | 'status' | 'media_type' | 'too_large' | 'invalid_text' | 'invalid_json';

/** The one error of this file. The message names no part of the answer. */
export class FetchFailed extends Error {
  override readonly name = 'FetchFailed';
  readonly reason: FetchFailure;
  readonly status: number | undefined;

  constructor(reason: FetchFailure, status?: number, cause?: unknown) {
    super(status === undefined ? reason : `${reason} (HTTP ${status})`, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.status = status;
  }
}

export interface BoundedFetchOptions {
  /** Milliseconds for everything: connecting, headers and the whole body. */
  readonly timeoutMs: number;
  /** Bytes of the body after decompression. */
  readonly maxBytes: number;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the fetch early. */
  readonly signal?: AbortSignal;
}

export interface BoundedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/**
 * Node's fetch for things that are configured by us but answered by others: key sets, webhooks, identity providers. It ends
 * after `timeoutMs`, never reads more than `maxBytes`, and never follows a redirect, since only the configured address is trusted.
 * Any status but 3xx is an answer. Rejects with `FetchFailed`.
 */
export async function boundedFetch(url: string | URL, options: BoundedFetchOptions): Promise<BoundedResponse> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  try {
    const response = await fetch(url, {
      method: options.method ?? 'GET',
      headers: options.headers ?? {},
      body: options.body ?? null,
      redirect: 'manual',
      signal,
    });
    const { status, headers } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      throw new FetchFailed('redirect', status);
    }
    return { status, headers, body: await readAtMost(response, options.maxBytes) };
  } catch (error) {
    if (error instanceof FetchFailed) throw error;
    throw new FetchFailed(timeout.aborted ? 'timeout' : 'network', undefined, error);
  }
}

/** Fetches a JSON document: status 200, a JSON media type, UTF-8 without a byte order mark. Rejects with `FetchFailed`. */
export async function fetchJson(url: string | URL, options: BoundedFetchOptions): Promise<unknown> {
  const { status, headers, body } = await boundedFetch(url, {
    ...options,
    headers: { accept: 'application/json', ...options.headers },
  });
  if (status !== 200) throw new FetchFailed('status', status);
  if (!isJson(headers.get('content-type'))) throw new FetchFailed('media_type');
  return parseJson(decodeUtf8(body));
}

async function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop by a throw cancels the body, and with it the socket.
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new FetchFailed('too_large', response.status);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** `application/json` or a `+json` type such as `application/jwk-set+json` (RFC 7517 section 8.5). */
function isJson(contentType: string | null): boolean {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return mediaType === 'application/json' || /^application\/[a-z0-9.-]+\+json$/.test(mediaType);
}

function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new FetchFailed('invalid_text', undefined, cause);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new FetchFailed('invalid_json', undefined, cause);
  }
}
