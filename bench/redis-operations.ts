/**
 * `node bench/redis-operations.ts [workload...]`: what a request asks of Redis, counted there (`INFO commandstats`, `INFO cpu`), for each workload:
 * the first time for each caller and again, one request at a time and 32 at once. A command that a script calls is counted as one,
 * beside the script.
 */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { freshKey, type LoadRequest } from './load.ts';
import { checkAnswers, requestsOf } from './measure.ts';
import { facet } from './subjects.ts';
import { startSurroundings } from './surroundings.ts';
import { createTokens } from './tokens.ts';
import { type Workload, workloads } from './workloads.ts';

const requestsPerPass = 400;
/** After the answers, until what is written behind them is written. */
const settleMs = 300;

interface Counts {
  readonly calls: ReadonlyMap<string, number>;
  readonly cpuMicros: number;
}

async function countsOf(redis: Redis): Promise<Counts> {
  const stats = await redis.info('commandstats');
  const cpu = await redis.info('cpu');
  const calls = [...stats.matchAll(/cmdstat_(\S+):calls=(\d+)/g)].map(
    ([, name, count]) => [name!, Number(count)] as const,
  );
  const seconds = [...cpu.matchAll(/used_cpu_(?:user|sys)_main_thread:([\d.]+)/g)];
  return { calls: new Map(calls), cpuMicros: seconds.reduce((sum, [, part]) => sum + Number(part), 0) * 1e6 };
}

async function send(url: string, requests: readonly LoadRequest[], atOnce: number): Promise<void> {
  const left = requests.values();
  const worker = async (): Promise<void> => {
    for (const { method, path, headers, body } of left) {
      const response = await fetch(new URL(path, url), {
        method,
        headers,
        body: body?.replace(freshKey, randomUUID()) ?? null,
      });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`it answered ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  await new Promise((resolve) => setTimeout(resolve, settleMs));
}

async function runWorkload(workload: Workload): Promise<void> {
  const { jwks, tokenFor } = createTokens();
  const surroundings = await startSurroundings(jwks, workload.cached ?? false);
  const gateway = await facet({ client: workload.facetClient ?? 'web' }).launch(surroundings);
  const redis = new Redis(surroundings.redisUrl);
  try {
    const users = workload.cached ? 100 : workload.users;
    const all = requestsOf({ ...workload, users: Math.min(users, requestsPerPass) }, tokenFor);
    const requests = Array.from({ length: requestsPerPass }, (_, index) => all[index % all.length]!);
    await checkAnswers(gateway, workload, all);
    for (const [name, pass, atOnce] of [
      ['first time', all.slice(3), 1],
      ['again', requests, 1],
      ['again, 32 at once', requests, 32],
    ] as const) {
      const before = await countsOf(redis);
      await send(gateway.url, pass, atOnce);
      const after = await countsOf(redis);
      const calls = [...after.calls]
        .map(([command, count]) => [command, (count - (before.calls.get(command) ?? 0)) / pass.length] as const)
        .filter(([command, count]) => count >= 0.005 && command !== 'info')
        .map(([command, count]) => `${command} ${count.toFixed(2)}`);
      const micros = (after.cpuMicros - before.cpuMicros) / pass.length;
      console.log(`| ${workload.name} | ${name} | ${calls.join(', ')} | ${micros.toFixed(0)} |`);
    }
  } finally {
    redis.disconnect();
    await gateway.stop();
    await surroundings.stop();
  }
}

console.log('| workload | pass | commands a request | Redis CPU µs a request |\n|---|---|---|---|');
const asked = process.argv.slice(2);
for (const workload of workloads)
  if (!workload.registered && (asked.length === 0 || asked.includes(workload.name))) await runWorkload(workload);
