import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Fields on every line: the process's name and version. */
  readonly base: Readonly<Record<string, unknown>>;
  /** Where lines go; standard output when absent. */
  readonly destination?: DestinationStream;
  /**
   * Looks through every line for secrets. Default true; false only for a logger whose lines are made in one place, of fields that are
   * listed there: looking costs more than the rest of the line.
   */
  readonly redacts?: boolean;
}

/** Fields that must never be readable in a log, wherever a line carries them. */
const secretPaths = ['authorization', 'cookie', '*.authorization', '*.cookie', '*.token', '*.password', '*.secret'];

/** JSON lines whose field names follow the Elastic Common Schema (`@timestamp`, `log.level`, `message`). */
export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    level: options.level,
    base: options.base,
    messageKey: 'message',
    errorKey: 'error',
    timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ 'log.level': label }) },
    ...(options.redacts !== false && { redact: { paths: secretPaths, censor: '[redacted]' } }),
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
