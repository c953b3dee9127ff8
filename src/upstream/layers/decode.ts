import type { CallContext } from '../../context/call-context.ts';
import { retryAfterMs } from '../../resilience/retry-after.ts';
import { contractBody } from '../contract-body.ts';
import { BrokenJson, parseJsonBody } from '../json-body.ts';
import type { WireReply } from '../pool.ts';
import { readProblem } from '../problem-document.ts';
import { type FailureReason, UpstreamFailure, UpstreamProblem } from '../upstream-failure.ts';
import type { Call, Reply, Send } from '../call.ts';
import type { LayerFactory } from '../route-context.ts';

const jsonType = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i;
const problemType = /^application\/(?:problem\+)?json(?:\s*;\s*charset="?utf-8"?)?$/i;

/** The response headers that layers above look at. */
const kept = [
  'etag',
  'cache-control',
  'age',
  'date',
  'expires',
  'vary',
  'retry-after',
  'idempotency-replayed',
] as const;

/**
 * Makes the gateway's own records of what came over the wire, or says why not: status, media type, JSON, contract, mapping, in this
 * order. A connection that brought a broken body is closed, since nobody knows what else is on it.
 */
export const decode: LayerFactory = ({ route, policy, contracts, metrics, clock, log }) => {
  const { service, name, accepts = {}, map } = route;
  const check = contractBody(route, contracts, metrics);

  const fail = (reason: FailureReason, wire: WireReply, call: Call, detail: object = {}): UpstreamFailure => {
    const context = { status: wire.status, instance: call.instance?.name, ...detail };
    const afterMs = retryAfterMs(wire.headers, clock.now());
    const effect = reason === 'rate_limited' || reason === 'credential_refused' ? 'none' : 'unknown';
    return new UpstreamFailure(reason, {
      service,
      route: name,
      effect,
      context,
      ...(afterMs !== undefined && { retryAfterMs: afterMs }),
    });
  };

  /** A body that cannot be used: counted, and its connection closed. */
  const broken = (reason: 'body' | 'contract', kind: string, wire: WireReply, call: Call): UpstreamFailure => {
    wire.drop();
    if (reason === 'body') metrics.drifted('', kind);
    return fail(reason, wire, call, { kind });
  };

  const json = (wire: WireReply, call: Call, type: RegExp): unknown => {
    const contentType = wire.headers['content-type'];
    const encoding = wire.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') throw broken('body', 'content_encoding', wire, call);
    if (wire.body.length === 0) throw broken('body', 'empty', wire, call);
    if (typeof contentType !== 'string' || !type.test(contentType)) throw broken('body', 'media_type', wire, call);
    try {
      return parseJsonBody(wire.body, policy.maxJsonDepth);
    } catch (error) {
      throw broken('body', error instanceof BrokenJson ? error.fault : 'syntax', wire, call);
    }
  };

  /**
   * A record asked for by its key that is not in a reply which lost rows may be one of them: it failed, and nobody may say that it does
   * not exist.
   */
  const withFailedParts = (value: unknown, wire: WireReply, call: Call): unknown => {
    const keys = route.batch?.keysOf(call.input) ?? [];
    const parts = new Map(keys.map((key) => [key, route.batch?.pick(value, key)]));
    const gone = keys.filter((key) => parts.get(key) === null);
    if (!route.batch || gone.length === 0) return value;
    const failure = fail('record', wire, call);
    if (gone.length === keys.length) throw failure;
    for (const key of gone) parts.set(key, failure);
    return route.batch.join(parts);
  };

  const success = (wire: WireReply, call: Call): Reply => {
    const { body, dropped } = check ? (check(json(wire, call, jsonType)) ?? {}) : { body: undefined, dropped: 0 };
    if (dropped === undefined) throw broken('contract', 'contract', wire, call);
    let lost = dropped;
    let value: unknown;
    try {
      value = map(body, call.input, (count) => (lost = Math.max(lost, count)));
    } catch (cause) {
      metrics.drifted('', 'mapping');
      throw fail('contract', wire, call, { kind: 'mapping', cause: String(cause).slice(0, 200) });
    }
    if (lost > 0) {
      metrics.dropped.inc(lost);
      value = withFailedParts(value, wire, call);
    }
    return { value, status: wire.status, headers: pick(wire), bytes: wire.body.length, dropped: lost };
  };

  let warned = false;
  /** RFC 9745 and RFC 8594: the route will change or end. Counted always, said once. */
  const noteDeprecation = ({ headers: { deprecation, sunset } }: WireReply): void => {
    metrics.deprecated.inc();
    if (warned) return;
    warned = true;
    const said = {
      'facet.deprecation': String(deprecation).slice(0, 100),
      'facet.sunset': String(sunset).slice(0, 100),
    };
    log.warn(
      { 'event.action': 'upstream.deprecated', 'facet.service': service, 'facet.route': name, ...said },
      'a service announces the end of a route',
    );
  };

  const read = (wire: WireReply, call: Call): Reply => {
    const { status } = wire;
    if (wire.headers['deprecation'] ?? wire.headers['sunset']) noteDeprecation(wire);
    if (status === 304 && call.known) return { value: call.known.value, status, headers: pick(wire), bytes: 0 };
    const accepted = accepts[status];
    if (accepted) {
      const body = wire.body.length === 0 ? undefined : json(wire, call, problemType);
      return { value: accepted(body), status, headers: pick(wire), bytes: wire.body.length };
    }
    if (status >= 200 && status < 300) return success(wire, call);
    if (status === 401) throw fail('credential_refused', wire, call);
    if (status === 429) throw fail('rate_limited', wire, call);
    if (status === 408 || status === 504) throw fail('timeout', wire, call);
    if (status >= 500) throw fail('status', wire, call);
    if (status >= 400) throw new UpstreamProblem(service, name, status, readProblem(wire.body));
    // A redirect, or a 304 that nobody asked for: following it could lead anywhere.
    wire.drop();
    throw fail('protocol', wire, call);
  };

  return (next) => {
    const send = async (call: Call, context: CallContext): Promise<Reply> => {
      const reply = (await next(call, context)) as Reply<WireReply>;
      return read(reply.value, call);
    };
    return send as Send;
  };
};

function pick({ headers }: WireReply): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of kept) {
    const value = headers[name];
    if (value !== undefined) picked[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return picked;
}
