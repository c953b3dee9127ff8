import { userInfo } from 'node:os';
import { signAdminToken } from '../auth/admin-token.ts';
import { loadConfig } from '../config/load.ts';
import { type Command, UsageError } from './command.ts';
import { parseWords } from './words.ts';

const usage = `Usage: facet admin token [options]

Prints a short-lived token for the admin listeners of all processes with this configuration: send it as Authorization: Bearer.

  --write            It may also decide (force a breaker). Default: it may look.
  --for <seconds>    How long it lives, 10 to 3600 (default admin.tokenSeconds).
  --actor <name>     Who it is for: named in the audit trail (default: the name you are logged in with).

  --config <file>    Default: FACET_CONFIG, else gateway.yaml.`;

const text = { type: 'string' } as const;
const options = { write: { type: 'boolean', default: false }, for: text, actor: text, config: text } as const;

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
  const { action, operands, values } = parseWords(args, options);
  const { write, actor = userInfo().username, config } = values;
  const seconds = values.for === undefined ? undefined : Number(values.for);
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 10 && seconds <= 3_600))
    throw new UsageError('--for takes 10 to 3600 seconds.');
  if (!/^[\w .@-]{1,64}$/.test(actor)) throw new UsageError('--actor takes up to 64 letters, digits, spaces, ._@-');
  if (operands.length > 0) throw new UsageError('admin takes one action.');
  return { action, write, seconds, actor, file: config };
}
