import { ConfigError } from '../config/config-error.ts';
import { admin } from './admin.ts';
import { check } from './check.ts';
import { type Command, type Output, UsageError } from './command.ts';
import { consumers } from './consumers.ts';
import { journey } from './journey.ts';
import { keys } from './keys.ts';
import { operations } from './operations.ts';

/** Every command of `facet`, in the order of the overview. */
export const commands: Readonly<Record<string, Command>> = { check, operations, keys, consumers, journey, admin };

/** Runs one command line and resolves to the exit code: 0 done, 1 not done, 2 called or configured wrongly. */
export async function run(args: readonly string[], output: Output): Promise<number> {
  const [name = '--help', ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    output.out(overview());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    output.err(`There is no command ${JSON.stringify(name.slice(0, 40))}.\n\n${overview()}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    output.out(command.usage);
    return 0;
  }
  try {
    return await command.run(rest, output);
  } catch (error) {
    if (error instanceof UsageError) output.err(`${error.message}\n\n${command.usage}`);
    else output.err(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError || error instanceof ConfigError ? 2 : 1;
  }
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return ['Usage: facet <command> [options]', '', ...lines, '', 'facet <command> --help tells more.'].join('\n');
}
