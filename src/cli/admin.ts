import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { signAdminToken } from '../auth/admin-token.ts';
import { loadConfig } from '../config/load.ts';
import { type Command, UsageError } from './command.ts';

const usage = `Usage: facet admin token [options]

Prints a short-lived token for the admin listeners of all processes with this configuration: send it as Authorization: Bearer.

  --write            It may also decide (force a breaker). Default: it may look.
  --for <seconds>    How long it lives, 10 to 3600 (default admin.tokenSeconds).
  --actor <name>     Who it is for: named in the audit trail (default: the name you are logged in with).

  --config <file>    Default: FACET_CONFIG, else gateway.yaml.`;

/** `facet admin token`: whoever can read the configuration's secret can make one. */
export const admin: Command = {
  summary: 'Make a token for the admin listener.',
  usage,
  async run(args, output) {
    const { action, write, seconds, actor, file } = parse(args);
    if (action !== 'token') throw new UsageError(action ? 'There is no such action.' : 'Say what to do.');
    const { secret, tokenSeconds } = loadConfig(file).config.admin;
    if (!secret)
      throw new Error('The configuration has no admin.secret: at least 32 characters that nobody can guess.');
    const scope = write ? 'write' : 'read';
    output.out(await signAdminToken(secret, { actor, scope }, seconds ?? tokenSeconds, Date.now()));
    return 0;
  },
};

function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        write: { type: 'boolean', default: false },
        for: { type: 'string' },
        actor: { type: 'string', default: userInfo().username },
        config: { type: 'string' },
      },
    });
    const seconds = values.for === undefined ? undefined : Number(values.for);
    if (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 10 && seconds <= 3_600))
      throw new Error('--for takes 10 to 3600 seconds.');
    if (!/^[\w .@-]{1,64}$/.test(values.actor)) throw new Error('--actor takes up to 64 letters, digits, spaces, ._@-');
    if (positionals.length > 1) throw new Error('admin takes one action.');
    return { action: positionals[0], write: values.write, seconds, actor: values.actor, file: values.config };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
