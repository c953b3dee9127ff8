import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { children } from './children.ts';
import { demoSecrets } from './supervisor/demo-secrets.ts';
import { lineage } from './supervisor/lineage.ts';
import { resolvePorts, StartError } from './supervisor/ports.ts';
import { welcome } from './supervisor/screen.ts';
import { Supervisor } from './supervisor/supervisor.ts';

/** One key press reaches this process twice, from the terminal and from npm: within this time it is one signal. */
const samePressMs = 1_000;
const lineageCheckMs = 500;

const { env } = process;
const dataDir = resolve(env['DATA_DIR'] || join(import.meta.dirname, '..', '.data'));

function say(line: string): void {
  console.log(`  ${line}`);
}

function fail(error: unknown): never {
  const lines = error instanceof StartError ? error.problems : [error instanceof Error ? error.message : String(error)];
  for (const line of lines) console.error(`facet: ${line}`);
  process.exit(1);
}

function prepareDataDir(): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch {
    throw new StartError([`${dataDir} can't be written: make it writable, or set DATA_DIR to another folder.`]);
  }
}

async function createSupervisor(): Promise<{ supervisor: Supervisor; ports: Readonly<Record<string, number>> }> {
  const ports = await resolvePorts(children, env);
  prepareDataDir();
  const setting = { ports, dataDir, ...demoSecrets(dataDir, env) };
  return { supervisor: new Supervisor({ specs: children, setting, environment: env, say }), ports };
}

/** Stops everything when told to: by a signal, or because whoever started this is gone. */
function stopWhenTold(supervisor: Supervisor): void {
  let firstMs: number | undefined;
  async function stop(): Promise<void> {
    const nowMs = performance.now();
    if (firstMs !== undefined && nowMs - firstMs < samePressMs) return;
    const again = firstMs !== undefined;
    firstMs ??= nowMs;
    if (!again) say('stopping');
    await supervisor.stop(again ? 0 : undefined);
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  process.once('disconnect', () => void stop());
  process.channel?.unref();
  if (env['npm_lifecycle_event'] === undefined) return;
  const started = lineage();
  setInterval(() => lineage() !== started && void stop(), lineageCheckMs).unref();
}

// A screen that went away (a closed pipe, a killed npm) is no reason to leave the children unattended.
process.stdout.on('error', () => {});

try {
  const { supervisor, ports } = await createSupervisor();
  stopWhenTold(supervisor);
  if (await supervisor.start()) console.log(await welcome({ specs: children, ports, dataDir }));
} catch (error) {
  fail(error);
}
