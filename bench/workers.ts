/**
 * `node bench/workers.ts`: requests per CPU second of the whole group (primary and workers) with two workers, against one process.
 * Both have both cores, and share them with load and services: only CPU time and instructions are compared.
 */
import { sendLoad } from './load.ts';
import { checkAnswers, requestsOf } from './measure.ts';
import { countInstructions, cpuMicros, treeOf } from './processes.ts';
import { median, spread } from './statistics.ts';
import { facet, type Running } from './subjects.ts';
import { startSurroundings } from './surroundings.ts';
import { createTokens } from './tokens.ts';
import { workloads } from './workloads.ts';

const rounds = Number(process.argv[2] ?? 5);
const requestsPerCell = 2_000;
const warmRequests = 8_000;
/** For each worker: what is done at once is done together, so a worker with half of the requests would not be the same worker. */
const connectionsPerWorker = 32;

const workload = workloads.find(({ name }) => name === 'dashboard');
if (!workload) throw new Error('there is no dashboard');
const { jwks, tokenFor } = createTokens();
const surroundings = await startSurroundings(jwks, false);
const requests = requestsOf(workload, tokenFor);

async function cell(
  { url, pid }: Running,
  workers: number,
  count: number,
): Promise<{ cpuMicros: number; instructions: number }> {
  const pids = treeOf(pid);
  const cpu = (): number => pids.reduce((sum, one) => sum + cpuMicros(one), 0);
  const counter = countInstructions(...pids);
  const before = cpu();
  let done = 0;
  while (done < count) done += await answered(url, connectionsPerWorker * workers);
  const used = cpu() - before;
  return { cpuMicros: used / done, instructions: ((await counter.stop()) ?? Number.NaN) / done };
}

async function answered(url: string, connections: number): Promise<number> {
  const load = await sendLoad(url, requests, { connections, seconds: 1, folder: surroundings.folder });
  if (load.failed > 0) throw new Error(`${load.failed} of ${load.requests} requests failed`);
  return load.requests;
}

const groups = [1, 2].map((workers) => ({
  workers,
  subject: facet({ name: `${workers}`, cores: '0,1', config: { workers } }),
  cpuMicros: [] as number[],
  instructions: [] as number[],
}));
const running = [];
try {
  for (const group of groups) {
    const gateway = await group.subject.launch(surroundings);
    running.push({ ...group, ...gateway });
    await checkAnswers(gateway, workload, requests);
    await cell(gateway, group.workers, warmRequests * group.workers);
  }
  for (let round = 0; round < rounds; round++)
    for (const group of round % 2 === 0 ? running : running.toReversed()) {
      const figures = await cell(group, group.workers, requestsPerCell);
      group.cpuMicros.push(figures.cpuMicros);
      group.instructions.push(figures.instructions);
    }
  console.log('| workers | CPU µs a request | instructions a request | requests per CPU second |\n|--:|--:|--:|--:|');
  for (const { workers, cpuMicros: micros, instructions } of running)
    console.log(
      `| ${workers} | ${median(micros).toFixed(0)} ± ${(spread(micros) * 100).toFixed(0)} % | ${(median(instructions) / 1_000).toFixed(0)} k | ${(1e6 / median(micros)).toFixed(0)} |`,
    );
  const [one, two] = running;
  const ratio = (key: 'cpuMicros' | 'instructions'): string => (median(one![key]) / median(two![key])).toFixed(2);
  console.log(
    `\nTwo workers do ${ratio('cpuMicros')} of what one does with a CPU second, ${ratio('instructions')} by instructions.`,
  );
} finally {
  for (const gateway of running) await gateway.stop();
  await surroundings.stop();
}
