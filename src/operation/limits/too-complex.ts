import { GatewayError } from '../../errors/gateway-error.ts';

/** `OPERATION_TOO_COMPLEX` for one bound. `limit` names it for programs; the numbers are safe to show. */
export function tooComplex(
  limit: string,
  maximum: number,
  publicMessage: string,
  details: Readonly<Record<string, unknown>> = {},
): GatewayError {
  return new GatewayError('OPERATION_TOO_COMPLEX', {
    publicMessage,
    details: { limit, maximum, ...details },
    context: { reason: limit },
  });
}
