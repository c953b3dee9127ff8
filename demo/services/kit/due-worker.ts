/** Runs work that lies in the database with a due time: deliveries, refunds that settle later. */
export interface DueWorker {
  /** Looks for due work now, for instance after a commit that added some. */
  kick(): void;
  stop(): Promise<void>;
}

const retryAfterErrorMs = 1_000;

/**
 * `runDue` does everything that is due and returns in how many milliseconds to look again, or undefined when nothing is
 * left. What is due is known from the database only, so a killed process goes on where it was.
 */
export function createDueWorker(
  runDue: () => Promise<number | undefined>,
  onError: (error: unknown) => void,
): DueWorker {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isKickedAgain = false;
  let isStopped = false;

  const run = async (): Promise<void> => {
    let waitMs: number | undefined;
    try {
      // Not at once: a kick may come from inside a transaction, which is over by the next turn.
      await Promise.resolve();
      waitMs = await runDue();
    } catch (error) {
      onError(error);
      waitMs = retryAfterErrorMs;
    }
    running = undefined;
    if (isStopped) return;
    if (isKickedAgain) start();
    else if (waitMs !== undefined) timer = setTimeout(start, Math.max(waitMs, 1));
  };

  const start = (): void => {
    clearTimeout(timer);
    isKickedAgain = false;
    running = run();
  };

  return {
    kick() {
      if (isStopped) return;
      if (running === undefined) start();
      else isKickedAgain = true;
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
