/**
 * `npm run bench`: how much CPU a request costs in Facet and in others, in interleaved rounds.
 *
 *     npm run bench                          about ten minutes; writes bench/RESULTS.md and bench/results.json
 *     npm run bench -- --quick               about one minute, one round; prints and writes nothing
 *     npm run bench -- --compare <git ref>   this version against that one, built beside it
 *     npm run bench -- --protections         the dashboard with each protection off in turn
 *     --only <text>                          workloads or subjects with this in their name; may be repeated
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from './checkout.ts';
import { loadTool } from './load.ts';
import { checkAnswers, measure, requestsOf, type Row } from './measure.ts';
import { withOperations } from './many-operations.ts';
import { report } from './report.ts';
import { facet, peer, type Running, type Subject } from './subjects.ts';
import { startSurroundings } from './surroundings.ts';
import { createTokens } from './tokens.ts';
import { type Workload, workloads } from './workloads.ts';
import { protectionsOff } from './protections.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    compare: { type: 'string' },
    protections: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    connections: { type: 'string', default: '32' },
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 1 : 5));
const seconds = Number(options.seconds ?? 2);
const warmUpSeconds = 2;
const warmRequests = options.quick ? 2_000 : 5_000;
const maxWarmUps = options.quick ? 3 : 8;
const connections = Number(options.connections);

const handWritten = peer('hand-written', 'hand-written.mjs');
const peers = [
  handWritten,
  peer('apollo-as-written', 'apollo.mjs'),
  peer('mercurius-jit', 'mercurius.mjs'),
  peer('yoga-jit', 'yoga.mjs'),
];

const other = options.compare === undefined ? undefined : checkout(options.compare);

function subjectsOf(workload: Workload, folder: string): Subject[] {
  const { facetClient: client = 'web', registered } = workload;
  if (registered && other) return [];
  if (other) return [facet({ client }), facet({ client, name: `facet@${options.compare}`, root: other.root })];
  if (options.protections) return [facet(), ...protectionsOff];
  if (registered)
    return registered.map((count) => facet({ name: `facet, ${count}`, root: withOperations(count, folder) }));
  const bare = workload.name === 'typename' ? [peer('bare-http', 'bare-http.mjs')] : [];
  return [facet({ client }), ...bare, ...(workload.facetClient ? [] : peers)];
}

/** Without a name given, all; a name may be of a workload or of a subject. */
function isWanted(name: string, names: readonly string[]): boolean {
  const asked = options.only.filter((text) => names.some((known) => known.includes(text)));
  return asked.length === 0 || asked.some((text) => name.includes(text));
}

const { jwks, tokenFor } = createTokens();
const rows: Row[] = [];
const notRun = new Set<string>();

async function runWorkload(workload: Workload): Promise<void> {
  const surroundings = await startSurroundings(jwks, workload.cached ?? false);
  const running: (Running & { readonly name: string })[] = [];
  try {
    // A quick run has no time to meet everyone.
    const users = options.quick ? Math.min(workload.users, 100) : workload.users;
    const requests = requestsOf({ ...workload, users }, tokenFor);
    const all = subjectsOf(workload, surroundings.folder);
    for (const subject of all.filter(({ name }) =>
      isWanted(
        name,
        all.map((one) => one.name),
      ),
    )) {
      if (subject.missing !== undefined) {
        notRun.add(`${subject.name} (${subject.missing})`);
        continue;
      }
      const launched = { name: subject.name, ...(await subject.launch(surroundings)) };
      running.push(launched);
      await checkAnswers(launched, workload, requests);
    }
    const cell = { connections, seconds, folder: surroundings.folder };
    for (const subject of running) await warmUp(subject, requests, cell);
    for (let round = 1; round <= rounds; round++) {
      // Another first one in each round: whoever comes first finds the machine otherwise than the last.
      for (let place = 0; place < running.length; place++) {
        const subject = running[(place + round) % running.length]!;
        const figures = await measure(subject, requests, cell);
        rows.push({ workload: workload.name, subject: subject.name, ...figures, round });
        process.stderr.write(`${workload.name} ${round} ${subject.name}: ${figures.cpuMicrosPerRequest} µs\n`);
      }
    }
  } finally {
    for (const subject of running) await subject.stop();
    await surroundings.stop();
  }
}

/** Until V8 has compiled what is hot, every caller is known and every connection is open, however slow the machine is just now. */
async function warmUp(...[subject, requests, cell]: Parameters<typeof measure>): Promise<void> {
  let sent = 0;
  for (let part = 0; part < maxWarmUps && sent < warmRequests; part++) {
    const { requestsPerSecond } = await measure(subject, requests, { ...cell, seconds: warmUpSeconds });
    sent += requestsPerSecond * warmUpSeconds;
  }
}

const isAsked = ({ name }: Workload): boolean =>
  (!options.protections || name === 'dashboard') &&
  isWanted(
    name,
    workloads.map((workload) => workload.name),
  );
try {
  for (const workload of workloads.filter(isAsked)) await runWorkload(workload);
} finally {
  other?.remove();
}

const isFull = !options.quick && !other && !options.protections && options.only.length === 0;
const text = report(rows, {
  rounds,
  secondsPerCell: seconds,
  loadTool,
  nodeVersion: process.version,
  baseline: other ? `facet@${options.compare}` : options.protections ? 'facet' : 'hand-written',
  notRun: [...notRun],
});
process.stdout.write(`${text}\n`);
if (isFull) {
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text);
  writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(rows, null, 2)}\n`);
}
