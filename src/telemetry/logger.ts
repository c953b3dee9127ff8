import { pino, stdSerializers, type DestinationStream } from 'pino';
import type { LogFields } from './log-fields.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

type Write = {
  (fields: LogFields, message: string): void;
  (message: string): void;
};

/** What the rest of the code sees of pino: lines whose fields have a place in the log's schema, by type. */
export interface Logger extends Readonly<Record<Exclude<LogLevel, 'silent'>, Write>> {
  level: string;
  /** The same log, with these fields on every line. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Fields on every line: the process's name and version. */
  readonly base: LogFields;
  /** Where lines go; standard output when absent. */
  readonly destination?: DestinationStream;
}

/** The version of the Elastic Common Schema whose names the fields have. */
const ecsVersion = '8.17.0';

/** Fields that must never be readable in a log, wherever a line carries them. */
const secretPaths = ['authorization', 'cookie', '*.authorization', '*.cookie', '*.token', '*.password', '*.secret'];

/** What stands on every line of a process. */
export function fieldsOfEveryLine(base: LogFields): object {
  return { 'ecs.version': ecsVersion, ...base };
}

/** JSON lines whose field names follow the Elastic Common Schema (`@timestamp`, `log.level`, `message`). */
export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    level: options.level,
    base: fieldsOfEveryLine(options.base),
    messageKey: 'message',
    errorKey: 'error',
    serializers: { error: errorFields },
    timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ 'log.level': label }) },
    redact: { paths: secretPaths, censor: '[redacted]' },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

/** What was thrown, by the schema's names; further properties of an error may hold anything, and stay out. */
function errorFields(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  const { type, message, stack } = stdSerializers.err(thrown);
  const { code } = thrown as NodeJS.ErrnoException;
  return { type, message, stack_trace: stack, ...(code !== undefined && { code: String(code) }) };
}
