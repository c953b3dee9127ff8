import type { CallContext } from '../context/call-context.ts';
import type { Principal } from '../context/principal.ts';
import { withSpanId } from '../telemetry/trace-ids.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Call, UpstreamRequest } from './call.ts';

/** RFC 9110 §5.5 allows more in a field value; identifiers have no use for it. */
const plain = /^[\x21-\x7e]{1,512}$/;

/** How the gateway and its caller are made known to a service. */
export interface IdentityHeaders {
  /** Names and values that every attempt carries. */
  readonly fixedHeaders: readonly string[];
  /** A signed statement of who calls, for services that verify it (`auth/assertion.ts`). */
  readonly assertionOf: ((principal: Principal) => string | undefined) | undefined;
}

/**
 * The headers of one attempt, as a flat list of names and values. Only what the gateway itself vouches for goes out: nothing that the
 * client sent is passed on. A caller without a credential has no identity, so `X-User-ID` and `X-User-Role` are then absent.
 */
export function requestHeaders(
  service: IdentityHeaders,
  call: Call,
  request: UpstreamRequest,
  context: CallContext,
): string[] {
  const { principal, client } = context;
  const headers = [...service.fixedHeaders, 'x-correlation-id', context.correlationId, 'x-client-name', client.name];
  if (principal.role !== 'anonymous')
    headers.push('x-user-id', fieldSafe(principal.subject), 'x-user-role', principal.role);
  const assertion = service.assertionOf?.(principal);
  if (assertion !== undefined) headers.push('x-identity-assertion', assertion);
  if (client.version !== '') headers.push('x-client-version', fieldSafe(client.version));
  if (context.traceparent !== undefined)
    headers.push('traceparent', call.spanId ? withSpanId(context.traceparent, call.spanId) : context.traceparent);
  if (call.timeoutMs !== undefined) headers.push('x-request-deadline-ms', String(Math.ceil(call.timeoutMs)));
  if (call.idempotencyKey !== undefined) headers.push('idempotency-key', call.idempotencyKey);
  if (call.ifMatch !== undefined) headers.push('if-match', entityTag(call.ifMatch));
  if (call.known !== undefined) headers.push('if-none-match', call.known.etag);
  for (const name in request.headers) headers.push(name, request.headers[name] ?? '');
  if (request.body !== undefined && request.headers?.['content-type'] === undefined)
    headers.push('content-type', 'application/json');
  return headers;
}

/** What every attempt to a service carries, made once. */
export function fixedHeaders(credential: string): string[] {
  return [
    'authorization',
    `Bearer ${credential}`,
    'accept',
    'application/json, application/problem+json',
    // A compressed reply could hold any size; between machines of one site it saves little.
    'accept-encoding',
    'identity',
  ];
}

function fieldSafe(value: string): string {
  return plain.test(value) ? value : encodeURIComponent(value.toWellFormed()).slice(0, 512);
}

/** RFC 9110 §8.8.3. The value came from a client, so a wrong one is the client's mistake. */
function entityTag(version: string): string {
  const tag = version.startsWith('"') ? version : `"${version}"`;
  if (!/^"[\x21\x23-\x7e]{0,256}"$/.test(tag))
    throw new GatewayError('BAD_USER_INPUT', { publicMessage: 'The version to compare with is malformed.' });
  return tag;
}
