import type { CallContext } from '../../context/call-context.ts';
import { requestHeaders } from '../headers.ts';
import { BodyTooLarge, Lease } from '../pool.ts';
import { type FailureReason, UpstreamFailure } from '../upstream-failure.ts';
import type { Call, Send } from '../call.ts';
import type { LayerFactory } from '../route-context.ts';

/** The end of the way: sends one attempt over its instance's connections. Its reply's value is the `WireReply` that decode reads. */
export const pool: LayerFactory = ({ route, policy, service }) => {
  const { method } = route;
  const send = async (call: Call, context: CallContext) => {
    const request = route.request(call.input);
    const lease = new Lease();
    const wire = {
      method,
      path: request.path,
      headers: requestHeaders(service, call, request, context),
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      signal: call.signal,
      maxBodyBytes: policy.maxBodyBytes,
    };
    try {
      const value = await call.instance!.pool.send(wire, lease);
      return { value, status: value.status, headers: {}, bytes: value.body.length };
    } catch (error) {
      throw failureOf(error, call, lease);
    }
  };
  return () => send as Send;
};

function failureOf(error: unknown, call: Call, lease: Lease): unknown {
  const reason = reasonOf(error, call.signal, lease);
  // An argument that undici refuses is our bug, and should look like one.
  if (reason === undefined) return error;
  const { service, name } = call.route;
  const { code, message } = error as NodeJS.ErrnoException;
  return new UpstreamFailure(reason, {
    service,
    route: name,
    effect: lease.connected ? 'unknown' : 'none',
    context: { instance: call.instance?.name, cause: code ?? message?.slice(0, 200) },
  });
}

const protocolFaults = /^UND_ERR_(?:RES_CONTENT_LENGTH_MISMATCH|HEADERS_OVERFLOW|INFO|RESPONSE)/;
const certificateFaults = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

function reasonOf(error: unknown, signal: AbortSignal | undefined, lease: Lease): FailureReason | undefined {
  if (signal?.aborted) return signal.reason instanceof UpstreamFailure ? signal.reason.reason : 'aborted';
  if (error instanceof BodyTooLarge) return 'body';
  const { name, code = '' } = error as NodeJS.ErrnoException;
  if (code === 'UND_ERR_INVALID_ARG') return undefined;
  if (certificateFaults.test(code)) return 'certificate';
  if (name === 'HTTPParserError' || protocolFaults.test(code)) return 'protocol';
  return lease.connected ? 'reset' : 'connect';
}
