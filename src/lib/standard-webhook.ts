import { createHmac, timingSafeEqual } from 'node:crypto';

/** The three headers of a Standard Webhooks message (standardwebhooks.com, symmetric signatures `v1`). */
export interface WebhookHeaders {
  /** `webhook-id`: the same on every delivery of a message. */
  readonly id: string | undefined;
  /** `webhook-timestamp`: Unix seconds of this delivery. */
  readonly timestamp: string | undefined;
  /** `webhook-signature`: space-separated `v1,<base64>`, one for each key in use. */
  readonly signature: string | undefined;
}

export type WebhookCheck =
  | { readonly genuine: true; readonly id: string }
  | {
      readonly genuine: false;
      readonly reason: 'missing_header' | 'bad_timestamp' | 'too_old' | 'too_new' | 'bad_signature';
    };

export const webhookToleranceMs = 300_000;

/** More signatures than keys anyone rotates: each costs a digest comparison. */
const maxSignatures = 16;

/**
 * Whether a message is from who knows one of the secrets, unchanged and of now. `body` is as received, byte for byte. Several secrets
 * allow one to be replaced without a gap.
 */
export function checkWebhook(
  secrets: readonly string[],
  { id, timestamp, signature }: WebhookHeaders,
  body: Uint8Array,
  nowMs: number,
): WebhookCheck {
  if (!id || !timestamp || !signature) return { genuine: false, reason: 'missing_header' };
  if (!/^\d{1,12}$/.test(timestamp)) return { genuine: false, reason: 'bad_timestamp' };
  const ageMs = nowMs - Number(timestamp) * 1000;
  if (ageMs > webhookToleranceMs) return { genuine: false, reason: 'too_old' };
  if (ageMs < -webhookToleranceMs) return { genuine: false, reason: 'too_new' };
  const given = signature
    .split(' ', maxSignatures)
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice(3), 'base64'));
  const genuine = secrets
    .map((secret) => digest(secret, id, timestamp, body))
    .some((expected) => given.some((each) => each.length === expected.length && timingSafeEqual(each, expected)));
  return genuine ? { genuine, id } : { genuine, reason: 'bad_signature' };
}

/** The `webhook-signature` of a message. */
export function signWebhook(secret: string, id: string, timestamp: string, body: Uint8Array): string {
  return `v1,${digest(secret, id, timestamp, body).toString('base64')}`;
}

function digest(secret: string, id: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
}

/** `whsec_` and base64, or any other text of at least 16 characters as it is. Throws on less: an empty secret would let everyone in. */
function keyOf(secret: string): Buffer {
  if (!secret.startsWith('whsec_') && secret.length >= 16) return Buffer.from(secret);
  const encoded = /^whsec_([A-Za-z0-9+/]{16,}={0,2})$/.exec(secret)?.[1];
  if (encoded === undefined)
    throw new TypeError('a webhook secret is whsec_<base64>, or text of at least 16 characters');
  return Buffer.from(encoded, 'base64');
}
