import type { CounterState } from './limit-store.ts';

/** Requests that came within one slice of each other, counted as one: they leave the window together, when the last would. */
interface Entry {
  readonly startMs: number;
  lastMs: number;
  count: number;
}

/** A window is kept in at most this many slices and a rest, whatever the limit: a bound on memory, and 1/60 of accuracy. */
export const slicesPerWindow = 60;

/**
 * Units used in a window that slides. Strict: no stretch of one window's length ever holds more than the limit, also not around
 * a window's edge; the price is that a unit may count for one slice longer than the window. Time never runs back inside: a clock
 * that jumps back holds still for at most one window, then starts anew, so that nobody is locked out.
 */
export class SlidingWindow {
  readonly windowMs: number;
  readonly #sliceMs: number;
  readonly #entries: Entry[] = [];
  #used = 0;

  constructor(windowMs: number) {
    this.windowMs = windowMs;
    this.#sliceMs = Math.floor(windowMs / slicesPerWindow);
  }

  get used(): number {
    return this.#used;
  }

  /** Forgets what has left the window. Returns the time to count with, which `nowMs` is unless it ran back. */
  advance(nowMs: number): number {
    const entries = this.#entries;
    const tail = entries.at(-1);
    if (!tail) return nowMs;
    if (tail.lastMs - nowMs > this.windowMs) {
      entries.length = 0;
      this.#used = 0;
      return nowMs;
    }
    const time = Math.max(nowMs, tail.lastMs);
    let gone = 0;
    for (; gone < entries.length; gone++) {
      const entry = entries[gone];
      if (!entry || entry.lastMs + this.windowMs > time) break;
      this.#used -= entry.count;
    }
    if (gone > 0) entries.splice(0, gone);
    return time;
  }

  /** Adds units at a time from `advance`, whatever the limit. */
  add(amount: number, time: number): void {
    if (amount <= 0) return;
    const tail = this.#entries.at(-1);
    if (tail && time - tail.startMs < this.#sliceMs) {
      tail.lastMs = time;
      tail.count += amount;
    } else this.#entries.push({ startMs: time, lastMs: time, count: amount });
    this.#used += amount;
  }

  /** Gives units back, the newest first. */
  refund(amount: number): void {
    let left = amount;
    for (let entry = this.#entries.at(-1); entry && left > 0; entry = this.#entries.at(-1)) {
      const taken = Math.min(left, entry.count);
      entry.count -= taken;
      this.#used -= taken;
      left -= taken;
      if (entry.count > 0) break;
      this.#entries.pop();
    }
  }

  /** Milliseconds until an amount fits under a limit; 0 when it does now, a whole window when it never will. */
  waitMs(amount: number, limit: number, time: number): number {
    let excess = this.#used + amount - limit;
    if (excess <= 0 || amount <= 0) return 0;
    for (const entry of this.#entries) {
      excess -= entry.count;
      if (excess <= 0) return entry.lastMs + this.windowMs - time;
    }
    return this.windowMs;
  }

  state(time: number, waitMs: number): CounterState {
    const tail = this.#entries.at(-1);
    return { used: this.#used, resetMs: tail ? tail.lastMs + this.windowMs - time : 0, waitMs };
  }
}
