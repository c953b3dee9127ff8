import type { DestinationStream } from 'pino';
import type { LoggingConfig } from '../config/sections/logging.ts';
import { LogDestination } from './log-destination.ts';
import type { Metrics } from './metrics.ts';

/** How long the end of a process waits for a sink that does not take the last lines. */
const drainMs = 1_000;

export interface LogOutput extends DestinationStream {
  /** Another bound on the lines that wait, from now on. */
  follow(config: LoggingConfig): void;
  close(): Promise<void>;
}

/**
 * Standard output for the log of a process, with its losses in the metrics and nothing left behind at the end. `isShared`: others write
 * to it too.
 */
export function openLogOutput(
  config: Pick<LoggingConfig, 'maxBufferBytes'> & { readonly isShared?: boolean },
  metrics: Metrics,
): LogOutput {
  const destination = new LogDestination(config);
  metrics.counting(
    'facet_log_lines_dropped_total',
    'Log lines that were not written, because the sink did not take them.',
    () => destination.dropped,
  );
  const onExit = (): void => destination.flushSync();
  process.on('exit', onExit);
  return {
    write: (line) => destination.write(line),
    follow: ({ maxBufferBytes }) => void (destination.maxBufferBytes = maxBufferBytes),
    async close() {
      await destination.drain(drainMs);
      process.off('exit', onExit);
    },
  };
}
