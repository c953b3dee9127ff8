import { performance } from 'node:perf_hooks';
import type { OverloadConfig } from '../config/sections/overload.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Metrics } from '../telemetry/metrics.ts';

const sampleMs = 50;
/** With more idle time than that, the process does all that is asked of it, however long one turn of its loop takes. */
const leastBusy = 0.9;
/** In flight without a question while the process is in time: what comes in a tenth of a second of a busy hour, should the loop stand still so long. */
const usualLimit = 512;
/** Below this a limit helps nobody: so few requests cannot be why the process is late. */
const leastLimit = 16;
/** From one sample to the next: carefully while requests are refused, faster when there is nothing to lose. */
const growth = 1.05;
const recovery = 1.1;
/** One late sample takes at most so much of the limit: a stall looks like an overload, and is over with it. */
const deepestCut = 0.5;
/** Others are asked to take the load after four samples with a refusal, and no more after a second (20 samples) without one. */
const mostTrouble = 20;
const troubleOfSample = 5;
/** So many times the time that is wanted is too long, whoever has the core. */
const desperate = 24;

/** The event loop since the last look. */
export interface LoopSample {
  /** Mean length of its turns, idle time left out, in milliseconds: so long may wait who comes next. */
  readonly turnMs: number;
  /** The part of the time in which it was not idle. */
  readonly busy: number;
  /** The part of the time in which its thread had a core. */
  readonly shareOfCore: number;
  /** How late the look itself was, in milliseconds. */
  readonly lateMs: number;
}

export interface OverloadParts {
  readonly config: OverloadConfig;
  readonly metrics: Metrics;
  /** Told when load begins to be shed and when that is over. */
  readonly onChange: (shedding: boolean) => void;
}

/**
 * Holds the number of requests in flight to what the process can work on in time. What is beyond it waits in the event loop, where
 * it makes everything late, refusals and probes too; so it is refused at once, before any work.
 *
 * The limit is found, not configured: twenty times a second, by the mean length of the event loop's turns. While the loop has no idle time
 * and its turns are too long it is cut in proportion; otherwise it grows: by a twentieth where requests were refused, and to twice what is in
 * flight where none were. Few in flight are also cheaper: with 256 a request takes a third more CPU than with 64, for garbage that lives longer. A slow
 * service fills the process with requests that wait and costs no time in the loop, so it is none of this mechanism's business.
 * One stall (a garbage collection, a process that was stopped, a start) cuts a limit that is far away, and costs nobody anything.
 */
export class Overload {
  readonly #config: OverloadConfig;
  readonly #onChange: (shedding: boolean) => void;
  readonly #shed;
  #timer: NodeJS.Timeout | undefined;
  #limit = usualLimit;
  #inFlight = 0;
  #leaving = 0;
  /** Since the last sample. */
  #mostInFlight = 0;
  #refused = 0;
  #trouble = 0;
  #last = look();
  #shedding = false;

  constructor({ config, metrics, onChange }: OverloadParts) {
    this.#config = config;
    this.#onChange = onChange;
    this.#shed = metrics.counter('facet_shed_requests_total', 'Requests refused because too many were in flight.');
    metrics.reading('facet_requests_in_flight', 'Requests being worked on now.', () => this.#inFlight);
    metrics.reading('facet_requests_in_flight_limit', 'Beyond so many, requests are refused.', () => this.limit);
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Begins to watch: once the process is ready, since starting blocks the loop. */
  start(): void {
    if (this.#timer) return;
    this.#last = look();
    this.#timer = setInterval(() => {
      const now = look();
      this.adjust(sampleOf(this.#last, now));
      this.#last = now;
    }, sampleMs).unref();
  }

  /** Was there no room for somebody in this second? */
  get isShedding(): boolean {
    return this.#trouble > 0;
  }

  /** Is there no room for a request? Then it counts as refused. */
  refuses(): boolean {
    if (this.#inFlight < this.#limit) return false;
    this.#refused++;
    this.#shed.inc();
    return true;
  }

  /** Lets a request in, which `leave` has to follow, or not. */
  enter(): boolean {
    if (this.refuses()) return false;
    if (++this.#inFlight > this.#mostInFlight) this.#mostInFlight = this.#inFlight;
    return true;
  }

  /**
   * A request that was let in has its answer. How long its reader takes for it is no load. Its place is free in the next turn of the event
   * loop and not before: what needs no service is done within one turn, and however many of those there are, one turn must not take them all.
   */
  leave(): void {
    if (++this.#leaving === 1) setImmediate(this.#endTurn);
  }

  /** What those are told who are not let in. */
  get refusal(): GatewayError {
    return new GatewayError('OVERLOADED', { retryAfterMs: this.#config.retryAfterSeconds * 1_000 });
  }

  /** Takes in what the loop was since the last time. */
  adjust(sample: LoopSample): void {
    this.#limit = this.#nextLimit(sample);
    const troubled = this.#refused > 0;
    this.#trouble = troubled ? Math.min(mostTrouble, this.#trouble + troubleOfSample) : Math.max(0, this.#trouble - 1);
    if (this.#shedding ? this.#trouble === 0 : this.#trouble === mostTrouble) this.#change(!this.#shedding);
    this.#refused = 0;
    this.#mostInFlight = this.#inFlight;
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#shedding) this.#change(false);
  }

  readonly #endTurn = (): void => {
    this.#inFlight -= this.#leaving;
    this.#leaving = 0;
  };

  #nextLimit({ turnMs, busy, shareOfCore, lateMs }: LoopSample): number {
    const limit = this.#limit;
    const wantedMs = this.#config.maxEventLoopDelayMs;
    // What its neighbours or a quota took of the time does not become less by doing less: it counts when nothing is answered in time.
    const longestMs = Math.max(busy < leastBusy ? 0 : turnMs, lateMs);
    const ownMs = Math.max(busy < leastBusy ? 0 : turnMs * shareOfCore, longestMs / desperate);
    if (ownMs > wantedMs) {
      // A cut that has not taken hold yet is not repeated: what is in flight needs its time, above all with slow services.
      if (this.#inFlight >= limit + 1) return limit;
      return Math.max(leastLimit, limit * Math.max(deepestCut, wantedMs / ownMs));
    }
    if (ownMs > wantedMs / 2) return limit;
    if (this.#refused > 0) return limit * growth;
    const room = Math.max(usualLimit, 2 * this.#mostInFlight);
    return limit < room
      ? Math.min(room, Math.max(limit * recovery, 2 * this.#mostInFlight))
      : Math.max(room, limit / recovery);
  }

  #change(shedding: boolean): void {
    this.#shedding = shedding;
    this.#onChange(shedding);
  }
}

/** What the process has counted since it started, in milliseconds. */
interface Look {
  readonly at: number;
  readonly turns: number;
  readonly idleMs: number;
  readonly cpuMs: number;
}

function look(): Look {
  const { user, system } = process.threadCpuUsage();
  return {
    at: performance.now(),
    turns: performance.nodeTiming.uvMetricsInfo.loopCount,
    idleMs: performance.eventLoopUtilization().idle,
    cpuMs: (user + system) / 1_000,
  };
}

function sampleOf(last: Look, now: Look): LoopSample {
  const ms = now.at - last.at;
  const busyMs = Math.max(0, ms - (now.idleMs - last.idleMs));
  return {
    turnMs: busyMs / Math.max(1, now.turns - last.turns),
    busy: busyMs / ms,
    shareOfCore: Math.min(1, (now.cpuMs - last.cpuMs) / ms),
    lateMs: ms - sampleMs,
  };
}
