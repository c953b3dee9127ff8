import type { Quota } from '../context/quota.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { quotaHeaders } from './quota-headers.ts';

/** `RATE_LIMITED` for a quota that has no room. `waitMs`: until the same request would fit. */
export function rateLimited(quota: Quota, waitMs: number, publicMessage?: string): GatewayError {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  return new GatewayError('RATE_LIMITED', {
    ...(publicMessage !== undefined && { publicMessage }),
    retryAfterMs: waitMs,
    details: {
      quota: quota.name,
      limit: quota.limit,
      remaining: quota.remaining,
      reset: quota.resetSeconds,
      retryAfter,
    },
    headers: { ...quotaHeaders([quota]), 'retry-after': String(retryAfter) },
    context: { reason: quota.name },
  });
}

/** `RATE_LIMITED` for a consumer that an operator blocked, for the time that is left of it. */
export function blocked(leftMs: number): GatewayError {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  const quota = { name: 'blocked', limit: 0, remaining: 0, resetSeconds: seconds, windowSeconds: seconds };
  return rateLimited(quota, leftMs, 'This consumer is blocked for now.');
}
