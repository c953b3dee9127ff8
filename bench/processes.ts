import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The gateway under test has one core to itself, what surrounds it the other. */
export const gatewayCore = 0;
export const otherCore = 1;

export interface Started {
  readonly pid: number;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a command on one core. Output goes nowhere unless `logFile` is given; logging is paid for all the same. */
export function start(
  command: string,
  args: readonly string[],
  options: {
    /** As `taskset -c` takes it. */
    readonly core: number | string;
    /** As `nice` counts: below 0 it goes before others that want the core, where the system allows it. Default 0. */
    readonly niceness?: number;
    readonly env?: NodeJS.ProcessEnv;
    readonly cwd?: string;
    readonly logFile?: string;
  },
): Started {
  const output = openSync(options.logFile ?? '/dev/null', 'w');
  const niceness = String(options.niceness ?? 0);
  // taskset and nice replace themselves by the command: the pid stays.
  const child = spawn('taskset', ['-c', String(options.core), 'nice', '-n', niceness, command, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...options.env },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    stdio: ['ignore', output, options.logFile === undefined ? 'inherit' : output],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid ?? 0,
    child,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Resolves once `probe` no longer throws. */
export async function until<T>(probe: () => Promise<T>, what: string, timeoutMs = 30_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (performance.now() > end) throw new Error(`${what} did not come up: ${String(error)}`, { cause: error });
      await sleep(50);
    }
  }
}

/** CPU time of a process in microseconds, all threads: `se.sum_exec_runtime`, which counts in nanoseconds. */
export function cpuMicros(pid: number): number {
  let nanos = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`))
    nanos += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]);
  return nanos / 1_000;
}

/** Microseconds in which anybody used a core, since the machine started; good to a hundredth of a second. */
export function coreMicros(core: number): number {
  const line = new RegExp(`^cpu${core} (.*)$`, 'm').exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '';
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(' ').map(Number);
  return (user + nice + system + irq + softirq + steal) * 10_000;
}

/** A process and those that it started, and so on. */
export function treeOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(treeOf)];
}

/** Whether this machine counts instructions of a process: they are the same whoever else is running. */
export const countsInstructions = spawnSync('perf', ['stat', '-e', 'instructions:u', 'true']).status === 0;

/** Counts the instructions that processes execute until `stop`; undefined where the machine has no counter. */
export function countInstructions(...pids: readonly number[]): { stop(): Promise<number | undefined> } {
  if (!countsInstructions) return { stop: () => Promise.resolve(undefined) };
  const perf = spawn('perf', ['stat', '-x,', '-e', 'instructions:u', '-p', pids.join(',')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  perf.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    stop: () =>
      new Promise((resolve) => {
        perf.once('exit', () => resolve(Number(/^(\d+),/m.exec(output)?.[1]) || undefined));
        perf.kill('SIGINT');
      }),
  };
}

export function rssMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}
