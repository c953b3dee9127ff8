/**
 * A guard against decay for CI: `npm run bench:guard -- <base ref>` serves the dashboard by the base and by this version in one process,
 * in turns of a fixed number of requests, and fails when this version costs over 15 % more in the median of the turns and the
 * turns agree on it. It counts instructions where the machine can, CPU time elsewhere.
 */
import { writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { checkout } from './checkout.ts';
import { facetConfig } from './facet-config.ts';
import type { LoadRequest } from './load.ts';
import { requestsOf } from './measure.ts';
import { countInstructions, countsInstructions, freePort } from './processes.ts';
import { median } from './statistics.ts';
import { startSurroundings, type Surroundings } from './surroundings.ts';
import { createTokens } from './tokens.ts';
import { workloads } from './workloads.ts';

const turns = 16;
const requestsPerTurn = 400;
const warmUpTurns = 5;
const connections = 8;
const allowedRatio = 1.15;

const ref = process.argv[2];
if (ref === undefined) throw new Error('name the version to compare with: npm run bench:guard -- <base ref>');

/** Starts a version inside this process; its modules are its own. */
async function serve(root: string, { servicesUrl, redisUrl, folder }: Surroundings): Promise<number> {
  const [port, adminPort] = [await freePort(), await freePort()];
  const path = join(folder, `${port}.json`);
  const config = facetConfig({ client: 'web', port, adminPort, servicesUrl, redisUrl, cached: false });
  // Lines would end in this script's own output; that part of a request is measured by the benchmark itself.
  writeFileSync(path, JSON.stringify({ ...config, logging: { level: 'error' } }));
  process.env['FACET_CONFIG'] = path;
  await import(pathToFileURL(join(root, 'bff-web', 'main.ts')).href);
  return port;
}

const agent = new Agent({ keepAlive: true, maxSockets: connections });

function send(port: number, { method, path, headers, body }: LoadRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, method, path, headers, agent }, (response) => {
      let size = 0;
      response.on('data', (chunk: Buffer) => (size += chunk.length));
      response.on('end', () => {
        if (response.statusCode === 200 && size > 1_000) resolve();
        else reject(new Error(`answered with ${response.statusCode} and ${size} bytes`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What a turn cost: instructions, or microseconds of CPU. */
async function turn(port: number, requests: readonly LoadRequest[]): Promise<number> {
  const counter = countInstructions(process.pid);
  // The counter takes a moment to attach.
  if (countsInstructions) await sleep(200);
  const before = process.cpuUsage();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < requestsPerTurn) await send(port, requests[next++ % requests.length]!);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const { user, system } = process.cpuUsage(before);
  return (await counter.stop()) ?? user + system;
}

const base = checkout(ref);
const { jwks, tokenFor } = createTokens();
const surroundings = await startSurroundings(jwks, false);
let failed = true;
try {
  const requests = requestsOf({ ...workloads.find(({ name }) => name === 'dashboard')!, users: 100 }, tokenFor);
  const ports = {
    base: await serve(base.root, surroundings),
    head: await serve(join(import.meta.dirname, '..'), surroundings),
  };
  for (let number = 0; number < warmUpTurns; number++) {
    await turn(ports.base, requests);
    await turn(ports.head, requests);
  }
  const ratios: number[] = [];
  for (let number = 0; number < turns; number++) {
    // The one that comes second finds the other's garbage: each is first as often as second.
    const headFirst = number % 2 === 0;
    const first = await turn(headFirst ? ports.head : ports.base, requests);
    const second = await turn(headFirst ? ports.base : ports.head, requests);
    ratios.push(headFirst ? first / second : second / first);
  }
  const sorted = ratios.toSorted((a, b) => a - b);
  const lowerQuartile = sorted[Math.floor(turns / 4)]!;
  const upperQuartile = sorted[Math.floor((turns * 3) / 4)]!;
  const middle = median(ratios);
  failed = middle > allowedRatio && lowerQuartile > 1;
  const unit = countsInstructions ? 'instructions' : 'CPU time';
  console.log(
    `${unit} of ${requestsPerTurn} requests, this version to ${ref}: ${middle.toFixed(3)} in the median of ${turns} turns ` +
      `(half of them from ${lowerQuartile.toFixed(3)} to ${upperQuartile.toFixed(3)}); ${failed ? 'over' : 'within'} ${allowedRatio}`,
  );
} finally {
  await surroundings.stop();
  base.remove();
}
process.exit(failed ? 1 : 0);
