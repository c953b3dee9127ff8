import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../errors/gateway-error.ts';

const wholeMilliseconds = /^[1-9]\d{0,8}$/;

/** Milliseconds for the whole answer: the profile's, or fewer if `X-Request-Timeout-Ms` says so. Never more. */
export function timeoutFor(headers: IncomingHttpHeaders, mostMs: number): number {
  const asked = headers['x-request-timeout-ms'];
  if (asked === undefined) return mostMs;
  if (typeof asked !== 'string' || !wholeMilliseconds.test(asked))
    throw new GatewayError('BAD_REQUEST', {
      publicMessage: 'X-Request-Timeout-Ms must be a whole number of milliseconds above 0.',
    });
  return Math.min(Number(asked), mostMs);
}
