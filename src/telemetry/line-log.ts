import type { DestinationStream } from 'pino';
import type { LogFields } from './log-fields.ts';
import { fieldsOfEveryLine, type LogLevel } from './logger.ts';

export interface LineLogOptions {
  readonly level: LogLevel;
  /** Fields on every line: the process's name and version. */
  readonly base: LogFields;
  readonly destination: DestinationStream;
}

const levelsWithInfo: ReadonlySet<string> = new Set<LogLevel>(['debug', 'info']);

/**
 * Lines in the form of `createLogger`'s, at level `info`, whose maker hands over the fields as JSON. It is for the two lines of every
 * request, whose fields are known where they are made: a logger that walks any object costs ten times as much.
 */
export class LineLog {
  /** Are lines written at all? */
  isOn = false;
  readonly #base: string;
  readonly #destination: DestinationStream;
  #timestamp = '';
  #timestampMs = -1;

  constructor({ level, base, destination }: LineLogOptions) {
    this.#base = JSON.stringify(fieldsOfEveryLine(base)).slice(1, -1);
    this.#destination = destination;
    this.setLevel(level);
  }

  setLevel(level: LogLevel): void {
    this.isOn = levelsWithInfo.has(level);
  }

  /** `fields`: members of a JSON object, each behind a comma. `message`: plain text of our own. */
  info(fields: string, message: string): void {
    if (!this.isOn) return;
    this.#destination.write(
      `{"log.level":"info","@timestamp":"${this.#now()}",${this.#base}${fields},"message":"${message}"}\n`,
    );
  }

  /** A busy process writes many lines in one millisecond. */
  #now(): string {
    const now = Date.now();
    if (now !== this.#timestampMs) {
      this.#timestampMs = now;
      this.#timestamp = new Date(now).toISOString();
    }
    return this.#timestamp;
  }
}
