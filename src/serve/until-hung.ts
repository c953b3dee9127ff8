import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds. Long enough for the longest stall that a process comes back from, a debugger's aside. */
export const patience = { everyMs: 2_000, silentMs: 15_000, againMs: 5_000 };

/**
 * Pings somebody now and then. Resolves to true when there was no answer for `silentMs`, to false when it is `gone`. It is asked once
 * more before that: when this process itself was stopped, answers wait to be read.
 */
export async function untilHung(
  ping: (timeoutMs: number) => Promise<unknown>,
  gone: AbortSignal,
  { everyMs, silentMs, againMs } = patience,
): Promise<boolean> {
  const answers = (timeoutMs: number): Promise<boolean> =>
    ping(timeoutMs).then(
      () => true,
      () => false,
    );
  while (!gone.aborted) {
    if (!(await answers(silentMs)) && !gone.aborted && !(await answers(againMs))) return !gone.aborted;
    await sleep(everyMs, undefined, { signal: gone, ref: false }).catch(() => undefined);
  }
  return false;
}
