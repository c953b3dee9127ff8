import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './command.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What stands behind a command: its action, what that is about, and the options. Throws `UsageError` for options that there are not. */
export function parseWords<Given extends Options>(args: readonly string[], options: Given) {
  const { values, positionals } = parsed(args, options);
  const [action = '', ...operands] = positionals;
  return { action, operands, values };
}

function parsed<Given extends Options>(args: readonly string[], options: Given) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
