/**
 * What a request offers to be known by, as the ingress read it. A field is undefined when its header is absent; an empty
 * header is an empty string, and that is a credential too, a bad one.
 */
export interface Credentials {
  /** The `Authorization` header. */
  readonly authorization?: string | undefined;
  /** The `X-API-Key` header. */
  readonly apiKey?: string | undefined;
  /** The value of the session cookie. */
  readonly session?: string | undefined;
  /** A header came twice, so whose request it is would be a guess. */
  readonly repeated?: boolean;
}

/**
 * Reads the credential headers from raw name and value pairs, as Node has them in `rawHeaders`. From there and not from the
 * parsed headers, because Node keeps the first of two `Authorization` headers and drops the other in silence.
 */
export function credentialsFrom(rawHeaders: readonly string[], session?: string): Credentials {
  let authorization: string | undefined;
  let apiKey: string | undefined;
  let repeated = false;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    // Nearly every header is neither; its length says so without lower-casing it.
    if (name.length !== 13 && name.length !== 9) continue;
    const lower = name.toLowerCase();
    if (lower === 'authorization') {
      repeated ||= authorization !== undefined;
      authorization = rawHeaders[at + 1];
    } else if (lower === 'x-api-key') {
      repeated ||= apiKey !== undefined;
      apiKey = rawHeaders[at + 1];
    }
  }
  return { authorization, apiKey, session, repeated };
}
