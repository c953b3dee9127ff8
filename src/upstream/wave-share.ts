import type { CallContext } from '../context/call-context.ts';
import { deadlineShare } from '../resilience/deadline-share.ts';

/** Milliseconds that a call which starts now may use of its request, and the wave of calls that it belongs to. */
export interface WaveShare {
  readonly wave: number;
  readonly shareMs: number;
}

/** A call belongs to the wave after the last one of which a call has ended; the waves that the operation plans after it keep their time. */
export function waveShare({ report, deadline }: CallContext): WaveShare {
  const wave = report.finishedWaves + 1;
  const laterWaves = Math.max(0, report.plannedWaves - wave);
  return { wave, shareMs: deadlineShare(deadline.remainingMs(), laterWaves) };
}

/** To be told when a call of a wave has ended. */
export function waveEnded({ report }: CallContext, wave: number): void {
  if (report.finishedWaves < wave) report.finishedWaves = wave;
}
