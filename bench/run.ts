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
import { hive } from './hive.ts';
import { loadTool } from './load.ts';
import type { Row } from './measure.ts';
import { withOperations } from './many-operations.ts';
import { report } from './report.ts';
import { type Effort, runWorkload } from './run-workload.ts';
import { facet, peer, type Subject } from './subjects.ts';
import { tailcall } from './tailcall.ts';
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
    connections: { type: 'string', default: '16' },
  },
});
const effort: Effort = {
  rounds: Number(options.rounds ?? (options.quick ? 1 : 5)),
  seconds: Number(options.seconds ?? 1),
  connections: Number(options.connections),
  maxUsers: options.quick ? 100 : 1_000,
  // What a request costs falls over its first 12 000: so long V8 finds something to compile.
  warmRequests: options.quick ? 1_000 : 12_000,
  warmUpSeconds: options.quick ? 1 : 2,
  maxWarmUps: options.quick ? 1 : 5,
};

const nearestPeers = [
  peer('hand-written', 'hand-written.mjs'),
  peer('apollo-tuned', 'apollo-tuned.mjs'),
  peer('mercurius-jit', 'mercurius.mjs'),
];
const furtherPeers = [peer('apollo-as-written', 'apollo.mjs'), peer('yoga-jit', 'yoga.mjs'), hive(), tailcall()];

const other = options.compare === undefined ? undefined : checkout(options.compare);

function subjectsOf(workload: Workload, folder: string): Subject[] {
  const { facetClient: client = 'web', registered } = workload;
  if (other) return [facet({ client }), facet({ client, name: `facet@${options.compare}`, root: other.root })];
  if (workload.protectionsOff) return [facet(), ...protectionsOff];
  if (registered)
    return registered.map((count) => facet({ name: `facet, ${count}`, root: withOperations(count, folder) }));
  const bare = workload.name === 'typename' ? [peer('bare-http', 'bare-http.mjs')] : [];
  const isFacetAlone = workload.facetClient !== undefined || workload.facetOnly === true;
  return [facet({ client }), ...bare, ...(isFacetAlone ? [] : peersOf(workload))];
}

/** A quick run has no time to meet everyone. */
function peersOf({ peers }: Workload): Subject[] {
  const further = furtherPeers.filter(({ name }) => !options.quick || isNamed(name));
  return [...nearestPeers, ...further].filter(({ name }) => !peers || peers.includes(name) || isNamed(name));
}

const isNamed = (name: string): boolean => options.only.some((text) => name.includes(text));

/** Without a name given, all; a name may be of a workload or of a subject. */
function isWanted(name: string, names: readonly string[]): boolean {
  const asked = options.only.filter((text) => names.some((known) => known.includes(text)));
  return asked.length === 0 || asked.some((text) => name.includes(text));
}

const rows: Row[] = [];
const notRun = new Set<string>();
function wantedSubjects(workload: Workload, folder: string): Subject[] {
  const all = subjectsOf(workload, folder);
  const names = all.map(({ name }) => name);
  return all.filter(({ name }) => isWanted(name, names));
}

function isAsked(workload: Workload): boolean {
  const { name, isLong = false, isExtra = false, registered, protectionsOff: isAboutProtections = false } = workload;
  if (options.protections) return isAboutProtections;
  // What has no other version of itself to be compared with.
  if (other && (registered || isAboutProtections)) return false;
  if (((options.quick && isLong) || isExtra) && !isNamed(name)) return false;
  return isWanted(
    name,
    workloads.map((one) => one.name),
  );
}

try {
  for (const workload of workloads.filter(isAsked)) {
    const outcome = await runWorkload(workload, (folder) => wantedSubjects(workload, folder), effort);
    rows.push(...outcome.rows);
    for (const reason of outcome.notRun) notRun.add(reason);
  }
} finally {
  other?.remove();
}

const isFull = !options.quick && !other && !options.protections && options.only.length === 0;
const text = report(rows, {
  rounds: effort.rounds,
  secondsPerCell: effort.seconds,
  loadTool,
  nodeVersion: process.version,
  baselines: other ? [`facet@${options.compare}`] : ['hand-written', 'facet'],
  notRun: [...notRun],
});
process.stdout.write(`${text}\n`);
if (isFull) {
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text);
  writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(rows, null, 2)}\n`);
}
