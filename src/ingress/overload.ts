import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { OverloadConfig } from '../config/sections/overload.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Metrics } from '../telemetry/metrics.ts';

const sampleMs = 50;
const resolutionMs = 10;
/** In flight without a question while the process is in time: what a page of an app that comes back brings at once. */
const usualLimit = 256;
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
/** So many times the delay that is wanted is too late, whoever has the core, and trouble even if few ask anything of the process. */
const desperate = 4;

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
 * The limit is found, not configured: twenty times a second, by the mean delay of the event loop since the last look. Late, it is cut in
 * proportion; in time, it grows: by a twentieth where requests were refused, and to twice what is in flight where none were. A slow service
 * fills the process with requests that wait and costs no time in the loop, so it is none of this mechanism's business.
 * One stall (a garbage collection, a process that was stopped, a start) cuts a limit that is far away, and costs nobody anything.
 */
export class Overload {
  readonly #config: OverloadConfig;
  readonly #onChange: (shedding: boolean) => void;
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #shed;
  #timer: NodeJS.Timeout | undefined;
  #limit = usualLimit;
  #inFlight = 0;
  #leaving = 0;
  /** Since the last sample. */
  #mostInFlight = 0;
  #refused = 0;
  #trouble = 0;
  #lookedAt = 0;
  #cpuMs = 0;
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
    this.#delay.enable();
    this.#shareOfCore();
    this.#timer = setInterval(() => {
      if (this.#delay.count > 0) this.adjust(this.#delay.mean / 1e6 - resolutionMs, this.#shareOfCore());
      this.#delay.reset();
    }, sampleMs).unref();
  }

  /** The part of the time since the last look in which this thread ran. */
  #shareOfCore(): number {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage();
    const cpuMs = (user + system) / 1_000;
    const share = (cpuMs - this.#cpuMs) / (now - this.#lookedAt);
    this.#lookedAt = now;
    this.#cpuMs = cpuMs;
    return Math.min(1, share);
  }

  /** Lets a request in, which `leave` has to follow, or not. */
  enter(): boolean {
    if (this.#inFlight >= this.#limit) {
      this.#refused++;
      this.#shed.inc();
      return false;
    }
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

  /**
   * Takes in one sample: the mean delay since the last one, in milliseconds, and the share of a core that the process had. Of a delay
   * the same share is its own; the rest is its neighbours' or a quota's, and does not become less by doing less.
   */
  adjust(delayMs: number, shareOfCore = 1): void {
    this.#limit = this.#nextLimit(Math.max(delayMs * shareOfCore, delayMs / desperate));
    const troubled = this.#refused > 0 || delayMs > desperate * this.#config.maxEventLoopDelayMs;
    this.#trouble = troubled ? Math.min(mostTrouble, this.#trouble + troubleOfSample) : Math.max(0, this.#trouble - 1);
    if (this.#shedding ? this.#trouble === 0 : this.#trouble === mostTrouble) this.#change(!this.#shedding);
    this.#refused = 0;
    this.#mostInFlight = this.#inFlight;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#delay.disable();
    if (this.#shedding) this.#change(false);
  }

  readonly #endTurn = (): void => {
    this.#inFlight -= this.#leaving;
    this.#leaving = 0;
  };

  #nextLimit(delayMs: number): number {
    const limit = this.#limit;
    const wanted = this.#config.maxEventLoopDelayMs;
    if (delayMs > wanted) {
      // A cut that has not taken hold yet is not repeated: what is in flight needs its time, above all with slow services.
      if (this.#inFlight >= limit + 1) return limit;
      return Math.max(leastLimit, limit * Math.max(deepestCut, wanted / delayMs));
    }
    if (delayMs > wanted / 2) return limit;
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
