import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { IdempotencyConfig } from '../config/sections/idempotency.ts';
import type { Deadline } from '../context/deadline.ts';
import type { Clock } from '../lib/clock.ts';
import type { RedisClient } from '../redis/redis-client.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { fingerprint, type Intent, upstreamKey } from './key.ts';
import { MemoryStore } from './memory-store.ts';
import { type Claim, type Ending, RedisStore, type Try } from './redis-store.ts';

/** What an execution knows of its own end. Definite: the service said yes or no, and will say the same to the same key. */
export type Executed<T> = { readonly definite: true; readonly answer: T } | { readonly definite: false };

export type Outcome<T> =
  /** `replayed`: executed by another request, now or earlier. The answer went through JSON then. */
  | { readonly state: 'definite'; readonly answer: T; readonly replayed: boolean }
  /** It may have happened. Only a repetition with the same key can tell. */
  | { readonly state: 'unknown' }
  /** The key was used with other input: `IDEMPOTENCY_KEY_REUSED`. */
  | { readonly state: 'conflict' };

/**
 * The one call. Sends `upstreamKey`; says `definite` only of what the service has decided; throws only when it certainly had no effect.
 * `uncertain`: an earlier try may have had one, so that even an attempt which was never sent leaves the intent's end unknown.
 */
export type Execute<T> = (upstreamKey: string, uncertain: boolean) => Promise<Executed<T>>;

export interface Request extends Intent {
  /** The mutation's input, for comparison only. */
  readonly input: unknown;
  /** How long the caller waits for another's execution. */
  readonly deadline: Deadline;
}

export interface IdempotencyOptions {
  readonly config: IdempotencyConfig;
  /** Absent in embedded mode. */
  readonly redis?: RedisClient;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

interface Running {
  readonly fingerprint: string;
  readonly outcome: Promise<Outcome<unknown>>;
}

/** A larger answer is not kept; the service's own store gives it again. */
const maxAnswerLength = 262_144;

/** Between looks at a record that another instance is working on. Few wait: at most one request an instance and key. */
const pollMs = 25;

/**
 * Mutations that happen once. The authority is the service's own store, reached by one upstream key for all tries of an intent; what is
 * kept here only lets equal requests share one execution and its answer. So every shortcut is safe: with Redis lost, a record
 * forgotten, a lease run out or a process killed, the worst is one more call with the same key.
 */
export class Idempotency {
  readonly #secret: string;
  readonly #leaseMs: number;
  readonly #memory: MemoryStore;
  readonly #redis: RedisStore | undefined;
  readonly #running = new Map<string, Running>();
  readonly #count: (outcome: 'executed' | 'joined' | 'replayed' | 'unknown' | 'conflict') => void;

  constructor({ config, redis, clock, metrics }: IdempotencyOptions) {
    const ttlMs = config.ttlHours * 3_600_000;
    this.#secret = config.secret;
    this.#leaseMs = config.leaseMs;
    this.#memory = new MemoryStore(config.maxMemoryEntries, ttlMs, clock);
    this.#redis = redis && new RedisStore(redis, config.leaseMs, ttlMs);
    const counter = metrics.counter(
      'facet_idempotent_mutations_total',
      'Mutations with an idempotency key: executed here, joined (an equal one under way), replayed, unknown, conflict.',
      ['outcome'],
    );
    this.#count = (outcome) => counter.inc({ outcome });
  }

  /**
   * Executes an intent unless an equal request has done so or is about to; then gives that one's outcome. What `execute` throws is
   * thrown to all who share it, and leaves the intent open.
   */
  async run<T>(request: Request, execute: Execute<T>): Promise<Outcome<T>> {
    const key = upstreamKey(this.#secret, request);
    const print = fingerprint(this.#secret, request.mutation, request.input);
    const outcome = await this.#share(key, print, request.deadline, execute);
    if (outcome.state !== 'definite') this.#count(outcome.state);
    return outcome;
  }

  async #share<T>(key: string, print: string, deadline: Deadline, execute: Execute<T>): Promise<Outcome<T>> {
    const running = this.#running.get(key);
    if (running) {
      if (running.fingerprint !== print) return { state: 'conflict' };
      this.#count('joined');
      return asReplay(await inTime(running.outcome as Promise<Outcome<T>>, deadline));
    }
    const known = this.#memory.find(key);
    if (known && known.fingerprint !== print) return { state: 'conflict' };
    if (known?.answer !== undefined) return this.#replay(known.answer);

    const attempt = { key, fingerprint: print, token: randomUUID() };
    const outcome = this.#claimAndExecute(attempt, known?.uncertain ?? false, deadline, execute);
    this.#running.set(key, { fingerprint: print, outcome });
    try {
      return await outcome;
    } finally {
      this.#running.delete(key);
    }
  }

  async #claimAndExecute<T>(
    attempt: Try,
    uncertain: boolean,
    deadline: Deadline,
    execute: Execute<T>,
  ): Promise<Outcome<T>> {
    const claim = await this.#claim(attempt, deadline);
    if (claim.state === 'claimed') return this.#execute(attempt, uncertain || claim.uncertain, execute);
    if (claim.state !== 'done') return { state: claim.state === 'conflict' ? 'conflict' : 'unknown' };
    const { answer } = claim;
    this.#memory.remember(attempt.key, { fingerprint: attempt.fingerprint, answer, uncertain: false });
    return this.#replay(answer);
  }

  /**
   * Waits while another instance is at it, until its end, the end of its lease or this caller's deadline. Without Redis it is ours, and
   * nobody here knows what another instance has done.
   */
  async #claim(attempt: Try, deadline: Deadline): Promise<Claim> {
    if (!this.#redis) return { state: 'claimed', uncertain: false };
    let awaited = '';
    for (;;) {
      const claim = await this.#redis.claim(attempt, awaited).catch(() => undefined);
      if (!claim) return { state: 'claimed', uncertain: true };
      if (claim.state !== 'running' || deadline.remainingMs() <= pollMs) return claim;
      awaited = claim.holder;
      await delay(pollMs);
    }
  }

  async #execute<T>(attempt: Try, uncertain: boolean, execute: Execute<T>): Promise<Outcome<T>> {
    const store = this.#redis;
    const renewal = store && setInterval(() => void store.renew(attempt).catch(() => undefined), this.#leaseMs / 3);
    let ending: Ending = 'untouched';
    try {
      const executed = await execute(attempt.key, uncertain);
      ending = executed.definite ? endingOf(executed.answer) : 'unknown';
      if (!executed.definite) return { state: 'unknown' };
      this.#count('executed');
      return { state: 'definite', answer: executed.answer, replayed: false };
    } finally {
      clearInterval(renewal);
      this.#memory.remember(attempt.key, {
        fingerprint: attempt.fingerprint,
        answer: typeof ending === 'string' ? undefined : ending.answer,
        uncertain: ending === 'unknown' || (ending === 'untouched' && uncertain),
      });
      // Awaited, so that whoever repeats the request after this answer finds it, on any instance.
      await store?.end(attempt, ending).catch(() => undefined);
    }
  }

  #replay<T>(answer: string): Outcome<T> {
    this.#count('replayed');
    return { state: 'definite', answer: JSON.parse(answer) as T, replayed: true };
  }
}

/** An answer that is too large to keep leaves the intent as if its end were unknown: the service gives the answer again. */
function endingOf(answer: unknown): Ending {
  const text = JSON.stringify(answer) ?? 'null';
  return text.length > maxAnswerLength ? 'unknown' : { answer: text };
}

function asReplay<T>(outcome: Outcome<T>): Outcome<T> {
  return outcome.state === 'definite' ? { ...outcome, replayed: true } : outcome;
}

/** The outcome, or `unknown` for who cannot wait so long. The execution goes on. */
async function inTime<T>(outcome: Promise<Outcome<T>>, deadline: Deadline): Promise<Outcome<T>> {
  const timer = new AbortController();
  const late = delay(Math.max(0, deadline.remainingMs()), { state: 'unknown' } as const, { signal: timer.signal });
  late.catch(() => undefined);
  try {
    return await Promise.race([outcome, late]);
  } finally {
    timer.abort();
  }
}
