import { deepEqual } from 'node:assert/strict';
import { expectedData, instant } from './expected.ts';
import { readManifest } from '../src/operation/registry/manifest.ts';
import { type LoadRequest, sendLoad } from './load.ts';
import { countInstructions, cpuMicros, rssMb } from './processes.ts';
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

/** The requests of a workload, one for each of its users. */
export function requestsOf(workload: Workload, tokenFor: (subject: string) => string): LoadRequest[] {
  const { operationName, document, variables, users } = workload;
  const body = JSON.stringify({ operationName, query: document, ...(variables && { variables }) });
  return Array.from({ length: users }, (_, index) => {
    const identity = { authorization: `Bearer ${tokenFor(userId(index))}`, 'x-bench-user': userId(index) };
    if (workload.facetClient) return byId(workload.facetClient, operationName, identity);
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

/** Throws unless the subject answers as expected: figures of another answer would compare nothing. */
export async function checkAnswers(
  { url }: Running,
  workload: Workload,
  requests: readonly LoadRequest[],
): Promise<void> {
  for (const index of [0, 1, requests.length - 1]) {
    const { method, path, headers, body } = requests[index]!;
    const response = await fetch(new URL(path, url), { method, headers, body: body ?? null });
    const text = await response.text();
    const actual = JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? instant(value) : value)) as {
      readonly data?: unknown;
    };
    if (!actual.data || 'errors' in actual) throw new Error(`${workload.name}: ${text.slice(0, 500)}`);
    if (workload.facetClient === undefined)
      deepEqual(actual.data, expectedData(workload.operationName, userId(index)), workload.name);
  }
}

export interface MeasureOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly folder: string;
}

export async function measure(
  { url, pid }: Running,
  requests: readonly LoadRequest[],
  options: MeasureOptions,
): Promise<Omit<Row, 'workload' | 'subject' | 'round'>> {
  const counter = countInstructions(pid);
  const before = cpuMicros(pid);
  const load = await sendLoad(url, requests, options);
  const used = cpuMicros(pid) - before;
  const instructions = await counter.stop();
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
