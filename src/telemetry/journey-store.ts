import { LRUCache } from 'lru-cache';
import type { JourneysConfig } from '../config/sections/journeys.ts';
import type { Clock } from '../lib/clock.ts';
import { type JourneyRecord, journeyRecord } from './journey-record.ts';
import type { Metrics } from './metrics.ts';
import type { RequestSummary } from './request-summary.ts';

/** What journeys need of Redis. */
export interface SharedJourneys {
  readonly available: boolean;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<boolean>;
}

export interface JourneyStoreParts {
  readonly config: JourneysConfig;
  /** Name of this process's profile. */
  readonly process: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Absent: this process alone can show what it kept. */
  readonly shared?: SharedJourneys | undefined;
  /** Uniform in [0, 1); `Math.random` unless a test says otherwise. */
  readonly random?: () => number;
}

/** Why a journey is kept. */
export type KeptFor = 'failed' | 'partial' | 'slow' | 'sampled';

/** One line of the list of latest journeys. */
export type JourneyLine = Pick<
  JourneyRecord,
  'correlationId' | 'startedAt' | 'client' | 'operation' | 'outcome' | 'status' | 'codes' | 'ms'
> & { readonly keptFor: KeptFor };

interface Kept {
  readonly line: JourneyLine;
  readonly text: string;
}

/** Roughly what an entry takes beside its text. */
const entryBytes = 600;
/** Of the memory, for the sampled ones: a busy day must not push out what failed. */
const sampledShare = 0.25;

/**
 * Keeps the journeys worth looking at, decided when the request has ended (tail sampling), as text of a known size. The decision costs
 * nothing for the many that are not kept.
 */
export class JourneyStore {
  readonly #parts: JourneyStoreParts;
  readonly #notable: LRUCache<string, Kept>;
  readonly #sampled: LRUCache<string, Kept>;
  readonly #random: () => number;
  readonly #counts;
  #second = 0;
  #keptThisSecond = 0;

  constructor(parts: JourneyStoreParts) {
    const { maxMemoryBytes } = parts.config;
    this.#parts = parts;
    this.#random = parts.random ?? Math.random;
    this.#notable = store(Math.floor(maxMemoryBytes * (1 - sampledShare)));
    this.#sampled = store(Math.floor(maxMemoryBytes * sampledShare));
    const counter = parts.metrics.counter(
      'facet_journeys_total',
      'Journeys kept, by why; `dropped` would have been kept but for the bound on how many a second.',
      ['kept'],
    );
    this.#counts = {
      failed: counter.labels('failed'),
      partial: counter.labels('partial'),
      slow: counter.labels('slow'),
      sampled: counter.labels('sampled'),
      dropped: counter.labels('dropped'),
    };
    parts.metrics.reading(
      'facet_journeys_bytes',
      'Memory that kept journeys take.',
      () => this.#notable.calculatedSize + this.#sampled.calculatedSize,
    );
  }

  /** Keeps a finished request's journey, or not. */
  offer(summary: RequestSummary): void {
    const keptFor = this.#reason(summary);
    if (!keptFor) return;
    if (!this.#mayKeep(summary.endedAt)) return this.#counts.dropped.inc();
    this.#counts[keptFor].inc();
    const { config, process, clock, shared } = this.#parts;
    const record = journeyRecord(summary, process, clock.now());
    const text = JSON.stringify(record);
    const { correlationId, startedAt, client, operation, outcome, status, codes, ms } = record;
    const line = { correlationId, startedAt, client, operation, outcome, status, codes, ms, keptFor };
    (keptFor === 'sampled' ? this.#sampled : this.#notable).set(correlationId, { line, text });
    if (config.sharedSeconds > 0 && shared?.available)
      void shared.set(keyOf(correlationId), text, config.sharedSeconds * 1_000).catch(() => undefined);
  }

  /** The journey of a request that this or, with Redis, any instance answered; undefined when it was not kept. */
  async find(correlationId: string): Promise<JourneyRecord | undefined> {
    const kept = this.#notable.peek(correlationId) ?? this.#sampled.peek(correlationId);
    if (kept) return JSON.parse(kept.text) as JourneyRecord;
    const { config, shared } = this.#parts;
    if (config.sharedSeconds === 0 || !shared?.available) return undefined;
    const text = await shared.get(keyOf(correlationId)).catch(() => null);
    return text === null ? undefined : (JSON.parse(text) as JourneyRecord);
  }

  /** Of this process, the latest first. */
  latest(count: number): JourneyLine[] {
    return [...take(this.#notable, count), ...take(this.#sampled, count)]
      .sort((left, right) => (left.startedAt < right.startedAt ? 1 : -1))
      .slice(0, count);
  }

  #reason({ outcome, startedAt, endedAt }: RequestSummary): KeptFor | undefined {
    if (outcome === 'failed') return 'failed';
    if (outcome === 'partial' || outcome === 'stale') return 'partial';
    if (endedAt - startedAt >= this.#parts.config.slowMs) return 'slow';
    return this.#random() < this.#parts.config.sampleRatio ? 'sampled' : undefined;
  }

  #mayKeep(now: number): boolean {
    const second = Math.floor(now / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#keptThisSecond = 0;
    }
    return ++this.#keptThisSecond <= this.#parts.config.maxPerSecond;
  }
}

function store(maxSize: number): LRUCache<string, Kept> {
  return new LRUCache({ maxSize, sizeCalculation: ({ text }) => 2 * text.length + entryBytes });
}

function* take(kept: LRUCache<string, Kept>, count: number): Generator<JourneyLine> {
  for (const { line } of kept.values()) {
    if (count-- <= 0) return;
    yield line;
  }
}

function keyOf(correlationId: string): string {
  return `facet:journey:${correlationId}`;
}
