/**
 * `npm run bench:saturation`: what a process does when more is asked of it than it can do. About two minutes.
 *
 * C is what one core carries: goodput at saturation (closed loop), per CPU second, measured anew around each round, since a machine that
 * others use is not as fast all the time. Requests arrive at half of C, in rounds at C and at three times C whatever becomes of them
 * (open loop), and at half of C again. Sixteen callers of whom each waits for its answer keep in step, and are cheaper to serve than
 * strangers who come when they like: what is served of arrivals at C says by how much, and so what load beyond saturation takes away.
 *
 * Meanwhile probes ask for health and metrics as a balancer and Prometheus do. `late` is how late requests were sent, `others` the part of
 * the gateway's core that went to other work: where either is much, the figures are the machine's and not Facet's.
 *
 *     --workload <name>   dashboard unless said otherwise
 *     --times <number>    3
 *     --rounds <number>   5
 *     --seconds <number>  8: how long the overload of a round lasts
 */
import { parseArgs } from 'node:util';
import { checkAnswers, requestsOf } from './measure.ts';
import type { Latencies, Phase, PhaseResult } from './open-loop.ts';
import { type Probes, probe } from './probes.ts';
import { coreMicros, cpuMicros, gatewayCore, rssMb } from './processes.ts';
import { startOpenLoop } from './start-open-loop.ts';
import { median } from './statistics.ts';
import { facet } from './subjects.ts';
import { startSurroundings } from './surroundings.ts';
import { createTokens } from './tokens.ts';
import { workloads } from './workloads.ts';

const { values: options } = parseArgs({
  options: {
    workload: { type: 'string', default: 'dashboard' },
    times: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '8' },
  },
});
const workload = workloads.find(({ name }) => name === options.workload);
if (!workload) throw new Error(`there is no workload ${options.workload}`);
const times = Number(options.times);
const sliceSeconds = 0.25;
/** So few are always let in, and they keep one core busy. */
const neverRefused = 16;

const { jwks, tokenFor } = createTokens();
const surroundings = await startSurroundings(jwks, workload.cached ?? false);
// As a deployment has it: the defaults of the section, not those of a benchmark that must not shed.
const gateway = await facet({ config: { overload: {} } }).launch(surroundings);
const requests = requestsOf(workload, tokenFor);
const load = startOpenLoop({ url: gateway.url, requests });

interface Measured extends PhaseResult {
  readonly goodPerSecond: number;
  /** Parts of the gateway's core. */
  readonly cpuShare: number;
  readonly othersShare: number;
  readonly probes: Probes;
}

async function run(name: string, phase: Phase): Promise<Measured> {
  const over = new AbortController();
  const probing = probe(gateway.url, gateway.adminUrl ?? gateway.url, over.signal);
  const [cpuBefore, coreBefore, begunAt] = [cpuMicros(gateway.pid), coreMicros(gatewayCore), performance.now()];
  const result = await load.run(phase);
  const tookMs = performance.now() - begunAt;
  over.abort();
  const cpuShare = (cpuMicros(gateway.pid) - cpuBefore) / 1e3 / tookMs;
  const othersShare = Math.max(0, (coreMicros(gatewayCore) - coreBefore) / 1e3 / tookMs - cpuShare);
  const perSecond = ({ count }: Latencies): string => (count / result.seconds).toFixed(0);
  const { good, refused, late, failed, hanging, unexplained } = result;
  const cells = [
    name,
    perSecond(good),
    shown(good),
    perSecond(refused),
    shown(refused),
    `${failed}, ${hanging}, ${unexplained}`,
    shown(late),
    percent(cpuShare),
    percent(othersShare),
    rssMb(gateway.pid),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  return { ...result, goodPerSecond: good.count / result.seconds, cpuShare, othersShare, probes: await probing };
}

/** Requests that a whole core carries in a second, at the pace that the machine has just now. */
async function capacityNow(): Promise<number> {
  const { goodPerSecond, cpuShare } = await run('saturation', { seconds: 3, connections: neverRefused });
  return goodPerSecond / cpuShare;
}

/** One overload, and C of just before and after it: a machine that others use is not as fast all the time. */
interface Round {
  readonly overload: Measured;
  /** Requests that arrive at C. */
  readonly full: Measured;
  readonly c: number;
}

const forItsCpu = ({ goodPerSecond, cpuShare }: Measured): number => goodPerSecond / cpuShare;
const shown = ({ p50Ms, p99Ms }: Latencies): string => `${p50Ms.toFixed(1)}, ${p99Ms.toFixed(0)}`;
const percent = (part: number): string => `${(part * 100).toFixed(0)} %`;

/** Seconds until nothing is refused any more and the 99th percentile of a part of the phase is what it was before. */
function secondsToNormal({ slices }: PhaseResult, normalMs: number): number {
  return (slices.findLastIndex(({ good, refused }) => refused > 0 || good.p99Ms > normalMs) + 1) * sliceSeconds;
}

try {
  await checkAnswers(gateway, workload, requests);
  console.log(
    '| phase | good/s | p50, p99 ms | refused/s | p50, p99 ms | failed, hanging, without Retry-After | late p50, p99 ms | CPU | others | RSS MB |',
  );
  console.log(`|---${'|--:'.repeat(9)}|`);
  await run('warming up', { seconds: 8, connections: neverRefused });
  let capacity = await capacityNow();
  const half = { perSecond: capacity / 2, connections: 2_000 };
  const before = await run('half of C', { ...half, seconds: 5 });
  const rounds: Round[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const known = capacity;
    const phase = { perSecond: times * known, seconds: Number(options.seconds), connections: 2_000 };
    const full = await run('1 × C', { ...phase, perSecond: known });
    const overload = await run(`${times} × C`, phase);
    capacity = await capacityNow();
    rounds.push({ overload, full, c: (known + capacity) / 2 });
  }
  const after = await run('half of C again', { ...half, seconds: 8 });
  const normalMs = Math.max(...before.slices.map(({ good }) => good.p99Ms));
  const all = (of: (round: Round) => number, show: (value: number) => string): string =>
    `${show(median(rounds.map(of)))} (${rounds.map((round) => show(of(round))).join(', ')})`;
  const worst = rounds.reduce((one, other) =>
    other.overload.refused.p99Ms > one.overload.refused.p99Ms ? other : one,
  );
  const { probes } = worst.overload;
  console.log(`
Medians, and each round. C: ${all(
    ({ c }) => c,
    (c) => c.toFixed(0),
  )} requests a second on a whole core.
Goodput at ${times} × C, of C: ${all(({ overload, c }) => overload.goodPerSecond / c, percent)}.
For the CPU that it got: ${all(({ overload, c }) => forItsCpu(overload) / c, percent)}.
The same, of what is served of arrivals at C: ${all(({ overload, full }) => forItsCpu(overload) / forItsCpu(full), percent)}.
Refusals, 99th percentile: ${all(
    ({ overload }) => overload.refused.p99Ms,
    (ms) => `${ms.toFixed(0)} ms`,
  )}, lateness of the load included.
Back to the usual 99th percentile (${normalMs.toFixed(0)} ms) after ${secondsToNormal(after, normalMs)} s.
In the round with the slowest refusals:
Probes, p50, p99, most: ${probes.summary()}.
Limit on requests in flight, p50, p99, most: ${probes.limit}.
Readiness: ${probes.readiness.join(', ')}; at half of C again: ${after.probes.readiness.join(', ')}.`);
} finally {
  await load.stop();
  await gateway.stop();
  await surroundings.stop();
}
