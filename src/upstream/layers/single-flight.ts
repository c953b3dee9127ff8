import { cacheKey } from '../../cache/cache-key.ts';
import type { CallContext } from '../../context/call-context.ts';
import { Deadline } from '../../context/deadline.ts';
import { toGatewayError } from '../../errors/gateway-error.ts';
import { type Flight, type JoinOptions, SingleFlight } from '../../resilience/single-flight.ts';
import type { BatchShape, Call, Reply, Send } from '../call.ts';
import { callText, partTexts } from '../call-key.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
import { waveEnded, waveShare } from '../wave-share.ts';
import type { LayerFactory, RouteContext } from '../route-context.ts';

type Flights = SingleFlight<Reply>;

/**
 * Equal reads of one caller that are under way at once share one call; of a batch, each record is shared on its own. A flight has time
 * enough for all its attempts, whoever started it; each who waits for it does so for its own time only.
 */
export const singleFlight: LayerFactory = (context) => {
  const { route, policy, metrics, clock } = context;
  const { timeoutMs, retry } = policy;
  const flightMs = (retry.maxRetries + 1) * (timeoutMs + retry.maxDelayMs) + 1_000;
  const flights: Flights = new SingleFlight();
  const joinOptions = joinOptionsOf(context);
  const name = `${route.service}.${route.name}`;

  return (next) => {
    const start = (keys: readonly string[], call: Call, caller: CallContext): Flight<Reply> =>
      flights.start(keys, (signal) => next(call, flightContext(caller, signal, new Deadline(clock, flightMs))));

    const whole = (call: Call, caller: CallContext, key: string): Promise<Reply> => {
      const known = flights.find(key);
      if (known) metrics.joined.inc();
      return (known ?? start([key], call, caller)).join(joinOptions(caller));
    };

    const batched = (
      call: Call,
      caller: CallContext,
      batch: BatchShape<unknown, unknown>,
      keys: ReadonlyMap<string, string>,
    ) => {
      const shared = new Map<Flight<Reply>, string[]>();
      const missing: string[] = [];
      for (const [part, key] of keys) {
        const flight = flights.find(key);
        if (flight) shared.set(flight, [...(shared.get(flight) ?? []), part]);
        else missing.push(part);
      }
      if (shared.size === 0) return start([...keys.values()], call, caller).join(joinOptions(caller));
      metrics.joined.inc();
      if (missing.length > 0) {
        const narrowed = { ...call, input: batch.narrow(call.input, missing) };
        shared.set(
          start(
            missing.map((part) => keys.get(part)!),
            narrowed,
            caller,
          ),
          missing,
        );
      }
      return gather(batch, shared, joinOptions(caller));
    };

    const send = async (call: Call, caller: CallContext): Promise<Reply> => {
      const { batch, scope } = call.route;
      const { wave } = waveShare(caller);
      try {
        if (!batch) {
          const key = cacheKey(name, scope, caller.principal, callText(call));
          return await (key === undefined ? next(call, caller) : whole(call, caller, key));
        }
        const keys = partKeys(name, call, caller, batch);
        return await (keys === undefined ? next(call, caller) : batched(call, caller, batch, keys));
      } finally {
        waveEnded(caller, wave);
      }
    };
    return send as Send;
  };
};

/** The context of whoever started a flight, without what ends that one request. */
function flightContext(caller: CallContext, signal: AbortSignal, deadline: Deadline): CallContext {
  const { correlationId, traceparent, principal, client, log, journey, report } = caller;
  return { correlationId, traceparent, principal, client, log, journey, report, signal, deadline };
}

function joinOptionsOf({ route }: RouteContext): (caller: CallContext) => JoinOptions {
  const failure = { service: route.service, route: route.name, effect: 'none' } as const;
  const late = (): Error => new UpstreamFailure('deadline', failure);
  const left = (): Error => new UpstreamFailure('aborted', failure);
  return (caller) => ({ timeoutMs: Math.max(0, waveShare(caller).shareMs), signal: caller.signal, late, left });
}

/** The key of each part of a batch; `undefined` when the reply depends on a caller that has no identity. */
function partKeys(
  name: string,
  call: Call,
  { principal }: CallContext,
  batch: BatchShape<unknown, unknown>,
): Map<string, string> | undefined {
  const parts = batch.keysOf(call.input);
  const texts = partTexts(call, parts);
  const keys = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    const key = cacheKey(name, call.route.scope, principal, texts[index]!);
    if (key === undefined) return undefined;
    keys.set(part, key);
  }
  return keys;
}

/** Parts from several flights as one reply. A flight that failed fails its own parts only, unless every one did. */
async function gather(
  batch: BatchShape<unknown, unknown>,
  shared: ReadonlyMap<Flight<Reply>, readonly string[]>,
  options: JoinOptions,
): Promise<Reply> {
  const replies = await Promise.allSettled([...shared.keys()].map((flight) => flight.join(options)));
  const parts = new Map<string, unknown>();
  const arrived: Reply[] = [];
  for (const [index, keys] of [...shared.values()].entries()) {
    const reply = replies[index]!;
    if (reply.status === 'fulfilled') arrived.push(reply.value);
    for (const key of keys)
      parts.set(key, reply.status === 'fulfilled' ? batch.pick(reply.value.value, key) : toGatewayError(reply.reason));
  }
  const [first] = arrived;
  if (!first) throw (replies[0] as PromiseRejectedResult).reason;
  const sum = (of: (reply: Reply) => number): number => arrived.reduce((total, reply) => total + of(reply), 0);
  return {
    value: batch.join(parts),
    status: 200,
    headers: commonHeaders(arrived),
    bytes: sum(({ bytes }) => bytes),
    dropped: sum(({ dropped = 0 }) => dropped),
  };
}

/** What replies of one route agree on; where they say different things of caching, nothing may be kept. */
function commonHeaders(replies: readonly Reply[]): Readonly<Record<string, string>> {
  const said = replies.map(({ headers }) => headers['cache-control']);
  const [first] = said;
  if (said.some((value) => value !== first)) return { 'cache-control': 'no-store' };
  return first === undefined ? {} : { 'cache-control': first };
}
