import type { LoadedConfig } from '../config/load.ts';
import type { LimitCharge, Verdict } from '../rate-limit/limit-store.ts';
import type { MetricSnapshot } from '../telemetry/shared-metrics.ts';
import type { ForcedBreakers } from '../upstream/create-upstream.ts';
import type { Channel } from './channel.ts';

/** What a worker answers its primary. */
export type WorkerAnswers = {
  metrics(value: null): Promise<MetricSnapshot>;
  /** Circuits that operators forced. */
  decisions(value: null): readonly ForcedBreakers[];
  /** To go over to another version of the configuration. Resolves when it serves by it. */
  reload(loaded: LoadedConfig): Promise<void>;
};

/** What a primary answers its workers, and is told by them. */
export type PrimaryAnswers = {
  start(value: null): WorkerStart;
  /** What operators decided and the other workers know. Asked right before the worker serves. */
  decisions(value: null): Promise<readonly ForcedBreakers[]>;
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
