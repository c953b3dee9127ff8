import Opossum from 'opossum';
import type { Clock } from '../lib/clock.ts';

/** `neither`: the attempt was cut short by us, so it says nothing about the service. */
export type Verdict = 'failure' | 'alive' | 'neither';

export type BreakerState = 'closed' | 'open' | 'half-open' | 'forced-open' | 'forced-closed';

export interface CircuitBreakerOptions {
  /** Share of failed attempts in the window, 0 to 1, at which it opens. */
  readonly failureRatio: number;
  readonly windowMs: number;
  /** Attempts in the window below which it never opens. */
  readonly minimumCalls: number;
  /** Time after opening until one probe is let through. */
  readonly openMs: number;
  /** Successful probes in a row, one at a time, that close it. */
  readonly probes: number;
}

/** An operator's word that stands over what the breaker has seen. */
export interface ForcedState {
  readonly state: 'open' | 'closed';
  readonly actor: string;
  readonly reason: string;
  /** Epoch milliseconds at which the breaker decides for itself again. */
  readonly endsAt: number;
}

export const maxForcedMs = 24 * 60 * 60 * 1_000;

/** A probe that we cut short tells nothing: the next one follows soon, not after the whole open time. */
const unclearProbeMs = 500;

/** The circuit is open: nothing was sent. */
export class BreakerOpen extends Error {
  override readonly name = 'BreakerOpen';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('The circuit is open');
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * One circuit over opossum, which owns the rolling window and the states. Its timeout, cache, coalescing, capacity and abort
 * controller stay off: each of these has another owner. Ours are three rules it lacks: an outcome that counts neither way, several
 * probes before it closes, and an operator's override.
 */
export class CircuitBreaker<Arguments extends unknown[], Result> {
  readonly #action: (...args: Arguments) => Promise<Result>;
  readonly #options: CircuitBreakerOptions;
  readonly #verdict: (error: unknown) => Verdict;
  readonly #onChange: (state: BreakerState) => void;
  readonly #clock: Clock;
  readonly #settings: Opossum.Options;
  readonly #circuit: Opossum<Arguments, Result>;
  #forced: ForcedState | undefined;
  /** Monotonic milliseconds; the wall clock may jump. */
  #forcedUntil = 0;
  #probesPassed = 0;
  /** Monotonic milliseconds at which the next probe is let through. */
  #probeAt = 0;

  constructor(
    action: (...args: Arguments) => Promise<Result>,
    options: CircuitBreakerOptions,
    verdict: (error: unknown) => Verdict,
    onChange: (state: BreakerState) => void,
    clock: Clock,
  ) {
    this.#action = action;
    this.#options = options;
    this.#verdict = verdict;
    this.#onChange = onChange;
    this.#clock = clock;
    this.#settings = {
      timeout: false,
      cache: false,
      enableSnapshots: false,
      rollingPercentilesEnabled: false,
      // opossum opens above its threshold, we promise to open at it.
      errorThresholdPercentage: options.failureRatio * 100 - 0.01,
      volumeThreshold: options.minimumCalls,
      rollingCountTimeout: options.windowMs,
      rollingCountBuckets: 10,
      resetTimeout: options.openMs,
      errorFilter: (error: unknown) => this.#isNoFailure(error),
    };
    this.#circuit = new Opossum(action, this.#settings);
    this.#circuit.on('open', () => this.#opened());
    this.#circuit.on('failure', () => (this.#probesPassed = 0));
    this.#circuit.on('halfOpen', () => this.#onChange(this.state));
    this.#circuit.on('close', () => this.#closed());
  }

  get state(): BreakerState {
    const forced = this.forced;
    if (forced) return `forced-${forced.state}`;
    if (this.#circuit.opened) return 'open';
    return this.#circuit.halfOpen ? 'half-open' : 'closed';
  }

  /** Whether an attempt would be let through now; in the half-open state only while no probe is on its way. */
  get admits(): boolean {
    const forced = this.forced;
    if (forced) return forced.state === 'closed';
    return this.#circuit.closed || this.#circuit.pendingClose;
  }

  /** Milliseconds until a next attempt may be let through; 0 when one would be now. */
  get retryAfterMs(): number {
    const forced = this.forced;
    if (forced) return forced.state === 'open' ? Math.ceil(this.#forcedUntil - this.#clock.monotonic()) : 0;
    return this.#circuit.opened ? Math.max(1, Math.ceil(this.#probeAt - this.#clock.monotonic())) : 0;
  }

  /** The override, while it lasts. */
  get forced(): ForcedState | undefined {
    if (this.#forced !== undefined && this.#clock.monotonic() >= this.#forcedUntil) this.release();
    return this.#forced;
  }

  /** Attempts and failures in the rolling window. */
  get window(): { readonly calls: number; readonly failures: number } {
    const { fires, failures } = this.#circuit.stats;
    return { calls: fires, failures };
  }

  /** Runs the action, or rejects with `BreakerOpen` without running it. */
  fire(...args: Arguments): Promise<Result> {
    if (!this.admits) return Promise.reject(new BreakerOpen(this.retryAfterMs));
    return this.#forced === undefined ? this.#circuit.fire(...args) : this.#action(...args);
  }

  /** Sets an operator's override. Throws a `RangeError` when its end is not within the next 24 hours. */
  force(forced: ForcedState): void {
    const lengthMs = forced.endsAt - this.#clock.now();
    if (!(lengthMs > 0 && lengthMs <= maxForcedMs)) throw new RangeError('endsAt must lie within the next 24 hours');
    this.#forced = forced;
    this.#forcedUntil = this.#clock.monotonic() + lengthMs;
    this.#onChange(this.state);
  }

  release(): void {
    this.#forced = undefined;
    this.#onChange(this.state);
  }

  shutdown(): void {
    this.#circuit.shutdown();
  }

  /** opossum's error filter: what it is told to be no failure it counts as a success. */
  #isNoFailure(error: unknown): boolean {
    const verdict = this.#verdict(error);
    if (verdict !== 'neither') return verdict === 'alive';
    if (this.#circuit.halfOpen) {
      this.#settings.resetTimeout = Math.min(unclearProbeMs, this.#options.openMs);
      return false;
    }
    const [bucket] = this.#circuit.status.window;
    if (bucket) {
      bucket.fires--;
      bucket.successes--;
    }
    return true;
  }

  #opened(): void {
    this.#probeAt = this.#clock.monotonic() + Number(this.#settings.resetTimeout);
    this.#settings.resetTimeout = this.#options.openMs;
    this.#onChange(this.state);
  }

  #closed(): void {
    this.#probesPassed++;
    if (this.#probesPassed < this.#options.probes) {
      this.#settings.resetTimeout = 1;
      this.#circuit.open();
      return;
    }
    this.#probesPassed = 0;
    // What was seen before it opened must not weigh on the healed service.
    for (const bucket of this.#circuit.status.window) Object.assign(bucket, { fires: 0, successes: 0, failures: 0 });
    this.#onChange(this.state);
  }
}
