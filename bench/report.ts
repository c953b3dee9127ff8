import type { Row } from './measure.ts';
import { median, spread } from './statistics.ts';

export interface ReportHead {
  readonly rounds: number;
  readonly secondsPerCell: number;
  readonly loadTool: string;
  readonly nodeVersion: string;
  /** The subject that others are related to: the first of these that took part. */
  readonly baselines: readonly string[];
  readonly notRun: readonly string[];
}

/** `RESULTS.md`: medians over the rounds, and the ratio to the baseline within each workload. */
export function report(rows: readonly Row[], head: ReportHead): string {
  const workloads = [...new Set(rows.map(({ workload }) => workload))];
  const tables = workloads.map((workload) => table(workload, rows, head.baselines));
  return `# Benchmark

${head.rounds} interleaved rounds (3 where no target is set) of ${head.secondsPerCell} s a cell, longer where answers are few, ${head.loadTool}, Node
${head.nodeVersion}. The gateway has one core, load, services and Redis the other. Peers run bare. Figures are medians; \`±\` is half the distance between the quartiles. Absolute figures depend on the machine and on who else uses
it: **only ratios within one table mean anything**, and below ±25 % they mean little. Instructions (user mode) are what other work on the
machine does not touch.

${tables.join('\n\n')}
${head.notRun.length === 0 ? '' : `\nNot run: ${head.notRun.join('; ')}.\n`}`;
}

function table(workload: string, rows: readonly Row[], baselines: readonly string[]): string {
  const here = rows.filter((row) => row.workload === workload);
  const of = (subject: string, key: keyof Row): number[] =>
    here.filter((row) => row.subject === subject).map((row) => Number(row[key]));
  const subjects = [...new Set(here.map(({ subject }) => subject))];
  // Alone, nobody is related to anybody.
  const baseline = subjects.length > 1 ? (baselines.find((name) => subjects.includes(name)) ?? '') : '';
  const base = of(baseline, 'cpuMicrosPerRequest');
  const lines = subjects
    .toSorted((a, b) => median(of(a, 'cpuMicrosPerRequest')) - median(of(b, 'cpuMicrosPerRequest')))
    .map((subject) => {
      const cpu = of(subject, 'cpuMicrosPerRequest');
      const cells = [
        subject,
        base.length === 0 ? '' : (median(cpu) / median(base)).toFixed(2),
        `${Math.round(median(cpu))} ± ${Math.round(spread(cpu) * 100)} %`,
        instructions(of(subject, 'instructionsPerRequest'), of(baseline, 'instructionsPerRequest')),
        Math.round(median(of(subject, 'requestsPerSecond'))),
        median(of(subject, 'p50Ms')).toFixed(2),
        median(of(subject, 'p99Ms')).toFixed(1),
        Math.round(median(of(subject, 'rssMb'))),
      ];
      return `| ${cells.join(' | ')} |`;
    });
  return [
    `## ${workload}`,
    '',
    `| subject | ratio${baseline && ` to ${baseline}`} | CPU µs/request | instructions/request, ratio | requests/s | p50 ms | p99 ms | RSS MB |`,
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

function instructions(own: readonly number[], base: readonly number[]): string {
  const count = median(own);
  if (Number.isNaN(count)) return '';
  const ratio = median(base);
  return `${Math.round(count / 1_000)} k${Number.isNaN(ratio) ? '' : `, ${(count / ratio).toFixed(2)}`}`;
}
