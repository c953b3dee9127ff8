const samples = 128;
/** A quantile of fewer says nothing. */
const fewest = 20;
const refreshEvery = 16;

/** The 95th percentile of the last 128 durations, worked out anew every 16: cheap enough to be asked on every call. */
export class LatencyQuantile {
  readonly #durations = new Float64Array(samples);
  #count = 0;
  #p95: number | undefined;

  add(durationMs: number): void {
    this.#durations[this.#count++ % samples] = durationMs;
    if (this.#count >= fewest && this.#count % refreshEvery === 0) this.#refresh();
  }

  /** Milliseconds; `undefined` while there are too few samples. */
  get p95(): number | undefined {
    return this.#p95;
  }

  #refresh(): void {
    const known = this.#durations.slice(0, Math.min(this.#count, samples)).sort();
    this.#p95 = known[Math.floor(known.length * 0.95)];
  }
}
