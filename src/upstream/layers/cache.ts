import type { Answer, Fill } from '../../cache/cache.ts';
import { cacheKey } from '../../cache/cache-key.ts';
import type { Entry } from '../../cache/entry.ts';
import { lifetimeOf } from '../../cache/freshness.ts';
import type { CallContext } from '../../context/call-context.ts';
import { type CacheLayerOptions, contextBehind, noteAnswer, tellStale } from '../cache-report.ts';
import type { Call, Layer, Reply, Send } from '../call.ts';
import { callText } from '../call-key.ts';
import { readBatch } from './cache-batch.ts';

/** Layer 2 for reads with a cache policy. A batched call is taken apart into one question a record (`cache-batch.ts`). */
export function cacheLayer(options: CacheLayerOptions): Layer {
  return (next) => (call, context) => {
    const read = call.route.batch ? readBatch : readWhole;
    return read(options, next, call, context) ?? uncachedLayer(next)(call, context);
  };
}

/** Layer 2 for reads without one: says that the answer they are part of must not be kept. */
export const uncachedLayer: Layer = (next) => (call, context) => {
  context.report.reuse.maxAgeSeconds = 0;
  return next(call, context);
};

/** Undefined when nothing may be kept for this caller. */
function readWhole<Input, Output>(
  options: CacheLayerOptions,
  next: Send,
  call: Call<Input, Output>,
  context: CallContext,
): Promise<Reply<Output>> | undefined {
  const { route } = call;
  const key = cacheKey(`${route.service}.${route.name}`, route.scope, context.principal, callText(call));
  if (key === undefined) return undefined;
  const hit = options.cache.peek<Output>(key);
  if (hit) return Promise.resolve(deliver(options, call, context, { entry: hit, source: 'fresh' }, 0));
  return ask(options, next, call, context, key);
}

async function ask<Input, Output>(
  options: CacheLayerOptions,
  next: Send,
  call: Call<Input, Output>,
  context: CallContext,
  key: string,
): Promise<Reply<Output>> {
  let bytes = 0;
  const answers = await options.cache.read<Output>({
    keys: [key],
    async ask(_, known, purpose) {
      const question = known?.etag === undefined ? call : { ...call, known: { etag: known.etag, value: known.value } };
      const reply = await next(question, purpose === 'refresh' ? contextBehind(context, options) : context);
      bytes += reply.bytes;
      return new Map([[key, fillOf(options, call, reply, known)]]);
    },
  });
  const answer = answers.get(key) as Answer<Output> | Error;
  if (!(answer instanceof Error)) return deliver(options, call, context, answer, bytes);
  options.counters.failed.inc();
  throw answer;
}

function fillOf<Input, Output>(
  { policy, clock }: CacheLayerOptions,
  { route, input }: Call<Input, Output>,
  reply: Reply<Output>,
  known: Entry<Output> | undefined,
): Fill<Output> {
  const { value, headers } = reply;
  const tags = route.tags?.(value, input) ?? [];
  const confirmed = reply.status === 304 ? known : undefined;
  const status = confirmed?.status ?? reply.status;
  const etag = headers['etag'] ?? confirmed?.etag;
  const mayKeep = !reply.dropped && (status === 404 || (status >= 200 && status < 300));
  // RFC 9110 §15.4.5: a 304 MUST repeat Cache-Control. One that doesn't is taken to mean what was said before.
  const silent = confirmed && headers['cache-control'] === undefined;
  const lifetime = silent
    ? confirmed.lifetime
    : lifetimeOf(policy, { headers, scope: route.scope, missing: status === 404 }, clock.now());
  return { value, status, etag, tags, lifetime: mayKeep ? lifetime : undefined };
}

function deliver<Input, Output>(
  options: CacheLayerOptions,
  { route }: Call<Input, Output>,
  context: CallContext,
  answer: Answer<Output>,
  bytes: number,
): Reply<Output> {
  const now = options.clock.monotonic();
  const { value, status, etag } = answer.entry;
  noteAnswer(options, route, context, answer, now);
  if (answer.source === 'stale') tellStale(route, context, answer, now);
  return { value, status, headers: etag === undefined ? {} : { etag }, bytes };
}
