/**
 * Runs the tests: `npm test [-- file …]`, or the long fault runs with `--faults`. What they need beside npm packages is installed when
 * root on Debian, else one line says which. Files of one suite run two at a time, since each may start processes of its own.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the tests start, and the Debian package that has it. */
const needed: readonly (readonly [command: string, debianPackage: string])[] = [
  ['redis-server', 'redis-server'],
  ['chromium', 'chromium'],
  ['pebble', 'pebble'],
  ['promtool', 'prometheus'],
];

/** In this order: what is quick to tell is told first. */
const suites = ['architecture', 'unit', 'contract', 'conformance', 'integration', 'resilience'] as const;

function isOnPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function installMissing(): void {
  const missing = needed.filter(([command]) => !isOnPath(command)).map(([, debianPackage]) => debianPackage);
  if (missing.length === 0) return;
  const line = `apt-get update && apt-get install -y ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    process.stderr.write(`The tests need ${missing.join(' and ')}. On Debian, as root: ${line}\n`);
    process.exit(1);
  }
  process.stderr.write(`Installing what the tests need: ${line}\n`);
  const { status } = spawnSync('sh', ['-c', line], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) process.exit(1);
}

function run(files: readonly string[]): never {
  const { status } = spawnSync(
    process.execPath,
    ['--test', '--test-concurrency=2', '--test-timeout=120000', ...files],
    {
      stdio: 'inherit',
    },
  );
  process.exit(status ?? 1);
}

const [first, ...rest] = process.argv.slice(2);
installMissing();
if (first === '--faults') {
  process.env['FACET_STRICT_TIMES'] = '1';
  run(globSync('test/faults/**/*.test.ts').toSorted());
} else if (first) run([first, ...rest]);
else run(suites.flatMap((suite) => globSync(`test/${suite}/**/*.test.ts`).toSorted()));
