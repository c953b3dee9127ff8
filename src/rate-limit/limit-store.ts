/** One limit that a request counts against. Times are milliseconds; amounts are requests or cost units, whole numbers. */
export interface LimitCharge {
  /** Where it is counted: `consumer`, `cost`, `client:…`, `operation:…`. Unique within one charge. */
  readonly counter: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly amount: number;
}

/** A counter after a charge. */
export interface CounterState {
  /** Units used in the window, this charge included if it was accepted. */
  readonly used: number;
  /** Until nothing of the present use counts any more. */
  readonly resetMs: number;
  /** Until the amount fits; 0 when it does. A whole window when it never will. */
  readonly waitMs: number;
}

/** All or nothing: when one limit has no room, none is charged. */
export interface Verdict {
  readonly accepted: boolean;
  /** In the order of the charges. */
  readonly states: readonly CounterState[];
}

/** What counting means, in memory and in Redis alike: `sliding-window.ts` is the definition, the Lua script its translation. */
export interface LimitStore<Result> {
  charge(consumer: string, charges: readonly LimitCharge[]): Result;
}

/** Counters that several processes share; both reject while they cannot be reached. */
export interface SharedCounters extends LimitStore<Promise<Verdict>> {
  /** Adds units whatever the limit, or gives them back when below zero. Resolves to the units used. */
  adjust(consumer: string, counter: string, windowMs: number, amount: number): Promise<number>;
}

/** The counters of this machine, where several workers of it share them. */
export interface MachineCounters extends SharedCounters {
  readonly workers: number;
}
