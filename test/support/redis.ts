import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { delimiter, join } from 'node:path';
import { once } from 'node:events';
import {
  type Cleanup,
  freePorts,
  signalProcess,
  startProcess,
  temporaryDirectory,
  type TestProcess,
  waitFor,
} from './processes.ts';

export interface TestRedis {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** One command past the product's own client, by `redis-cli`; the trimmed output. */
  cli(...args: readonly string[]): Promise<string>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
  /** SIGSTOP: accepts connections by its kernel's backlog, answers nothing. */
  freeze(): void;
  thaw(): void;
}

const installHint =
  'The tests need a real redis-server (7 or later, or valkey-server): apt-get install redis-server, or set REDIS_SERVER_BIN.';

/** The server's binary; throws a clear sentence where there is none. */
export function redisServerBinary(): string {
  const named = process.env['REDIS_SERVER_BIN'];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = ['redis-server', 'valkey-server']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
  if (!found) throw new Error(installHint);
  return found;
}

/** A private server on a free loopback port that keeps nothing on disk; it ends with the test. */
export async function startRedis(cleanup: Cleanup, args: readonly string[] = [], onPort?: number): Promise<TestRedis> {
  const port = onPort ?? (await freePorts(1))[0] ?? 0;
  const directory = await temporaryDirectory(cleanup);
  const launch = (): Promise<TestProcess> =>
    startProcess(cleanup, '--port', {
      command: redisServerBinary(),
      args: [String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory, ...args],
      readyPattern: /Ready to accept connections/,
    });
  let server = await launch();
  // A frozen process can't be ended by anything milder than SIGKILL, which `startProcess` sends at the end of the test.
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return server.pid;
    },
    cli: (...words) => redisCli(port, words),
    kill: async () => void (await server.kill('SIGKILL')),
    restart: async () => {
      server = await launch();
    },
    freeze: () => void signalProcess(server.pid, 'SIGSTOP'),
    thaw: () => void signalProcess(server.pid, 'SIGCONT'),
  };
}

export interface TestCluster {
  /** Three masters, then their three replicas. */
  readonly nodes: readonly TestRedis[];
  readonly url: string;
  /** The node that owns the slot of a key now. */
  masterOf(key: string): Promise<TestRedis>;
  replicaOf(master: TestRedis): Promise<TestRedis>;
}

/** A real cluster of six nodes that fails over after `nodeTimeoutMs`; resolves when every replica has synced. */
export async function startRedisCluster(cleanup: Cleanup, nodeTimeoutMs = 1_000): Promise<TestCluster> {
  const ports = (await freePorts(40)).filter((port) => port < 55_000).slice(0, 6);
  const options = [
    '--cluster-enabled',
    'yes',
    '--cluster-node-timeout',
    String(nodeTimeoutMs),
    '--repl-diskless-sync-delay',
    '0',
  ];
  const nodes = await Promise.all(ports.map((port) => startRedis(cleanup, options, port)));
  const [first] = nodes;
  if (!first || nodes.length < 6) throw new Error('six ports below 55000 are needed, since the bus takes port + 10000');
  const addresses = ports.map((port) => `127.0.0.1:${port}`);
  await redisCli(first.port, ['--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes']);
  const synced = async (): Promise<boolean> => {
    const states = await Promise.all(
      nodes.map(async (node) => [await node.cli('cluster', 'info'), await node.cli('role')]),
    );
    return states.every(
      ([info, role]) =>
        info?.includes('cluster_state:ok') && (role?.startsWith('master') || role?.includes('connected')),
    );
  };
  await waitFor(synced, { what: 'the cluster to be formed and synced', timeoutMs: 20_000 });
  const byPort = (port: string | undefined): TestRedis => {
    const node = nodes.find((candidate) => String(candidate.port) === port);
    if (!node) throw new Error(`no node on port ${port}`);
    return node;
  };
  const lines = async (): Promise<string[]> => {
    for (const node of nodes) {
      const text = await node.cli('cluster', 'nodes').catch(() => '');
      if (text) return text.split('\n');
    }
    throw new Error('no node of the cluster answers');
  };
  return {
    nodes,
    url: first.url,
    masterOf: async (key) => {
      const slot = Number(await first.cli('cluster', 'keyslot', key));
      const owner = (await lines()).find((line) =>
        line
          .split(' ')
          .slice(8)
          .some((range) => {
            const [from = NaN, to = from] = range.split('-').map(Number);
            return from <= slot && slot <= to;
          }),
      );
      return byPort(owner && portOf(owner));
    },
    replicaOf: async (master) => {
      const all = await lines();
      const id = all.find((line) => portOf(line) === String(master.port))?.split(' ')[0];
      const replica = all.find((line) => line.split(' ')[3] === id);
      return byPort(replica && portOf(replica));
    },
  };
}

/** `<id> <ip:port@cport> <flags> <master> …` (CLUSTER NODES). */
function portOf(line: string): string | undefined {
  return /:(\d+)@/.exec(line)?.[1];
}

function redisCli(port: number, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const command = redisServerBinary().replace(/-server$/, '-cli');
    execFile(command, ['-h', '127.0.0.1', '-p', String(port), ...words], { timeout: 20_000 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout.trim()),
    );
  });
}

/** Does anything accept connections there? */
export async function accepts(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
