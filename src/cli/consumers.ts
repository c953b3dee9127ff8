import { userInfo } from 'node:os';
import type { ParseArgsConfig } from 'node:util';
import { callerDigest, tokenConsumer } from '../auth/make-principal.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { maxOverrideMs, maxOverrides, type Override, OverrideStore } from '../rate-limit/override-store.ts';
import { type Command, type Output, UsageError } from './command.ts';
import { withRedis } from './with-redis.ts';
import { parseWords } from './words.ts';

const usage = `Usage: facet consumers <action> [options]

  block <consumer>           Refuse everything it asks, at once and on all instances.
  throttle <consumer> --limit <n>
                             Leave it n requests a minute, or less where its tier has less.
  release <consumer>         Take back what was decided.
      --reason <text>        Why; needed, for the audit trail.
      --for <time>           30m, 2h; at most 24h (default 1h).
      --actor <name>         Who decides (default: the name you are logged in with).
  list                       What is decided now, what ends first in front.

  <consumer> is key:<id of an API key>, sub:<digest>, or anonymous:<client>:<address>, as the log and /status show it.
  Instead of it, --issuer <url> --subject <id> names the holder of a token.

  --config <file>            Default: FACET_CONFIG, else gateway.yaml.
  --json                     Print JSON.`;

const noRedis =
  'Decisions about consumers travel through Redis, and the configuration names none (redis.url). Without Redis, use rateLimit.addresses.deny, or end the key or the token.';

const text = { type: 'string' } as const;
const options = {
  config: text,
  json: { type: 'boolean' },
  limit: text,
  reason: text,
  for: text,
  actor: text,
  issuer: text,
  subject: text,
} as const satisfies ParseArgsConfig['options'];

/** `facet consumers`: throttles, blocks and releases callers at once. */
export const consumers: Command = {
  summary: 'Throttle, block and release consumers at once.',
  usage,
  async run(args, output) {
    const words = parseWords(args, options);
    const { config } = loadConfig(words.values.config);
    if (words.action === 'list') return list(words, config, output);
    if (words.action === 'block' || words.action === 'throttle' || words.action === 'release')
      return decide(words.action, words, config, output);
    throw new UsageError(words.action ? 'There is no such action.' : 'Say what to do.');
  },
};

type Words = ReturnType<typeof parseWords<typeof options>>;

async function decide(action: Override['action'], words: Words, config: Config, output: Output): Promise<number> {
  const { values } = words;
  const since = Date.now();
  const override: Override = {
    consumer: consumerOf(words),
    action,
    requestsPerMinute: limitOf(action, values.limit),
    actor: line('--actor', values.actor ?? userInfo().username),
    reason: line('--reason', values.reason),
    since,
    until: since + durationMs(action === 'release' ? '24h' : (values.for ?? '1h')),
  };
  if (!(await withRedis(config, noRedis, (redis) => new OverrideStore(redis).put(override, since)))) {
    output.err(`There are ${maxOverrides} decisions already; release some first.`);
    return 1;
  }
  output.out(values.json ? JSON.stringify(override) : sentence(override));
  return 0;
}

async function list({ values, operands }: Words, config: Config, output: Output): Promise<number> {
  if (operands.length > 0) throw new UsageError('list takes no operands.');
  const all = await withRedis(config, noRedis, (redis) => new OverrideStore(redis).list(Date.now()));
  const found = all.filter(({ action }) => action !== 'release').sort((a, b) => a.until - b.until);
  if (values.json) output.out(JSON.stringify(found));
  else output.out(found.length === 0 ? 'Nothing is decided about anyone.' : found.map(sentence).join('\n'));
  return 0;
}

function sentence({ consumer, action, requestsPerMinute, actor, reason, until }: Override): string {
  if (action === 'release') return `${consumer} is released by ${actor}: ${reason}`;
  const what = action === 'block' ? 'blocked' : `throttled to ${requestsPerMinute} requests a minute`;
  return `${consumer} is ${what} until ${new Date(until).toISOString()} by ${actor}: ${reason}`;
}

function consumerOf({ operands, values: { issuer, subject } }: Words): string {
  if (issuer !== undefined && subject !== undefined && operands.length === 0)
    return tokenConsumer(callerDigest(issuer, subject));
  const [consumer = ''] = operands;
  if (operands.length !== 1 || !/^(?:key|sub|anonymous):[^\s{}]{1,150}$/.test(consumer))
    throw new UsageError('Give one consumer, or --issuer and --subject.');
  return consumer;
}

function limitOf(action: Override['action'], limit: string | undefined): number {
  if (action !== 'throttle') {
    if (limit !== undefined) throw new UsageError('--limit belongs to throttle.');
    return 0;
  }
  if (!/^[1-9]\d{0,6}$/.test(limit ?? ''))
    throw new UsageError('throttle needs --limit, one request a minute or more.');
  return Number(limit);
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

function durationMs(time: string): number {
  const [, count, unit] = /^(\d{1,5})([smh])$/.exec(time) ?? [];
  const ms = Number(count) * unitMs[unit as keyof typeof unitMs];
  if (!(ms > 0 && ms <= maxOverrideMs)) throw new UsageError('--for needs a time of at most 24h: 90s, 30m, 2h.');
  return ms;
}

/** One line of text, for a log that is read line by line. */
function line(option: string, given: string | undefined): string {
  const trimmed = given?.trim() ?? '';
  // oxlint-disable-next-line no-control-regex -- control characters would garble the audit trail
  if (trimmed === '' || trimmed.length > 200 || /[\x00-\x1f\x7f]/.test(trimmed))
    throw new UsageError(`${option} needs one line of at most 200 characters.`);
  return trimmed;
}
