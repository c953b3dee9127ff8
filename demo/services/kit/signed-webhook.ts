import { createHmac, timingSafeEqual } from 'node:crypto';

/** The three headers of a Standard Webhooks message (standardwebhooks.com, symmetric scheme `v1`). */
export interface WebhookHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

const toleranceSeconds = 300;

export function signWebhook(secret: string, id: string, epochSeconds: number, body: string): WebhookHeaders {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(epochSeconds),
    'webhook-signature': `v1,${signatureOf(secret, id, String(epochSeconds), body)}`,
  };
}

/** True when the signature is ours and the message is at most five minutes old or early. */
export function isWebhookGenuine(
  secret: string,
  headers: Record<string, string | string[] | undefined>,
  body: string,
  nowSeconds: number,
): boolean {
  const id = headers['webhook-id'];
  const sentAt = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof sentAt !== 'string' || typeof signatures !== 'string') return false;
  if (!/^\d{1,12}$/.test(sentAt) || Math.abs(nowSeconds - Number(sentAt)) > toleranceSeconds) return false;
  const expected = Buffer.from(signatureOf(secret, id, sentAt, body));
  return signatures.split(' ').some((entry) => {
    const given = Buffer.from(entry.startsWith('v1,') ? entry.slice(3) : '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** A secret is `whsec_` and base64; any other text is used as it is. */
function signatureOf(secret: string, id: string, sentAt: string, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  return createHmac('sha256', key).update(`${id}.${sentAt}.${body}`).digest('base64');
}
