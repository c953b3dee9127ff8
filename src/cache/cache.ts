import type { StaleReply } from '../context/call-context.ts';
import { GatewayError, toGatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';
import { type AskStamp, AskStamps } from './ask-stamps.ts';
import { type Entry, forThisAnswerOnly, freshLeftMs, isKept, mayRevalidate, mayStandIn } from './entry.ts';
import type { Lifetime } from './freshness.ts';
import type { InvalidationLog } from './invalidation-log.ts';
import type { MemoryStore } from './memory-store.ts';
import { seal } from './seal.ts';
import type { SharedStore } from './shared-store.ts';

/** One record as the service just gave it. */
export interface Fill<V> {
  readonly value: V;
  readonly status: number;
  readonly etag: string | undefined;
  readonly tags: readonly string[];
  /** Undefined: for this answer only. */
  readonly lifetime: Lifetime | undefined;
}

export interface Question<V> {
  /** Cache keys, distinct: one, or one a record of a batch. */
  readonly keys: readonly string[];
  /**
   * One call to the service for some of the keys. `known` is what is held for a single key, if it has an ETag. `refresh` runs behind an
   * answer that has already been given: it must not end with the request. A key without a fill has its error.
   */
  readonly ask: (
    keys: readonly string[],
    known: Entry<V> | undefined,
    purpose: 'answer' | 'refresh',
  ) => Promise<ReadonlyMap<string, Fill<V> | Error>>;
}

export interface Answer<V> {
  readonly entry: Entry<V>;
  readonly source: 'fresh' | 'stale' | 'asked';
  /** Why a stale one was given. */
  readonly reason?: StaleReply['reason'];
}

/** One for each key: its answer, or the error that nothing could stand in for. */
export type Answers<V> = Map<string, Answer<V> | Error>;

/** A question on its way, with what has been found for it so far. */
interface Search<V> {
  readonly question: Question<V>;
  readonly answers: Answers<V>;
  /** Records past their time, by key: an ETag to ask with, and something to show if asking fails. */
  readonly old: Map<string, Entry<V>>;
}

export interface CacheOptions {
  readonly memory: MemoryStore;
  /** The tier that all instances share; absent in embedded mode. */
  readonly shared?: SharedStore;
  readonly invalidations: InvalidationLog;
  readonly clock: Clock;
}

/**
 * The algorithm, for one key as for a hundred:
 *
 * 1. *fresh* in memory: answer. *Recently stale*: answer, and fetch the next one behind it.
 * 2. The rest from Redis, by the same two rules.
 * 3. The rest from the service in one call; what comes back is kept as long as policy and service allow.
 * 4. Where that fails, the old record stands in if its policy lets it; else the key's answer is the error.
 */
export class Cache {
  readonly #memory: MemoryStore;
  readonly #shared: SharedStore | undefined;
  readonly #invalidations: InvalidationLog;
  readonly #clock: Clock;
  readonly #stamps = new AskStamps();
  readonly #refreshing = new Set<string>();

  constructor({ memory, shared, invalidations, clock }: CacheOptions) {
    this.#memory = memory;
    this.#shared = shared;
    this.#invalidations = invalidations;
    this.#clock = clock;
  }

  /** A fresh record from memory, without a promise: the hot path. */
  peek<V>(key: string): Entry<V> | undefined {
    const entry = this.#usable<V>(this.#memory.get(key));
    return entry && freshLeftMs(entry, this.#clock.monotonic()) > 0 ? entry : undefined;
  }

  async read<V>(question: Question<V>): Promise<Answers<V>> {
    const search: Search<V> = { question, answers: new Map(), old: new Map() };
    let open = this.#take(search, question.keys, (key) => this.#memory.get(key));
    if (open.length === 0) return search.answers;

    const look = await this.#shared?.getMany(open);
    // Memory once more: someone else's answer may have come while Redis was asked, and one call a key is enough.
    open = this.#take(search, open, (key) => this.#newer(key, look?.entries.get(key)));
    if (open.length > 0) await this.#ask(search, open, look?.sequence, 'answer');
    return search.answers;
  }

  /** Answers what the entries can answer now. Gives the keys that are still open. */
  #take<V>(search: Search<V>, keys: readonly string[], find: (key: string) => Entry | undefined): string[] {
    const now = this.#clock.monotonic();
    const open: string[] = [];
    const behind: string[] = [];
    for (const key of keys) {
      const entry = this.#usable<V>(find(key));
      if (entry && freshLeftMs(entry, now) > 0) search.answers.set(key, { entry, source: 'fresh' });
      else if (entry && mayRevalidate(entry, now)) {
        search.answers.set(key, { entry, source: 'stale', reason: 'revalidating' });
        search.old.set(key, entry);
        if (!this.#refreshing.has(key)) behind.push(key);
      } else {
        if (entry) search.old.set(key, entry);
        open.push(key);
      }
    }
    if (behind.length > 0) void this.#refresh(search, behind);
    return open;
  }

  /** Fetches the next of what was just answered stale: once a key, behind the answer, its failure unseen until the record is too old. */
  async #refresh<V>({ question, old }: Search<V>, keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#refreshing.add(key);
    const look = await this.#shared?.getMany(keys);
    const now = this.#clock.monotonic();
    // Another instance may have fetched it already.
    const open = keys.filter((key) => {
      const entry = this.#usable(this.#newer(key, look?.entries.get(key)));
      return !entry || freshLeftMs(entry, now) <= 0;
    });
    if (open.length > 0) await this.#ask({ question, old, answers: new Map() }, open, look?.sequence, 'refresh');
    for (const key of keys) this.#refreshing.delete(key);
  }

  async #ask<V>(
    search: Search<V>,
    keys: readonly string[],
    sequence: number | undefined,
    purpose: 'answer' | 'refresh' | 'again',
  ): Promise<void> {
    const { question, answers, old } = search;
    const mark = this.#invalidations.mark;
    const asked = keys.map((key) => ({ key, stamp: this.#stamps.begin(key, mark, sequence) }));
    const fills = await this.#fetch(question, keys, old, purpose === 'refresh' ? 'refresh' : 'answer');
    const outrun: string[] = [];
    for (const { key, stamp } of asked) {
      const fill = fills.get(key) ?? new GatewayError('INTERNAL_SERVER_ERROR', { context: { unanswered: key } });
      this.#stamps.end(key, stamp, !(fill instanceof Error));
      if (fill instanceof Error) answers.set(key, this.#standIn(key, old.get(key), fill));
      else if (purpose === 'answer' && this.#predates(stamp, mark, fill.tags)) outrun.push(key);
      else answers.set(key, { entry: this.#keep(key, fill, stamp), source: 'asked' });
    }
    // The call that was shared began before an invalidation which this caller came after, its own write perhaps: it is owed a newer reply.
    if (outrun.length > 0) await this.#ask(search, outrun, undefined, 'again');
  }

  /** The caller's one call; an error of the whole is an error of each key. */
  async #fetch<V>(
    question: Question<V>,
    keys: readonly string[],
    old: ReadonlyMap<string, Entry<V>>,
    purpose: 'answer' | 'refresh',
  ): Promise<ReadonlyMap<string, Fill<V> | Error>> {
    const only = keys.length === 1 ? old.get(keys[0] as string) : undefined;
    try {
      return await question.ask(keys, only?.etag === undefined ? undefined : only, purpose);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : toGatewayError(thrown);
      return new Map(keys.map((key) => [key, error]));
    }
  }

  #predates(stamp: AskStamp, mark: number, tags: readonly string[]): boolean {
    return mark > stamp.mark && this.#invalidations.isOld(stamp.mark, tags) && !this.#invalidations.isOld(mark, tags);
  }

  #keep<V>(key: string, fill: Fill<V>, stamp: AskStamp): Entry<V> {
    if (stamp.entry) return stamp.entry as Entry<V>;
    const { value, status, etag, tags, lifetime = forThisAnswerOnly } = fill;
    const { bytes, plain } = seal(value);
    const arrivedAt = this.#clock.monotonic();
    const entry: Entry<V> = { value, status, etag, tags, bytes, mark: stamp.mark, arrivedAt, lifetime };
    stamp.entry = entry;
    if (fill.lifetime === undefined) this.#forget(key);
    else if (!this.#invalidations.isOld(stamp.mark, tags)) {
      this.#memory.set(key, entry);
      if (plain && stamp.sequence !== undefined) this.#shared?.set(key, entry, stamp.sequence);
    }
    return entry;
  }

  /** The old record in place of an error, if its policy lets it and the service merely failed. A refusal is an answer, and ends what was known. */
  #standIn<V>(key: string, old: Entry<V> | undefined, error: Error): Answer<V> | Error {
    if (!(error instanceof GatewayError)) return error;
    if (error.code === 'FORBIDDEN') this.#forget(key);
    // A service's refusal of this very call (4xx) has an upstream code too, yet says itself that asking again is no use.
    const failed = error.retryable && (error.entry.metric === 'upstream_failure' || error.code === 'OVERLOADED');
    const entry = failed ? this.#usable<V>(old) : undefined;
    if (!entry || !mayStandIn(entry, this.#clock.monotonic())) return error;
    return { entry, source: 'stale', reason: reasonOf(error) };
  }

  #forget(key: string): void {
    this.#memory.delete(key);
    this.#shared?.delete(key);
  }

  /** What memory holds, or what Redis gave if that is fresher; the latter is taken into memory. */
  #newer(key: string, shared: Entry | undefined): Entry | undefined {
    const held = this.#usable(this.#memory.get(key));
    if (!shared || (held && freshLeftMs(held, 0) >= freshLeftMs(shared, 0))) return held;
    this.#memory.set(key, shared);
    return shared;
  }

  #usable<V>(entry: Entry | undefined): Entry<V> | undefined {
    if (!entry || !isKept(entry, this.#clock.monotonic())) return undefined;
    return this.#invalidations.isOld(entry.mark, entry.tags) ? undefined : (entry as Entry<V>);
  }
}

function reasonOf(error: GatewayError): StaleReply['reason'] {
  if (error.code === 'DEADLINE_EXCEEDED') return 'deadline';
  return error.context?.['reason'] === 'breaker_open' ? 'breaker_open' : 'upstream_error';
}
