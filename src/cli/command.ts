/** Where a command writes: results on one stream, what went wrong on the other. */
export interface Output {
  out(line: string): void;
  err(line: string): void;
}

/** One word after `facet`. */
export interface Command {
  /** One line for the overview. */
  readonly summary: string;
  /** All of its own help. */
  readonly usage: string;
  /** Resolves to the exit code: 0 done, 1 not done. Throws `UsageError` for words that make no sense. */
  run(args: readonly string[], output: Output): Promise<number>;
}

/** The command was called wrongly; shown with its usage, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
