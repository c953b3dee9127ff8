import { parseArgs } from 'node:util';
import { identities } from './services/seed/identities.ts';

const names = Object.keys(identities).join('|');
const usage = `usage: npm run -s token -- ${names} [--bff web|mobile]`;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function readArguments(): { identity: string; bff?: string } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { bff: { type: 'string' } } });
    const [identity, ...rest] = positionals;
    if (identity === undefined || rest.length > 0) fail(usage);
    return { identity, ...(values.bff !== undefined && { bff: values.bff }) };
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

const provider = `http://127.0.0.1:${process.env['IDP_PORT'] ?? '4200'}`;
const response = await fetch(`${provider}/demo/token`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(readArguments()),
  signal: AbortSignal.timeout(5_000),
}).catch(() =>
  fail(`no identity provider answers at ${provider}: run npm start first, or set IDP_PORT to where it is`),
);

const body = (await response.json().catch(() => fail(`${provider} is not the demo's identity provider`))) as {
  access_token?: string;
  error?: { message: string };
};
if (body.access_token === undefined) fail(`${body.error?.message ?? `${provider} refused`}\n${usage}`);
console.log(body.access_token);
