/**
 * `node bench/added-latency.ts`: what the gateway adds to the time of a service that takes 20 ms, at half of what it can do.
 *
 * Requests arrive at the same constant rate (open loop), in turns at the service itself and at the gateway: one query that makes
 * one call, and the dashboard, whose three calls are two steps one after the other. Added is the gateway's percentile less as many times
 * the service's own.
 */
import type { LoadRequest } from './load.ts';
import { checkAnswers, requestsOf } from './measure.ts';
import { cpuMicros } from './processes.ts';
import { startOpenLoop } from './start-open-loop.ts';
import { median } from './statistics.ts';
import { facet } from './subjects.ts';
import { startSurroundings } from './surroundings.ts';
import { createTokens } from './tokens.ts';
import { type Workload, workloads } from './workloads.ts';
import { userId } from './world.ts';

const delayMs = 20;
const rounds = 3;
const secondsPerPart = 4;
const connections = 512;

const viewer: Workload = {
  name: 'one call',
  operationName: 'BenchViewer',
  document: 'query BenchViewer { viewer { id displayName email } }',
  users: 1_000,
  facetOnly: true,
};
const dashboard = workloads.find(({ name }) => name === 'dashboard');
if (!dashboard) throw new Error('there is no dashboard');

const { jwks, tokenFor } = createTokens();
const surroundings = await startSurroundings(jwks, false, delayMs);
const gateway = await facet().launch(surroundings);
const direct = startOpenLoop({
  url: surroundings.servicesUrl,
  requests: Array.from({ length: 1_000 }, (_, index): LoadRequest => ({
    method: 'GET',
    path: `/v1/users?ids=${userId(index)}`,
    headers: {},
  })),
});

const ms = (value: number): string => value.toFixed(2);

try {
  console.log(
    '| query | rate, half of C | service p50, p99 ms | gateway p50, p99 ms | added p50 ms | added p99 ms |\n|---|--:|--:|--:|--:|--:|',
  );
  for (const [workload, steps] of [
    [viewer, 1],
    [dashboard, 2],
  ] as const) {
    const requests = requestsOf(workload, tokenFor);
    if (workload === dashboard) await checkAnswers(gateway, workload, requests);
    const load = startOpenLoop({ url: gateway.url, requests });
    await load.run({ seconds: 6, connections: 128 });
    const before = cpuMicros(gateway.pid);
    const saturated = await load.run({ seconds: 4, connections: 128 });
    // Per CPU second: on a shared machine the gateway had less than a core.
    const perSecond = saturated.good.count / ((cpuMicros(gateway.pid) - before) / 1e6) / 2;
    const rows: { direct: [number, number]; through: [number, number] }[] = [];
    for (let round = 0; round < rounds; round++) {
      const phase = { seconds: secondsPerPart, connections, perSecond };
      const one = await direct.run(phase);
      const other = await load.run(phase);
      rows.push({ direct: [one.good.p50Ms, one.good.p99Ms], through: [other.good.p50Ms, other.good.p99Ms] });
      // An idle connection may be closed at the moment in which it is used again.
      if (other.refused.count + other.failed + one.failed > 0.001 * other.due)
        throw new Error(`${other.refused.count} were refused, ${other.failed} and ${one.failed} failed`);
    }
    const of = (who: 'direct' | 'through', index: 0 | 1): number => median(rows.map((row) => row[who][index]));
    const added = [0, 1].map((index) => of('through', index as 0 | 1) - steps * of('direct', index as 0 | 1));
    console.log(
      `| ${workload.name}, ${steps} step${steps > 1 ? 's' : ''} | ${Math.round(perSecond)}/s | ${ms(of('direct', 0))}, ${ms(of('direct', 1))} ` +
        `| ${ms(of('through', 0))}, ${ms(of('through', 1))} | ${ms(added[0]!)} | ${ms(added[1]!)} |`,
    );
    await load.stop();
  }
} finally {
  await direct.stop();
  await gateway.stop();
  await surroundings.stop();
}
