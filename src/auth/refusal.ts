import { GatewayError } from '../errors/gateway-error.ts';
import { apiKeyChallenge, bearerChallenge } from './www-authenticate.ts';

/**
 * Why a caller is refused with 401. The name goes to logs and metrics; the sentence goes to the caller in `WWW-Authenticate`
 * and tells nothing that a forger could use. The set is bounded: reasons are metric labels.
 */
const tokenReasons = {
  malformed: 'The token is malformed.',
  too_long: 'The token is too long.',
  wrong_type: 'The token is not an access token.',
  unknown_extension: 'The token asks for an extension that is not understood.',
  algorithm_not_allowed: 'The signature algorithm is not accepted.',
  unknown_issuer: 'The issuer is not known.',
  unknown_key: 'The signing key is not known.',
  bad_signature: 'The signature is not valid.',
  expired: 'The token has expired.',
  not_yet_valid: 'The token is not valid yet.',
  wrong_audience: 'The token is meant for another audience.',
  bad_claims: 'A claim is missing or malformed.',
  sender_constrained: 'The token is bound to a key and cannot be used as a bearer token.',
} as const;

const plainReasons = ['missing', 'unknown_scheme', 'kind_not_accepted', 'session_ended'] as const;
const keyReasons = ['key_malformed', 'key_unknown', 'key_revoked', 'key_expired'] as const;

export type TokenReason = keyof typeof tokenReasons;
export type RefusalReason = TokenReason | (typeof plainReasons)[number] | (typeof keyReasons)[number];

const plain = Object.freeze({ 'www-authenticate': bearerChallenge() });
const key = Object.freeze({ 'www-authenticate': apiKeyChallenge });

const headers = new Map<RefusalReason, Readonly<Record<string, string>>>([
  ...Object.entries(tokenReasons).map(
    ([reason, text]) =>
      [reason as TokenReason, Object.freeze({ 'www-authenticate': bearerChallenge('invalid_token', text) })] as const,
  ),
  ...plainReasons.map((reason) => [reason, plain] as const),
  ...keyReasons.map((reason) => [reason, key] as const),
]);

/** A 401 with its challenge. */
export function unauthenticated(reason: RefusalReason, cause?: unknown): GatewayError {
  return new GatewayError('UNAUTHENTICATED', { headers: headers.get(reason) ?? plain, context: { reason }, cause });
}

const conflictHeaders = Object.freeze({
  'www-authenticate': bearerChallenge('invalid_request', 'Send exactly one credential, once.'),
});

/** More than one credential, or one sent twice: whose request it is would be a guess. RFC 6750 section 3.1, `invalid_request`. */
export function credentialsConflict(reason: 'two_kinds' | 'repeated'): GatewayError {
  return new GatewayError('CREDENTIALS_CONFLICT', { headers: conflictHeaders, context: { reason } });
}

/** Nobody knows whether the credential is good, because what could tell cannot be reached. Never a way in. */
export function authUnavailable(
  reason: 'no_keys' | 'key_set_unreachable' | 'key_store_unreachable' | 'session_store_unreachable',
  retryAfterMs: number,
): GatewayError {
  return new GatewayError('AUTH_UNAVAILABLE', {
    retryAfterMs,
    context: { reason },
  });
}

export function accountSuspended(status: string): GatewayError {
  return new GatewayError('ACCOUNT_SUSPENDED', { context: { reason: 'suspended', status } });
}

/** The reason of a refusal, for metrics. */
export function reasonOf(error: GatewayError): string {
  const reason = error.context?.['reason'];
  return typeof reason === 'string' ? reason : error.code.toLowerCase();
}
