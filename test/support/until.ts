import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition instead of for a time; fails when it has not come true in so long. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 5_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not true within ${timeoutMs} ms: ${condition.toString()}`);
    await sleep(2);
  }
}
