import type { LoadRequest } from './load.ts';
import { checkAnswers, measure, type MeasureOptions, requestsOf, type Row } from './measure.ts';
import type { Running, Subject } from './subjects.ts';
import { startSurroundings } from './surroundings.ts';
import { createTokens } from './tokens.ts';
import type { Workload } from './workloads.ts';

export interface Effort {
  /** Of a headline workload; others have fewer. */
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** A quick run has no time to meet everyone. */
  readonly maxUsers: number;
  readonly warmRequests: number;
  readonly warmUpSeconds: number;
  readonly maxWarmUps: number;
}

export interface Outcome {
  readonly rows: readonly Row[];
  /** Which subjects did not take part, and why. */
  readonly notRun: readonly string[];
}

interface Contestant extends Running {
  readonly name: string;
  readonly requests: readonly LoadRequest[];
  readonly cell: MeasureOptions;
}

/** Rounds of a workload that no target is about. */
const maxRounds = 3;
/** With more subjects than this each is idle for so long between its turns that V8 forgets compiled code; it gets a second to find it again. */
const mostAwake = 9;
const awakening = ({ cell }: Contestant): MeasureOptions => ({ ...cell, seconds: 1 });
const { jwks, tokenFor } = createTokens();

/**
 * All subjects' figures in one workload. One that cannot run here, answers wrongly or not at all is left out with its reason; that is no
 * excuse for Facet, which ends the run.
 */
export async function runWorkload(
  workload: Workload,
  subjectsOf: (folder: string) => readonly Subject[],
  effort: Effort,
): Promise<Outcome> {
  const surroundings = await startSurroundings(jwks, workload.cached ?? false);
  const rows: Row[] = [];
  const notRun: string[] = [];
  let contestants: readonly Contestant[] = [];
  const without = async (contestant: Contestant, error: unknown): Promise<void> => {
    await contestant.stop();
    leaveOut(contestant.name, error);
    contestants = contestants.filter((one) => one !== contestant);
  };
  const leaveOut = (name: string, error: unknown): void => {
    const why = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.slice(0, 200);
    const reason = `${name} in ${workload.name} (${why})`;
    if (name.startsWith('facet')) throw new Error(reason, { cause: error });
    process.stderr.write(`left out: ${reason}\n`);
    notRun.push(reason);
  };
  try {
    const { seconds } = effort;
    const connections = Math.min(effort.connections, workload.maxConnections ?? effort.connections);
    const rounds = workload.isHeadline ? effort.rounds : Math.min(effort.rounds, maxRounds);
    const users = Math.min(workload.users, effort.maxUsers);
    for (const subject of subjectsOf(surroundings.folder)) {
      if (subject.missing !== undefined) {
        notRun.push(`${subject.name} (${subject.missing})`);
        continue;
      }
      const requests = requestsOf({ ...workload, users }, tokenFor, subject.dialect);
      let running: Running | undefined;
      try {
        running = await subject.launch(surroundings);
        const minBytes = await checkAnswers(running, workload, requests, subject.dialect);
        const cell = { connections, seconds, folder: surroundings.folder, minBytes };
        contestants = [...contestants, { name: subject.name, requests, cell, ...running }];
      } catch (error) {
        await running?.stop();
        leaveOut(subject.name, error);
      }
    }
    for (const contestant of contestants)
      await warmUp(contestant, effort).catch((error: unknown) => without(contestant, error));
    for (let round = 1; round <= rounds; round++) {
      // Another first one in each round: whoever comes first finds the machine otherwise than the last.
      const order = contestants.map((_, place) => contestants[(place + round) % contestants.length]!);
      for (const contestant of order) {
        try {
          if (contestants.length > mostAwake) await measure(contestant, contestant.requests, awakening(contestant));
          const figures = await measure(contestant, contestant.requests, contestant.cell);
          rows.push({ workload: workload.name, subject: contestant.name, ...figures, round });
          process.stderr.write(`${workload.name} ${round} ${contestant.name}: ${figures.cpuMicrosPerRequest} µs\n`);
        } catch (error) {
          await without(contestant, error);
        }
      }
    }
  } finally {
    for (const contestant of contestants) await contestant.stop();
    await surroundings.stop();
  }
  return { rows, notRun };
}

/** Until V8 has compiled what is hot, every caller is known and every connection is open, however slow the machine is just now. */
async function warmUp(contestant: Contestant, { warmRequests, warmUpSeconds, maxWarmUps }: Effort): Promise<void> {
  let sent = 0;
  for (let part = 0; part < maxWarmUps && sent < warmRequests; part++) {
    const cell = { ...contestant.cell, seconds: warmUpSeconds };
    const { requestsPerSecond } = await measure(contestant, contestant.requests, cell);
    sent += requestsPerSecond * warmUpSeconds;
  }
}
