import type { AlertsConfig } from '../config/sections/alerts.ts';

interface SecondCount {
  second: number;
  requests: number;
  rejections: number;
}

/** What the last window looked like. */
export interface RejectionWindow {
  readonly requests: number;
  readonly rejections: number;
  readonly percent: number;
}

/**
 * When an alert on rejections opens and when it closes again. Counts by the second over a sliding window; opens above one line,
 * closes below a lower one held for two windows, so that a rate near the line does not ring all night.
 */
export class RejectionRate {
  readonly #settings: AlertsConfig['rejections'];
  readonly #seconds: SecondCount[];
  #open = false;
  #calmSince: number | undefined;

  constructor(settings: AlertsConfig['rejections']) {
    this.#settings = settings;
    this.#seconds = Array.from({ length: settings.windowSeconds }, () => ({ second: -1, requests: 0, rejections: 0 }));
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Counts finished requests. Times are monotonic milliseconds. */
  count(requests: number, rejections: number, nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    const slot = this.#seconds[second % this.#seconds.length];
    if (!slot) return;
    if (slot.second !== second) {
      slot.second = second;
      slot.requests = 0;
      slot.rejections = 0;
    }
    slot.requests += requests;
    slot.rejections += rejections;
  }

  window(nowMs: number): RejectionWindow {
    const oldest = Math.floor(nowMs / 1000) - this.#seconds.length;
    let [requests, rejections] = [0, 0];
    for (const slot of this.#seconds) {
      if (slot.second <= oldest) continue;
      requests += slot.requests;
      rejections += slot.rejections;
    }
    return { requests, rejections, percent: requests === 0 ? 0 : (100 * rejections) / requests };
  }

  /** Looks at the window now; says when the alert opens or closes. */
  evaluate(nowMs: number): 'trigger' | 'resolve' | undefined {
    const { requests, percent } = this.window(nowMs);
    const { abovePercent, belowPercent, minRequests, windowSeconds } = this.#settings;
    if (!this.#open) {
      if (requests < minRequests || percent <= abovePercent) return undefined;
      this.#open = true;
      this.#calmSince = undefined;
      return 'trigger';
    }
    if (percent >= belowPercent) {
      this.#calmSince = undefined;
      return undefined;
    }
    this.#calmSince ??= nowMs;
    if (nowMs - this.#calmSince < 2 * windowSeconds * 1000) return undefined;
    this.#open = false;
    return 'resolve';
  }
}
