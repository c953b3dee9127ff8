import { LRUCache } from 'lru-cache';
import type { Clock } from '../lib/clock.ts';
import type { LimitCharge, LimitStore, Verdict } from './limit-store.ts';
import { SlidingWindow } from './sliding-window.ts';

/** Consumers kept; beyond them the one seen longest ago is forgotten. Bounds memory whoever calls. */
const maxConsumers = 10_000;

/** Counters of this process, on the monotonic clock. The whole store where there is no Redis, the stand-in while it is lost. */
export class MemoryStore implements LimitStore<Verdict> {
  readonly #clock: Clock;
  readonly #consumers = new LRUCache<string, Map<string, SlidingWindow>>({ max: maxConsumers });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  charge(consumer: string, charges: readonly LimitCharge[]): Verdict {
    const now = Math.floor(this.#clock.monotonic());
    const opened = charges.map(({ counter, limit, windowMs, amount }) => {
      const window = this.#window(consumer, counter, windowMs);
      const time = window.advance(now);
      return { window, time, amount, waitMs: window.waitMs(amount, limit, time) };
    });
    const accepted = opened.every(({ waitMs }) => waitMs === 0);
    const states = opened.map(({ window, time, amount, waitMs }) => {
      if (accepted) window.add(amount, time);
      return window.state(time, waitMs);
    });
    return { accepted, states };
  }

  /** Adds units whatever the limit, or gives them back when below zero. Returns the units used. */
  adjust(consumer: string, counter: string, windowMs: number, amount: number): number {
    const window = this.#window(consumer, counter, windowMs);
    const time = window.advance(Math.floor(this.#clock.monotonic()));
    if (amount >= 0) window.add(amount, time);
    else window.refund(-amount);
    return window.used;
  }

  #window(consumer: string, counter: string, windowMs: number): SlidingWindow {
    let counters = this.#consumers.get(consumer);
    if (!counters) this.#consumers.set(consumer, (counters = new Map<string, SlidingWindow>()));
    let window = counters.get(counter);
    if (!window) counters.set(counter, (window = new SlidingWindow(windowMs)));
    return window;
  }
}
