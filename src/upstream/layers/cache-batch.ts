import type { Answer, Answers, Fill } from '../../cache/cache.ts';
import { cacheKey } from '../../cache/cache-key.ts';
import { lifetimeOf } from '../../cache/freshness.ts';
import type { CallContext } from '../../context/call-context.ts';
import { type CachedRoute, contextBehind, noteAnswer, tellHits, tellStale } from '../cache-report.ts';
import type { BatchShape, Call, Reply, Send } from '../call.ts';
import { batchText } from '../call-key.ts';

/**
 * A batched read as the cache sees it: `ids=a,b,c` is three records, each kept on its own; those that aren't held are fetched in one
 * call. Undefined when nothing may be kept for this caller.
 */
export function readBatch<Input, Output>(
  cached: CachedRoute,
  next: Send,
  call: Call<Input, Output>,
  context: CallContext,
): Promise<Reply<Output>> | undefined {
  const { route } = call;
  const batch = route.batch as BatchShape<Input, Output>;
  const parts = batch.keysOf(call.input);
  const prefix = cacheKey(`${route.service}.${route.name}`, route.scope, context.principal, batchText(call));
  if (prefix === undefined) return undefined;
  const partOf = new Map<string, string>();
  for (const part of parts) partOf.set(prefix + part, part);
  return ask(cached, next, call, context, batch, partOf);
}

async function ask<Input, Output>(
  cached: CachedRoute,
  next: Send,
  call: Call<Input, Output>,
  context: CallContext,
  batch: BatchShape<Input, Output>,
  partOf: ReadonlyMap<string, string>,
): Promise<Reply<Output>> {
  const told = { bytes: 0, dropped: 0 };
  const startedAt = cached.clock.monotonic();
  const answers = await cached.records.read<unknown>({
    keys: [...partOf.keys()],
    async ask(keys, _, purpose) {
      const wanted = keys.map((key) => partOf.get(key) as string);
      const question = { ...call, input: batch.narrow(call.input, wanted) };
      const reply = await next(question, purpose === 'refresh' ? contextBehind(context, cached) : context);
      told.bytes += reply.bytes;
      // A call that was shared may have lost a row of what somebody else asked for.
      if (reply.dropped && wanted.some((part) => mayLack(batch.pick(reply.value, part)))) told.dropped += reply.dropped;
      return new Map(keys.map((key, index) => [key, fillOf(cached, call, batch, reply, wanted[index] as string)]));
    },
  });
  const values = valuesOf(cached, call, context, answers, partOf, startedAt);
  return { value: batch.join(values), status: 200, headers: {}, ...told };
}

function fillOf<Input, Output>(
  { policy, clock }: CachedRoute,
  { route, input }: Call<Input, Output>,
  batch: BatchShape<Input, Output>,
  reply: Reply<Output>,
  part: string,
): Fill<unknown> | Error {
  const value = batch.pick(reply.value, part) ?? null;
  if (value instanceof Error) return value;
  const missing = value === null;
  // A route's tags are made from records; where there is none, the entry's short life is all that ends it.
  const found = batch.join(missing ? new Map() : new Map([[part, value]]));
  const tags = route.tags?.(found, batch.narrow(input, [part])) ?? [];
  const lifetime = lifetimeOf(policy, { headers: reply.headers, scope: route.scope, missing }, clock.now());
  // The ETag is the batch's, not the record's.
  const whole = !reply.dropped || !mayLack(value);
  return { value, status: missing ? 404 : 200, etag: undefined, tags, lifetime: whole ? lifetime : undefined };
}

/** Where broken rows were dropped, a missing record may be one of them, and a list may lack one. */
function mayLack(value: unknown): boolean {
  return (value ?? null) === null || value instanceof Error || Array.isArray(value);
}

/** Records by part; a part that failed beside others has its error. All of them failed: throws. */
function valuesOf<Input, Output>(
  cached: CachedRoute,
  { route }: Call<Input, Output>,
  context: CallContext,
  answers: Answers<unknown>,
  partOf: ReadonlyMap<string, string>,
  startedAt: number,
): ReadonlyMap<string, unknown> {
  const now = cached.clock.monotonic();
  const values = new Map<string, unknown>();
  const errors: Error[] = [];
  let fresh = 0;
  let oldest: Answer<unknown> | undefined;
  for (const [key, part] of partOf) {
    const answer = answers.get(key) as Answer<unknown> | Error;
    if (answer instanceof Error) {
      errors.push(answer);
      cached.counters.failed.inc();
      values.set(part, answer);
    } else {
      noteAnswer(cached, route, context, answer, now);
      if (answer.source === 'fresh') fresh++;
      if (answer.source === 'stale' && !(oldest && oldest.entry.arrivedAt < answer.entry.arrivedAt)) oldest = answer;
      values.set(part, answer.entry.value);
    }
  }
  if (fresh > 0) tellHits(route, context, fresh, startedAt, now);
  const [first] = errors;
  if (first && errors.length === partOf.size) throw first;
  if (first) context.report.reuse.maxAgeSeconds = 0;
  if (oldest) tellStale(route, context, oldest, now);
  return values;
}
