import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { otherCore } from './processes.ts';

/** One request as it is sent, without the connection's own headers. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Within a body, this becomes another text of the same length with each sending, never the same one again. */
export const freshKey = '@fresh-key-000000000@';

export interface LoadResult {
  readonly requests: number;
  /** Of all answers, with their heads. */
  readonly bytes: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

const hasWrk = spawnSync('wrk', ['--version']).error === undefined;
export const loadTool = hasWrk ? 'wrk' : 'autocannon';

/** Sends the requests in turn over so many connections for so long. */
export function sendLoad(
  url: string,
  requests: readonly LoadRequest[],
  { connections, seconds, folder }: { readonly connections: number; readonly seconds: number; readonly folder: string },
): Promise<LoadResult> {
  return hasWrk
    ? byWrk(url, requests, connections, seconds, folder)
    : byAutocannon(url, requests, connections, seconds);
}

async function byWrk(
  url: string,
  requests: readonly LoadRequest[],
  connections: number,
  seconds: number,
  folder: string,
): Promise<LoadResult> {
  const file = join(folder, 'requests.txt');
  const blocks = requests.map(({ method, path, headers, body = '' }) =>
    [`${method} ${path}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', body].join('\n'),
  );
  writeFileSync(file, `${blocks.join('\n')}\n`);
  const script = join(import.meta.dirname, 'load.lua');
  const args = ['-c', String(otherCore), 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s'];
  const output = await outputOf('taskset', [...args, '-s', script, url], {
    BENCH_REQUESTS: file,
    BENCH_RUN: randomBytes(6).toString('hex'),
  });
  const found = /RESULT (.*)/.exec(output)?.[1];
  if (!found) throw new Error(`wrk said: ${output}`);
  const result = JSON.parse(found) as Omit<LoadResult, 'seconds'> & { microseconds: number };
  return { ...result, seconds: result.microseconds / 1e6 };
}

interface AutocannonResult {
  readonly requests: { readonly total: number };
  readonly throughput: { readonly total: number };
  readonly duration: number;
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly errors: number;
  readonly non2xx: number;
}

async function byAutocannon(
  url: string,
  requests: readonly LoadRequest[],
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const require = createRequire(join(import.meta.dirname, 'package.json'));
  const autocannon = require('autocannon') as (options: object) => Promise<AutocannonResult>;
  // `[<id>]` is autocannon's own mark for a text of its making.
  const fresh = requests.map((request) =>
    request.body?.includes(freshKey) ? { ...request, body: request.body.replace(freshKey, '[<id>]') } : request,
  );
  const result = await autocannon({ url, connections, duration: seconds, requests: fresh, idReplacement: true });
  return {
    requests: result.requests.total,
    bytes: result.throughput.total,
    seconds: result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failed: result.errors + result.non2xx,
  };
}

function outputOf(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('exit', () => resolve(output));
  });
}
