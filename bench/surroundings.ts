import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, otherCore, start, until } from './processes.ts';
import type { World } from './subjects.ts';

export interface Surroundings extends World {
  stop(): Promise<void>;
}

/** The services' stand-in and a Redis of its own, on the core that is not the gateway's. `delayMs`: how long services take for a read. */
export async function startSurroundings(jwks: string, cached: boolean, delayMs = 0): Promise<Surroundings> {
  const folder = mkdtempSync(join(tmpdir(), 'facet-bench-'));
  const redisPort = await freePort();
  // Load takes all that its core gives. Redis has another machine in life: behind the load it would be slow, then lost, and what it
  // announces with it, so that a run with caches would measure how they are filled again.
  const redis = start('redis-server', ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', ''], {
    core: otherCore,
    niceness: -10,
    cwd: folder,
  });
  await until(() => connects(redisPort), 'redis-server');
  const services = spawn(
    'taskset',
    [
      '-c',
      String(otherCore),
      'node',
      join(import.meta.dirname, 'services.ts'),
      ...(cached ? ['--cacheable'] : []),
      `--delay-ms=${delayMs}`,
      jwks,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const servicesUrl = await new Promise<string>((resolve, reject) => {
    services.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    services.once('exit', (code) => reject(new Error(`the stand-in ended with ${code}`)));
  });
  return {
    servicesUrl,
    redisUrl: `redis://127.0.0.1:${redisPort}`,
    cached,
    folder,
    async stop() {
      services.kill('SIGKILL');
      await redis.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function connects(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
