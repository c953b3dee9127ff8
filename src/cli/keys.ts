import type { ParseArgsConfig } from 'node:util';
import { mintApiKey, type MintedKey } from '../auth/api-key.ts';
import type { ApiKeyRecord } from '../auth/api-key-record.ts';
import { ApiKeyStore } from '../auth/api-key-store.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { type Command, type Output, UsageError } from './command.ts';
import { keyTable } from './key-table.ts';
import { newKeyRecord, staticEntry, tierNamed } from './new-key.ts';
import { withRedis } from './with-redis.ts';
import { parseWords } from './words.ts';

const usage = `Usage: facet keys <action> [options]

  create --consumer <name>   Make a key and print it. It is shown this once; Redis keeps its hash.
      --tier <tier>          Rate tier (default free).
      --role <role>          customer (default), support, admin or service. A customer's key sees no one's records.
      --scope <scope>        May be repeated.
      --bff <name>           Client process where it works; may be repeated. Default: all of them.
      --expires <when>       90d, 12h, or an RFC 3339 instant (default 365d).
      --static               Write nothing to Redis; print the entry for auth.apiKeys.static.
  list                       All keys, those that end first in front. Ended ones are listed for 30 days.
  revoke <id>                End a key on all instances, within a second.
  set-tier <id> <tier>       Change its tier on all instances, within a second.

  --config <file>            Default: FACET_CONFIG, else gateway.yaml.
  --json                     Print JSON.`;

const noRedis =
  'API keys are kept in Redis, and the configuration names none (redis.url). Without Redis, make a key with `facet keys create --static` and put what it prints under auth.apiKeys.static.';

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;
const options = {
  config: text,
  json: flag,
  consumer: text,
  tier: text,
  role: text,
  scope: texts,
  bff: texts,
  expires: text,
  static: flag,
} as const satisfies ParseArgsConfig['options'];

const actions: Readonly<Record<string, (words: Words, config: Config, output: Output) => Promise<number>>> = {
  create,
  list,
  revoke,
  'set-tier': setTier,
};

/** `facet keys`: makes, lists and ends the API keys of machines. */
export const keys: Command = {
  summary: 'Make, list, revoke and change API keys.',
  usage,
  async run(args, output) {
    const words = parseWords(args, options);
    const action = Object.hasOwn(actions, words.action) ? actions[words.action] : undefined;
    if (!action) throw new UsageError(words.action ? 'There is no such action.' : 'Say what to do.');
    return action(words, loadConfig(words.values.config).config, output);
  },
};

type Words = ReturnType<typeof parseWords<typeof options>>;

async function create({ values, operands }: Words, config: Config, output: Output): Promise<number> {
  if (operands.length > 0) throw new UsageError('create takes options only.');
  const minted = mintApiKey();
  const record = newKeyRecord(minted, values, config);
  if (values.static) {
    output.out(
      values.json ? JSON.stringify({ key: minted.text, entry: staticEntry(record) }) : staticText(minted, record),
    );
    return 0;
  }
  await withRedis(config, noRedis, (redis) => new ApiKeyStore(redis).create(record));
  output.out(values.json ? JSON.stringify({ key: minted.text, ...withoutHash(record) }) : minted.text);
  if (!values.json) output.err(`Key ${record.id} for ${record.consumer}. It is not shown again.`);
  return 0;
}

async function list({ values, operands }: Words, config: Config, output: Output): Promise<number> {
  if (operands.length > 0) throw new UsageError('list takes no operands.');
  const now = Date.now();
  const found = await withRedis(config, noRedis, (redis) => new ApiKeyStore(redis).list(now));
  output.out(values.json ? JSON.stringify(found.map(withoutHash)) : keyTable(found, now));
  return 0;
}

async function revoke({ operands }: Words, config: Config, output: Output): Promise<number> {
  const id = idOf(operands, 1);
  return changed(
    id,
    'is revoked',
    output,
    await withRedis(config, noRedis, (redis) => new ApiKeyStore(redis).revoke(id, Date.now())),
  );
}

async function setTier({ operands }: Words, config: Config, output: Output): Promise<number> {
  const id = idOf(operands, 2);
  const tier = tierNamed(operands[1], config);
  return changed(
    id,
    `is ${tier} now`,
    output,
    await withRedis(config, noRedis, (redis) => new ApiKeyStore(redis).setTier(id, tier)),
  );
}

function changed(id: string, what: string, output: Output, done: boolean): number {
  if (done) output.out(`Key ${id} ${what}.`);
  else output.err(`There is no key ${id}.`);
  return done ? 0 : 1;
}

function idOf(operands: readonly string[], count: number): string {
  const [id = ''] = operands;
  if (operands.length !== count) throw new UsageError(count === 1 ? 'Give one key id.' : 'Give a key id and a tier.');
  if (!/^[0-9A-Za-z]{12}$/.test(id))
    throw new UsageError('A key id has 12 letters and digits: the middle part of the key.');
  return id;
}

function withoutHash(record: ApiKeyRecord): Record<string, unknown> {
  return { ...record, hash: undefined };
}

/** JSON is YAML: the entry can be pasted as it is. */
function staticText(minted: MintedKey, record: ApiKeyRecord): string {
  return `${minted.text}\n\nIt is not shown again. Put this under auth.apiKeys.static:\n\n  - ${JSON.stringify(staticEntry(record))}`;
}
