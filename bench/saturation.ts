/**
 * `npm run bench:saturation`: what a process does when more is asked of it than it can do. About a minute and a half.
 *
 * C is the goodput at saturation (closed loop). Then requests arrive at half of C, at three times C whatever becomes of them, and at
 * half of C again. Meanwhile probes ask for health and metrics as a balancer and Prometheus do.
 *
 *     --workload <name>   dashboard unless said otherwise
 *     --times <number>    3
 *     --seconds <number>  20: how long the overload lasts
 *     --json              the figures for machines
 */
import { parseArgs } from 'node:util';
import { checkAnswers, requestsOf } from './measure.ts';
import type { PhaseResult } from './open-loop.ts';
import { coreMicros, cpuMicros, gatewayCore, rssMb } from './processes.ts';
import { percentile } from './statistics.ts';
import { startOpenLoop } from './start-open-loop.ts';
import { facet } from './subjects.ts';
import { startSurroundings } from './surroundings.ts';
import { createTokens } from './tokens.ts';
import { workloads } from './workloads.ts';

const { values: options } = parseArgs({
  options: {
    workload: { type: 'string', default: 'dashboard' },
    times: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    overload: { type: 'string', default: '{}' },
    json: { type: 'boolean', default: false },
  },
});
const workload = workloads.find(({ name }) => name === options.workload);
if (!workload) throw new Error(`there is no workload ${options.workload}`);
const times = Number(options.times);
const seconds = Number(options.seconds);
const probeEveryMs = 100;

const { jwks, tokenFor } = createTokens();
const surroundings = await startSurroundings(jwks, workload.cached ?? false);
const gateway = await facet({ config: { overload: JSON.parse(options.overload) as object } }).launch(surroundings);
const requests = requestsOf(workload, tokenFor);
const load = startOpenLoop({ url: gateway.url, requests });

interface Probes {
  readonly ms: Readonly<Record<string, number[]>>;
  /** Seconds since the first probe at which readiness was another than before. */
  readonly readiness: { readonly atSeconds: number; readonly status: number }[];
}

/** Asks as a platform does, each time anew, until `isOver`. */
async function probe(isOver: AbortSignal): Promise<Probes> {
  const paths = { livez: gateway.url, readyz: gateway.url, metrics: gateway.adminUrl ?? gateway.url };
  const ms: Record<string, number[]> = { livez: [], readyz: [], metrics: [] };
  const readiness: Probes['readiness'] = [];
  const begunAt = performance.now();
  while (!isOver.aborted) {
    for (const [path, base] of Object.entries(paths)) {
      const askedAt = performance.now();
      const { status } = await fetch(new URL(`/${path}`, base)).then(async (response) => {
        await response.arrayBuffer();
        return response;
      });
      ms[path]!.push(performance.now() - askedAt);
      if (path === 'readyz' && readiness.at(-1)?.status !== status)
        readiness.push({ atSeconds: (askedAt - begunAt) / 1_000, status });
    }
    await new Promise((resolve) => setTimeout(resolve, probeEveryMs));
  }
  for (const values of Object.values(ms)) values.sort((a, b) => a - b);
  return { ms, readiness };
}

interface Measured extends PhaseResult {
  readonly goodPerSecond: number;
  readonly cpuShare: number;
  /** The part of the gateway's core that went to other work: with a third and more of it, the figures are the machine's and not Facet's. */
  readonly othersShare: number;
  readonly rss: number;
  readonly probes: Probes;
}

async function run(name: string, phase: Parameters<typeof load.run>[0]): Promise<Measured> {
  const over = new AbortController();
  const probing = probe(over.signal);
  const [cpuBefore, coreBefore, begunAt] = [cpuMicros(gateway.pid), coreMicros(gatewayCore), performance.now()];
  const result = await load.run(phase);
  const tookMs = performance.now() - begunAt;
  const cpuShare = (cpuMicros(gateway.pid) - cpuBefore) / 1e3 / tookMs;
  const othersShare = Math.max(0, (coreMicros(gatewayCore) - coreBefore) / 1e3 / tookMs - cpuShare);
  over.abort();
  const goodPerSecond = result.good.count / result.seconds;
  process.stderr.write(
    `${name}: ${goodPerSecond.toFixed(0)}/s good (p50 ${result.good.p50Ms.toFixed(0)}, p99 ${result.good.p99Ms.toFixed(0)} ms), ` +
      `${(result.refused.count / result.seconds).toFixed(0)}/s refused (p50 ${result.refused.p50Ms.toFixed(0)}, p99 ${result.refused.p99Ms.toFixed(0)} ms), ` +
      `${result.failed} failed, ${result.hanging} hanging, ${result.unexplained} unexplained, CPU ${(cpuShare * 100).toFixed(0)} %, others ${(othersShare * 100).toFixed(0)} %\n`,
  );
  return { ...result, goodPerSecond, cpuShare, othersShare, rss: rssMb(gateway.pid), probes: await probing };
}

/** Seconds until nothing is refused any more and the 99th percentile of a part of the phase is what it was before. */
function secondsToNormal({ slices }: PhaseResult, normalMs: number): number {
  const last = slices.findLastIndex(({ good, refused }) => refused > 0 || good.p99Ms > normalMs);
  return ((last + 1) * 250) / 1_000;
}

try {
  await checkAnswers(gateway, workload, requests);
  await run('warming up', { seconds: 8, connections: 32 });
  const saturated = await run('saturation', { seconds: 6, connections: 32 });
  const c = saturated.goodPerSecond / saturated.cpuShare;
  const half = { perSecond: c / 2, connections: 2_000 };
  const before = await run('half of C', { ...half, seconds: 5 });
  const overload = await run(`${times} × C`, { perSecond: times * c, seconds, connections: 2_000 });
  const after = await run('half of C again', { ...half, seconds: 8 });
  const again = await run('saturation again', { seconds: 6, connections: 32 });
  const normalMs = Math.max(...before.slices.map(({ good }) => good.p99Ms));
  const figures = {
    goodputOfC: overload.goodPerSecond / c,
    goodputPerCpuOfC: overload.goodPerSecond / overload.cpuShare / c,
    cAgainOfC: again.goodPerSecond / again.cpuShare / c,
    refusedP99Ms: overload.refused.p99Ms,
    secondsToNormal: secondsToNormal(after, normalMs),
    normalMs,
    othersShare: overload.othersShare,
    rssMb: overload.rss,
    probes: Object.fromEntries(
      Object.entries(overload.probes.ms).map(([path, ms]) => [
        path,
        { count: ms.length, p50Ms: percentile(ms, 0.5), p99Ms: percentile(ms, 0.99), maxMs: ms.at(-1) },
      ]),
    ),
    readiness: [...overload.probes.readiness, 'then', ...after.probes.readiness],
  };
  console.log(JSON.stringify(figures, null, 2));
} finally {
  await load.stop();
  await gateway.stop();
  await surroundings.stop();
}
