import { createHmac } from 'node:crypto';
import type { Principal } from '../context/principal.ts';
import { canonicalJson } from '../lib/canonical-json.ts';

/** One intent of one caller, by the caller's own name for it. */
export interface Intent {
  readonly principal: Pick<Principal, 'issuer' | 'subject'>;
  /** The mutation's field name: the same key on another mutation is another intent. */
  readonly mutation: string;
  /** `idempotencyKey` of the mutation's input, as sent. */
  readonly clientKey: string;
}

/** What the services' contracts allow, too: 1 to 255 visible ASCII characters. */
export function isClientKey(text: string): boolean {
  return /^[\x21-\x7e]{1,255}$/.test(text);
}

/**
 * The `Idempotency-Key` that goes to the service: made from the intent alone, so that every instance makes the same one, before and
 * after a restart, with Redis and without. Keyed, so that a caller can neither name nor guess another's.
 */
export function upstreamKey(secret: string, { principal, mutation, clientKey }: Intent): string {
  return hmac(secret, ['key', principal.issuer, principal.subject, mutation, clientKey]);
}

/**
 * Equal for equal input of one mutation, whatever the order of its members. Keyed, because a plain digest of little input (an order and
 * an amount) can be found by trying, and it lies in Redis for a day.
 */
export function fingerprint(secret: string, mutation: string, input: unknown): string {
  return hmac(secret, ['fingerprint', mutation, input]);
}

function hmac(secret: string, parts: readonly unknown[]): string {
  return createHmac('sha256', secret).update(canonicalJson(parts)).digest('base64url');
}
