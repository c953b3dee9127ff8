import { nodeVersionProblem } from './node-version.mjs';

/**
 * Runs a TypeScript entry of this repository, given by its path from the root. On a Node that is too old it hands over to
 * the one npm ci installed; where there is none it says what is wrong in one sentence and ends with 1.
 */
export function runEntry(path) {
  const problem = nodeVersionProblem(process.versions.node);
  const entry = new URL('../' + path, import.meta.url);
  if (problem === undefined) return import(entry.href);
  return Promise.all([import('node:child_process'), import('node:fs'), import('node:url')]).then(
    ([{ spawn }, { existsSync }, { fileURLToPath }]) => {
      const pinnedNode = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
      if (!existsSync(pinnedNode)) return refuse(problem);
      // The channel tells a supervisor that this process is gone, even when it could not say so.
      const child = spawn(pinnedNode, [fileURLToPath(entry), ...process.argv.slice(2)], {
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      });
      child.once('error', () => refuse(problem));
      child.once('exit', (code, signal) => {
        process.exitCode = code === null ? 128 + (signal === 'SIGKILL' ? 9 : 15) : code;
      });
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
    },
  );
}

function refuse(problem) {
  process.stderr.write(problem + '\n');
  process.exitCode = 1;
}
