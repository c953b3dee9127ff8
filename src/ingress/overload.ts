import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { OverloadConfig } from '../config/sections/overload.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Metrics } from '../telemetry/metrics.ts';

const sampleMs = 100;
const resolutionMs = 10;
/** Share of requests that is let in at the worst: something must get through, or nobody knows when it is over. */
const leastShare = 0.05;
const growth = 0.1;
/** Late samples in a row before anything is shed: one garbage collection or a busy neighbour is no overload. */
const patience = 3;

export interface OverloadParts {
  readonly config: OverloadConfig;
  readonly metrics: Metrics;
  /** Told when shedding begins and when it is over. */
  readonly onChange: (shedding: boolean) => void;
}

/**
 * Sheds load by the delay of the event loop, ten times a second: when it stays above the limit the share of requests that are let in
 * shrinks in proportion, below half of it the share grows back by a tenth. One late sample is a stall and no overload: whoever stopped
 * the process for a moment, start-up included, must not cost the requests after it. So the process settles where it does as much useful
 * work as it can,
 * rather than swing between everything and nothing. A refusal costs some microseconds and is answered at once.
 */
export class Overload {
  readonly #config: OverloadConfig;
  readonly #onChange: (shedding: boolean) => void;
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  #timer: NodeJS.Timeout | undefined;
  readonly #shed;
  #share = 1;
  #lateSamples = 0;
  /** Sum of shares since a request was last let in. */
  #credit = 0;

  constructor({ config, metrics, onChange }: OverloadParts) {
    this.#config = config;
    this.#onChange = onChange;
    this.#shed = metrics.counter('facet_shed_requests_total', 'Requests refused because the event loop was late');
  }

  /** Begins to watch: once the process is ready, since starting blocks the loop. */
  start(): void {
    if (this.#timer) return;
    this.#delay.enable();
    this.#timer = setInterval(() => {
      if (this.#delay.count > 0) this.adjust(this.#delay.mean / 1e6 - resolutionMs);
      this.#delay.reset();
    }, sampleMs).unref();
  }

  /** Stage 3: throws `OVERLOADED` for the requests that do not fit. */
  check(): void {
    if (this.#share === 1) return;
    this.#credit += this.#share;
    if (this.#credit >= 1) {
      this.#credit -= 1;
      return;
    }
    this.#shed.inc();
    throw new GatewayError('OVERLOADED', { retryAfterMs: this.#config.retryAfterSeconds * 1000 });
  }

  /** Takes in one sample: the mean delay since the last one, in milliseconds. */
  adjust(delayMs: number): void {
    const limit = this.#config.maxEventLoopDelayMs;
    const before = this.#share;
    this.#lateSamples = delayMs > limit ? this.#lateSamples + 1 : 0;
    if (this.#lateSamples >= patience) this.#share = Math.max(leastShare, (before * limit) / delayMs);
    else if (delayMs < limit / 2) this.#share = Math.min(1, before + growth);
    if ((before === 1) !== (this.#share === 1)) this.#onChange(this.#share !== 1);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#delay.disable();
  }
}
