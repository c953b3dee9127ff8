import { signAdminToken } from '../auth/admin-token.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { boundedFetch } from '../lib/bounded-fetch.ts';
import type { JourneyRecord } from '../telemetry/journey-record.ts';
import { waterfall } from '../telemetry/waterfall.ts';
import { type Command, UsageError } from './command.ts';
import { parseWords } from './words.ts';

const usage = `Usage: facet journey <correlation-id> [options]

Draws the way of one request: every stage, call, attempt, retry, cache and breaker decision, and how long each took. The id is in the
answer's X-Correlation-ID, in its errors and in the log. Asks the admin listener of every process of the configuration.

  --admin <url>      Ask this admin listener instead; may be repeated.
  --json             Print the journey as JSON.

  --config <file>    Default: FACET_CONFIG, else gateway.yaml.`;

const options = {
  admin: { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
  config: { type: 'string' },
} as const;

const timeoutMs = 2_000;
const maxBytes = 1_048_576;
const tokenSeconds = 60;

/** `facet journey <id>`: the waterfall in the terminal. */
export const journey: Command = {
  summary: 'Draw the way of one request by its correlation id.',
  usage,
  async run(args, output) {
    const { id, json, admins, file } = parse(args);
    const { config } = loadConfig(file);
    const secret = config.admin.secret;
    const token =
      secret && (await signAdminToken(secret, { actor: 'facet journey', scope: 'read' }, tokenSeconds, Date.now()));
    const asked = admins.length > 0 ? admins : adminUrls(config);
    const answers = await Promise.all(asked.map((url) => ask(url, id, token || undefined)));
    const found = answers.find((answer) => typeof answer === 'object');
    if (!found) {
      for (const [index, answer] of answers.entries()) output.err(`${asked[index]}: ${String(answer)}`);
      return 1;
    }
    output.out(json ? JSON.stringify(found) : waterfall(found, process.stdout.columns));
    return 0;
  },
};

/** The journey, or in words why not. */
async function ask(url: string, id: string, token: string | undefined): Promise<JourneyRecord | string> {
  try {
    const { status, body } = await boundedFetch(`${url}/journeys/${id}`, {
      headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      timeoutMs,
      maxBytes,
    });
    const read = JSON.parse(new TextDecoder().decode(body)) as JourneyRecord & { detail?: string };
    return status === 200 ? read : `${status} ${read.detail ?? ''}`.trim();
  } catch (error) {
    return error instanceof Error ? error.message : 'no answer';
  }
}

function adminUrls({ listeners }: Config): string[] {
  return Object.values(listeners).map(({ adminHost, adminPort }) => {
    const host = adminHost === '0.0.0.0' || adminHost === '::' ? '127.0.0.1' : adminHost;
    return `http://${host.includes(':') ? `[${host}]` : host}:${adminPort}`;
  });
}

function parse(args: readonly string[]) {
  const { action, operands, values } = parseWords(args, options);
  const id = action.toLowerCase();
  if (operands.length > 0 || !/^[0-9a-f-]{36}$/.test(id)) throw new UsageError('Give one correlation id.');
  return { id, json: values.json, admins: values.admin, file: values.config };
}
