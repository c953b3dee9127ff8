import type { LoadedConfig } from '../config/load.ts';
import type { Decisions } from '../gateway.ts';
import type { LimitCharge, Verdict } from '../rate-limit/limit-store.ts';
import type { MetricSnapshot } from '../telemetry/shared-metrics.ts';
import type { Channel } from './channel.ts';

/** What a worker answers its primary. */
export type WorkerAnswers = {
  metrics(value: null): Promise<MetricSnapshot>;
  /** That it answers at all. */
  ping(value: null): void;
  /** Nothing while it starts. */
  decisions(value: null): Decisions | null;
  /** To go over to another version of the configuration. Resolves when it serves by it. */
  reload(loaded: LoadedConfig): Promise<void>;
};

/** What a primary answers its workers, and is told by them. */
export type PrimaryAnswers = {
  start(value: null): WorkerStart;
  /** What another worker knows; nothing when there is none. Asked right before the worker serves. */
  decisions(value: null): Promise<Decisions | null>;
  serving(value: WorkerServing): void;
  health(value: { readonly ready: boolean; readonly reason: string }): void;
  /** Answers in the order of the questions. */
  count(asked: readonly CountQuestion[]): readonly (Verdict | number)[];
  /** Requests that ended since it was last told. */
  ended(value: { readonly requests: number; readonly rejections: number }): void;
};

export interface WorkerStart {
  readonly loaded: LoadedConfig;
  readonly workers: number;
}

export interface WorkerServing {
  readonly url: string;
  readonly adminUrl: string;
  /** Of the configuration that it serves by. */
  readonly hash: string;
}

/** `charge` or `adjust` of the counters that all workers share. */
export type CountQuestion =
  | { readonly consumer: string; readonly charges: readonly LimitCharge[] }
  | { readonly consumer: string; readonly counter: string; readonly windowMs: number; readonly amount: number };

export type ToWorker = Channel<WorkerAnswers, PrimaryAnswers>;
export type ToPrimary = Channel<PrimaryAnswers, WorkerAnswers>;
