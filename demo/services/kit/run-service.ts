import type { RunningService } from './service.ts';

/** The frame of each `main.ts`: one clear line when it cannot start, an orderly end on SIGINT and SIGTERM. */
export async function runService(start: () => Promise<RunningService>): Promise<void> {
  try {
    const service = await start();
    const stop = (): void => void service.close().then(() => process.exit(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
