import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { expectedData, instant } from './expected.ts';
import { readManifest } from '../src/operation/registry/manifest.ts';
import type { Dialect } from './dialects.ts';
import { freshKey, type LoadRequest, type LoadResult, sendLoad } from './load.ts';
import { countInstructions, cpuMicros, rssMb, until } from './processes.ts';
import type { Running } from './subjects.ts';
import type { Workload } from './workloads.ts';
import { userId } from './world.ts';

/** One row of `results.json`. */
export interface Row {
  readonly workload: string;
  readonly subject: string;
  readonly cpuMicrosPerRequest: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMb: number;
  readonly round: number;
  /** Where the machine counts them: the figure that other work on it does not touch. */
  readonly instructionsPerRequest?: number;
}

/** The requests of a workload, one for each of its users, as a subject wants to be asked. */
export function requestsOf(
  workload: Workload,
  tokenFor: (subject: string) => string,
  dialect?: Dialect,
): LoadRequest[] {
  const { operationName, users } = workload;
  const query = dialect ? dialect.documents[operationName] : workload.document;
  return Array.from({ length: users }, (_, index) => {
    const id = userId(index);
    const identity = { authorization: `Bearer ${tokenFor(id)}`, benchuser: id };
    if (workload.facetClient) return byId(workload.facetClient, operationName, identity);
    const variables = dialect ? dialect.variables?.(id) : workload.variables?.(id);
    const body = JSON.stringify({ operationName, query, variables });
    return { method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json', ...identity }, body };
  });
}

/** A registered operation as an app sends it: by GET, its id in place of its text. */
function byId(client: string, name: string, identity: Readonly<Record<string, string>>): LoadRequest {
  const found = readManifest('.', client).operations.findLast((entry) => entry.name === name);
  if (!found) throw new Error(`${client} has no operation ${name}`);
  return {
    method: 'GET',
    path: `/graphql?documentId=${encodeURIComponent(found.id)}`,
    headers: { ...identity, 'apollo-require-preflight': 'true' },
  };
}

/**
 * Throws unless the subject answers as expected: figures of another answer would compare nothing. Three users ask at once, since a
 * subject that shares what is in flight may mix them up. Resolves with the size of the smallest answer.
 */
export async function checkAnswers(
  { url }: Running,
  workload: Workload,
  requests: readonly LoadRequest[],
  dialect?: Dialect,
): Promise<number> {
  const check = async (index: number): Promise<number> => {
    const { method, path, headers, body } = requests[index]!;
    const sent = { method, headers, body: body?.replace(freshKey, randomUUID()) ?? null };
    // A connection may end while it is about to be used again; an answer, whatever it is, counts.
    const text = await until(async () => (await fetch(new URL(path, url), sent)).text(), 'an answer', 3_000);
    const actual = JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? instant(value) : value)) as {
      readonly data?: unknown;
    };
    if (!actual.data || 'errors' in actual) throw new Error(`${workload.name}: ${text.slice(0, 500)}`);
    const data = dialect ? dialect.toCommon(actual.data) : actual.data;
    const bytes = Buffer.byteLength(text);
    if (workload.facetClient !== undefined) return bytes;
    const expected = expectedData(workload.operationName, userId(index));
    if (!isDeepStrictEqual(data, expected)) throw new Error(firstDifference(data, expected, 'data'));
    return bytes;
  };
  const asked = new Set([0, 1, requests.length - 1].filter((index) => index < requests.length));
  return Math.min(...(await Promise.all([...asked].map(check))));
}

/** Where two answers part, in a line: whole answers have hundreds. */
export function firstDifference(actual: unknown, expected: unknown, path: string): string {
  if (isRecord(actual) && isRecord(expected)) {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)]))
      if (!isDeepStrictEqual(actual[name], expected[name]))
        return firstDifference(actual[name], expected[name], `${path}.${name}`);
  }
  return `${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export interface MeasureOptions {
  /** Answers that are shorter in the mean are not those that were checked. */
  readonly minBytes?: number;
  readonly connections: number;
  readonly seconds: number;
  readonly folder: string;
}

const minRequests = 50;
const maxParts = 4;

/** Two parts of one cell. How long answers took is taken from the slower part: the sum of both is not known. */
function together(first: LoadResult, second: LoadResult): LoadResult {
  return {
    requests: first.requests + second.requests,
    bytes: first.bytes + second.bytes,
    seconds: first.seconds + second.seconds,
    p50Ms: Math.max(first.p50Ms, second.p50Ms),
    p99Ms: Math.max(first.p99Ms, second.p99Ms),
    failed: first.failed + second.failed,
  };
}

export async function measure(
  { url, pid }: Running,
  requests: readonly LoadRequest[],
  options: MeasureOptions,
): Promise<Omit<Row, 'workload' | 'subject' | 'round'>> {
  const counter = countInstructions(pid);
  const before = cpuMicros(pid);
  let load = await sendLoad(url, requests, options);
  // A slow subject, or a machine that is busy with other things: a few answers are no figure.
  for (let part = 1; part < maxParts && load.requests < minRequests; part++)
    load = together(load, await sendLoad(url, requests, options));
  const used = cpuMicros(pid) - before;
  const instructions = await counter.stop();
  if (load.requests === 0) throw new Error('there was no answer in time');
  if (load.bytes / load.requests < (options.minBytes ?? 0) * 0.95) throw new Error('answers became shorter under load');
  if (load.failed > 0) throw new Error(`${load.failed} of ${load.requests} requests failed`);
  return {
    cpuMicrosPerRequest: Math.round(used / load.requests),
    requestsPerSecond: Math.round(load.requests / load.seconds),
    p50Ms: load.p50Ms,
    p99Ms: load.p99Ms,
    rssMb: rssMb(pid),
    ...(instructions !== undefined && { instructionsPerRequest: Math.round(instructions / load.requests) }),
  };
}
