import { cacheKey } from '../../cache/cache-key.ts';
import type { CallContext } from '../../context/call-context.ts';
import { Deadline } from '../../context/deadline.ts';
import { DerivedContext } from '../../context/derived-context.ts';
import { toGatewayError } from '../../errors/gateway-error.ts';
import { type Flight, type JoinOptions, SingleFlight } from '../../resilience/single-flight.ts';
import type { BatchShape, Call, Reply, Send } from '../call.ts';
import { batchText, callText } from '../call-key.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
import { waveEnded, waveShare } from '../wave-share.ts';
import type { LayerFactory, RouteContext } from '../route-context.ts';

type Flights = SingleFlight<Reply>;
type AnyBatch = BatchShape<unknown, unknown>;

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
      flights.start(keys, (signal) =>
        next(call, new DerivedContext(caller, { signal, deadline: new Deadline(clock, flightMs) })),
      );

    const share = (flight: Flight<Reply>, caller: CallContext): Promise<Reply> =>
      caller.journey.measure('flight', name, () => flight.join(joinOptions(caller)), 'joined');

    /** Who cannot wait as long as the route may take asks alone: in a flight, its hurry would be that of all who join it. */
    const hurried = (caller: CallContext): boolean => waveShare(caller).shareMs < timeoutMs;

    const whole = (call: Call, caller: CallContext): Promise<Reply> => {
      const key = cacheKey(name, route.scope, caller.principal, callText(call));
      const known = key === undefined ? undefined : flights.find(key);
      if (known) {
        metrics.joined.inc();
        return share(known, caller);
      }
      if (key === undefined || hurried(caller)) return next(call, caller);
      return start([key], call, caller).join(joinOptions(caller));
    };

    const batched = (call: Call, caller: CallContext, batch: AnyBatch): Promise<Reply> => {
      const keys = partKeys(name, call, caller, batch);
      if (keys === undefined) return next(call, caller);
      const { shared, missing } = splitByFlight(keys, flights);
      if (shared.size === 0) {
        return hurried(caller) ? next(call, caller) : start([...keys.values()], call, caller).join(joinOptions(caller));
      }
      metrics.joined.inc();
      const replies = new Map([...shared].map(([flight, parts]) => [share(flight, caller), parts]));
      if (missing.length > 0) {
        const rest = { ...call, input: batch.narrow(call.input, missing) };
        const missingKeys = missing.map((part) => keys.get(part)!);
        replies.set(
          hurried(caller) ? next(rest, caller) : start(missingKeys, rest, caller).join(joinOptions(caller)),
          missing,
        );
      }
      return gather(batch, replies);
    };

    const send = async (call: Call, caller: CallContext): Promise<Reply> => {
      if (caller.signal.aborted) throw joinOptions(caller).left();
      const { wave } = waveShare(caller);
      try {
        return await (call.route.batch ? batched(call, caller, call.route.batch) : whole(call, caller));
      } finally {
        waveEnded(caller, wave);
      }
    };
    return send as Send;
  };
};

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
  batch: AnyBatch,
): Map<string, string> | undefined {
  const prefix = cacheKey(name, call.route.scope, principal, batchText(call));
  if (prefix === undefined) return undefined;
  const keys = new Map<string, string>();
  for (const part of batch.keysOf(call.input)) keys.set(part, prefix + part);
  return keys;
}

/** Which parts are under way already, by flight, and which must be asked for. */
function splitByFlight(keys: ReadonlyMap<string, string>, flights: Flights) {
  const shared = new Map<Flight<Reply>, string[]>();
  const missing: string[] = [];
  for (const [part, key] of keys) {
    const flight = flights.find(key);
    const parts = flight && shared.get(flight);
    if (parts) parts.push(part);
    else if (flight) shared.set(flight, [part]);
    else missing.push(part);
  }
  return { shared, missing };
}

/** Parts from several calls as one reply. A call that failed fails its own parts only, unless every one did. */
async function gather(batch: AnyBatch, asked: ReadonlyMap<Promise<Reply>, readonly string[]>): Promise<Reply> {
  const replies = await Promise.allSettled(asked.keys());
  const parts = new Map<string, unknown>();
  const arrived: Reply[] = [];
  for (const [index, keys] of [...asked.values()].entries()) {
    const reply = replies[index]!;
    if (reply.status === 'fulfilled') arrived.push(reply.value);
    for (const key of keys)
      parts.set(key, reply.status === 'fulfilled' ? batch.pick(reply.value.value, key) : toGatewayError(reply.reason));
  }
  if (arrived.length === 0) throw (replies[0] as PromiseRejectedResult).reason;
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
