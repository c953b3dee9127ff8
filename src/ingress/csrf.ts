import type { IncomingMessage } from 'node:http';
import type { Profile } from '../context/profile.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { isJsonBody } from './media-type.ts';

/**
 * Stage 4, cross-site request forgery, where the profile asks for it. A request must be one that a browser sends to another site only
 * after a preflight: a JSON body by its media type, anything else by a header that no form and no link can set (the three below).
 * `Sec-Fetch-Site` catches what is cross-site all the same, unless the page's origin is one of ours and has been admitted before.
 */
export function checkCsrf(
  { method, headers }: IncomingMessage,
  profile: Pick<Profile, 'csrf'>,
  admitted: boolean,
): void {
  if (profile.csrf === 'off') return;
  if (headers['sec-fetch-site'] === 'cross-site' && !admitted) throw rejected('cross_site');
  // Browsers preflight every other method; decode refuses it.
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') return;
  if (method === 'POST' && isJsonBody(headers['content-type'])) return;
  if (!headers['apollo-require-preflight'] && !headers['x-apollo-operation-name'] && !headers['x-facet-csrf'])
    throw rejected('no_header');
}

function rejected(reason: 'cross_site' | 'no_header'): GatewayError {
  return new GatewayError('CSRF_REJECTED', { context: { reason } });
}
