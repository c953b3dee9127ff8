/**
 * Where the time of a request goes: `node bench/profile.ts <workload> [seconds]` loads Facet under V8's sampling profiler and prints
 * the functions that took most, by themselves and with what they call.
 */
import { type CpuProfile, profileWhile } from './inspector.ts';
import { checkAnswers, measure, requestsOf } from './measure.ts';
import { freePort } from './processes.ts';
import { facet } from './subjects.ts';
import { startSurroundings } from './surroundings.ts';
import { createTokens } from './tokens.ts';
import { workloads } from './workloads.ts';

const [name = 'dashboard', seconds = '4'] = process.argv.slice(2);
const workload = workloads.find((one) => one.name === name);
if (!workload) throw new Error(`there is no workload ${name}`);
const { jwks, tokenFor } = createTokens();
const surroundings = await startSurroundings(jwks, workload.cached ?? false);
const requests = requestsOf(workload, tokenFor);
const options = { connections: 32, folder: surroundings.folder };
const port = await freePort();
const gateway = await facet({
  client: workload.facetClient ?? 'web',
  nodeOptions: [`--inspect=127.0.0.1:${port}`],
}).launch(surroundings);
try {
  await checkAnswers(gateway, workload, requests);
  // Every user's token is verified once, and what is hot is compiled, before anything is looked at.
  await measure(gateway, requests, { ...options, seconds: 6 });
  const profile = await profileWhile(port, async () => {
    const { cpuMicrosPerRequest } = await measure(gateway, requests, { ...options, seconds: Number(seconds) });
    console.log(`${workload.name}: ${cpuMicrosPerRequest} µs a request, profiler included\n`);
  });
  print(profile);
} finally {
  await gateway.stop();
  await surroundings.stop();
}

function print({ nodes, samples, timeDeltas }: CpuProfile): void {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const label = (id: number): string => {
    const { functionName, url, lineNumber } = byId.get(id)!.callFrame;
    const file = url.replace(/^.*\/(src|bff-web|node_modules)\//, '$1/');
    return `${functionName || '(anonymous)'} ${file}${lineNumber > 0 ? `:${lineNumber + 1}` : ''}`;
  };
  const own = new Map<number, number>();
  for (const [index, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + timeDeltas[index]!);
  const selfByLabel = new Map<string, number>();
  const totalByLabel = new Map<string, number>();
  let all = 0;
  const walk = (id: number, above: ReadonlySet<string>): number => {
    const here = label(id);
    const self = own.get(id) ?? 0;
    let total = self;
    const within = new Set(above).add(here);
    for (const child of byId.get(id)!.children ?? []) total += walk(child, within);
    selfByLabel.set(here, (selfByLabel.get(here) ?? 0) + self);
    if (!above.has(here)) totalByLabel.set(here, (totalByLabel.get(here) ?? 0) + total);
    if (!here.startsWith('(idle)')) all += self;
    return total;
  };
  walk(nodes[0]!.id, new Set());
  const show = (title: string, figures: ReadonlyMap<string, number>, count: number): void => {
    console.log(title);
    const top = [...figures].filter(([place]) => !place.startsWith('(idle)')).toSorted((a, b) => b[1] - a[1]);
    for (const [place, micros] of top.slice(0, count))
      console.log(`${((micros / all) * 100).toFixed(1).padStart(6)} %  ${place}`);
    console.log();
  };
  const byFile = new Map<string, number>();
  for (const [place, micros] of selfByLabel) {
    const file = (place.split(' ')[1] ?? '')
      .replace(/:\d+$/, '')
      .replace(/^(node_modules\/(?:@[^/]+\/)?[^/]+).*/, '$1');
    const key = file === '' ? place : file;
    byFile.set(key, (byFile.get(key) ?? 0) + micros);
  }
  show('by file or package', byFile, 40);
  show('by themselves', selfByLabel, 60);
  show('with what they call', totalByLabel, 110);
}
