import type { Answer, Fill } from '../../cache/cache.ts';
import { cacheKey } from '../../cache/cache-key.ts';
import type { Entry } from '../../cache/entry.ts';
import { lifetimeOf } from '../../cache/freshness.ts';
import type { CallContext } from '../../context/call-context.ts';
import { type CachedRoute, contextBehind, noteAnswer, tellHits, tellStale } from '../cache-report.ts';
import type { Call, Layer, Reply, Send } from '../call.ts';
import type { LayerFactory } from '../route-context.ts';
import { callText } from '../call-key.ts';
import { readBatch } from './cache-batch.ts';

/** Answers reads from what is kept, and keeps what comes. A batched call is taken apart into one question a record (`cache-batch.ts`). */
export const cache: LayerFactory = ({ route, policy, caching, clock }) => {
  const { cache: keep, retry, timeoutMs } = policy;
  if (!caching || !keep) return uncached;
  const cached: CachedRoute = {
    records: caching.records,
    policy: {
      freshMs: keep.freshSeconds * 1_000,
      staleWhileRevalidateMs: keep.staleWhileRevalidateSeconds * 1_000,
      staleIfErrorMs: keep.staleIfErrorSeconds * 1_000,
      missingMs: keep.missingSeconds * 1_000,
    },
    counters: caching.metrics.forRoute(`${route.service}.${route.name}`),
    clock,
    refreshTimeoutMs: timeoutMs * (1 + retry.maxRetries),
  };
  return (next) => (call, context) => {
    const read = call.route.batch ? readBatch : readWhole;
    return read(cached, next, call, context) ?? uncached(next)(call, context);
  };
};

/** For reads without a policy: the answer they are part of must not be kept. */
const uncached: Layer = (next) => (call, context) => {
  context.report.reuse.maxAgeSeconds = 0;
  return next(call, context);
};

const fromMemory = { bytes: 0 };

/** Undefined when nothing may be kept for this caller. */
function readWhole<Input, Output>(
  cached: CachedRoute,
  next: Send,
  call: Call<Input, Output>,
  context: CallContext,
): Promise<Reply<Output>> | undefined {
  const { route } = call;
  const key = cacheKey(`${route.service}.${route.name}`, route.scope, context.principal, callText(call));
  if (key === undefined) return undefined;
  const hit = cached.records.peek<Output>(key);
  const startedAt = cached.clock.monotonic();
  if (hit)
    return Promise.resolve(deliver(cached, call, context, { entry: hit, source: 'fresh' }, fromMemory, startedAt));
  return ask(cached, next, call, context, key);
}

async function ask<Input, Output>(
  cached: CachedRoute,
  next: Send,
  call: Call<Input, Output>,
  context: CallContext,
  key: string,
): Promise<Reply<Output>> {
  const told = { bytes: 0, dropped: 0 };
  const startedAt = cached.clock.monotonic();
  const answers = await cached.records.read<Output>({
    keys: [key],
    async ask(_, known, purpose) {
      const question = known?.etag === undefined ? call : { ...call, known: { etag: known.etag, value: known.value } };
      const reply = await next(question, purpose === 'refresh' ? contextBehind(context, cached) : context);
      told.bytes += reply.bytes;
      told.dropped += reply.dropped ?? 0;
      return new Map([[key, fillOf(cached, call, reply, known)]]);
    },
  });
  const answer = answers.get(key) as Answer<Output> | Error;
  if (!(answer instanceof Error)) return deliver(cached, call, context, answer, told, startedAt);
  cached.counters.failed.inc();
  throw answer;
}

function fillOf<Input, Output>(
  { policy, clock }: CachedRoute,
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
  cached: CachedRoute,
  { route }: Call<Input, Output>,
  context: CallContext,
  answer: Answer<Output>,
  told: Pick<Reply, 'bytes' | 'dropped'>,
  startedAt: number,
): Reply<Output> {
  const now = cached.clock.monotonic();
  const { value, status, etag } = answer.entry;
  noteAnswer(cached, route, context, answer, now);
  if (answer.source === 'fresh') tellHits(route, context, 1, startedAt, now);
  if (answer.source === 'stale') tellStale(route, context, answer, now);
  return { value, status, headers: etag === undefined ? {} : { etag }, ...told };
}
