/** RFC 6750 section 3.1: the two codes that a challenge of ours may carry. */
export type BearerError = 'invalid_token' | 'invalid_request';

const realm = 'facet';

/**
 * The `WWW-Authenticate` of a refusal (RFC 9110 section 11.6.1, RFC 6750 section 3). Without an error when the request carried
 * no credential that we know: RFC 6750 says a challenge then SHOULD NOT tell more.
 */
export function bearerChallenge(error?: BearerError, description?: string): string {
  if (error === undefined) return `Bearer realm="${realm}"`;
  return `Bearer realm="${realm}", error="${error}"${description ? `, error_description="${description}"` : ''}`;
}

/** API keys have no registered scheme; the name only tells a person which credential was judged. */
export const apiKeyChallenge = `ApiKey realm="${realm}"`;
