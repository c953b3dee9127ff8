import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Anything with node:test's `after`: what a test starts, ends with it. */
export interface Cleanup {
  after(hook: () => Promise<void> | void): void;
}

/**
 * The cleanup of a whole `describe` block, for what its `before` starts. Call it in the block's body: an `after` that is
 * first called inside `before` runs as soon as that hook ends.
 */
export function suiteCleanup(after: (hook: () => Promise<void>) => void): Cleanup {
  const hooks: (() => Promise<void> | void)[] = [];
  after(async () => {
    for (const hook of hooks.reverse()) await hook();
  });
  return { after: (hook) => void hooks.push(hook) };
}

export interface ProcessOptions {
  readonly args?: readonly string[];
  /** Added to this process's environment; undefined removes a name. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Default: the Node that runs the tests. */
  readonly command?: string;
  /** Resolves the start when the output matches; its groups are in `ready`. Default: as soon as it is spawned. */
  readonly readyPattern?: RegExp;
  /** Default 20 000. */
  readonly readyTimeoutMs?: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface TestProcess {
  readonly pid: number;
  /** What matched `readyPattern`. */
  readonly ready: RegExpMatchArray;
  /** All of stdout and stderr so far, in the order it came. */
  output(): string;
  /** Sends the signal (default SIGTERM) and waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<Exit>;
  readonly exited: Promise<Exit>;
}

/** Starts a real process and waits until it is ready; it is killed when the test ends. */
export async function startProcess(
  cleanup: Cleanup,
  entry: string,
  options: ProcessOptions = {},
): Promise<TestProcess> {
  const child: ChildProcess = spawn(options.command ?? process.execPath, [entry, ...(options.args ?? [])], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exited = once(child, 'close').then(([code, signal]): Exit => ({ code, signal }) as Exit);
  async function kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exited;
  }
  cleanup.after(async () => {
    await kill('SIGKILL');
  });

  const pattern = options.readyPattern ?? /^/;
  const ready = await waitFor(
    () => {
      const match = output.match(pattern);
      if (!match && child.exitCode !== null) throw new Error(`${entry} ended before it was ready:\n${output}`);
      return match;
    },
    { what: () => `${entry} to print ${pattern}:\n${output}`, timeoutMs: options.readyTimeoutMs ?? 20_000 },
  );
  return { pid: child.pid ?? 0, ready, output: () => output, kill, exited };
}

/** Runs to the end. */
export async function runProcess(cleanup: Cleanup, entry: string, options: ProcessOptions = {}) {
  const running = await startProcess(cleanup, entry, options);
  const exit = await running.exited;
  return { ...exit, output: running.output() };
}

type Truthy<T> = Exclude<T, undefined | null | false>;

/** Asks again every few milliseconds until the answer is truthy. A throw ends the wait. */
export async function waitFor<T>(
  ask: () => T | Promise<T>,
  options: { readonly what: string | (() => string); readonly timeoutMs?: number },
): Promise<Truthy<T>> {
  const timeoutMs = options.timeoutMs ?? 10_000;
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer as Truthy<T>;
    if (performance.now() > endMs) {
      const what = typeof options.what === 'string' ? options.what : options.what();
      throw new Error(`waited ${timeoutMs} ms for ${what}`);
    }
    await delay(15);
  }
}

/**
 * Tells one process something. An id that is missing or 0 is a mistake: 0 means every process of our own group, the test run and
 * whoever started it.
 */
export function signalProcess(pid: number | null | undefined, signal: NodeJS.Signals): void {
  if (!pid || pid < 1) throw new Error(`${signal} was meant for one process, not for ${pid}`);
  process.kill(pid, signal);
}

/** Is there a process with this id? (One that ended but was not waited for by its parent doesn't count.) */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(stat);
}

/** Ports that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** A directory that is removed when the test ends. */
export async function temporaryDirectory(cleanup: Cleanup): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'facet-'));
  cleanup.after(() => rm(path, { recursive: true, force: true }));
  return path;
}
