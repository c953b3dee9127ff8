import { GatewayError } from '../errors/gateway-error.ts';

/** An argument that cannot be meant. `text` must be safe for anyone and short. */
export function badInput(text: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', { publicMessage: text });
}
