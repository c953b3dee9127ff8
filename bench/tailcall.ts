import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { tailcallDialect } from './dialects.ts';
import { freePort, gatewayCore, start } from './processes.ts';
import { ready, type Subject } from './subjects.ts';

const binary = join(import.meta.dirname, 'node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall');
// It would report its use over the network.
const env = { TAILCALL_TRACKER: 'false', TAILCALL_LOG_LEVEL: 'error' };

/** Tailcall's published binary, over the services as they are. */
export function tailcall(): Subject {
  return {
    name: 'tailcall',
    missing: whyMissing(),
    dialect: tailcallDialect,
    async launch({ servicesUrl, cached, folder }) {
      const port = await freePort();
      const path = join(folder, `tailcall-${port}.graphql`);
      const template = readFileSync(join(import.meta.dirname, 'peers', 'tailcall.graphql'), 'utf8');
      const filled = template.replaceAll('SERVICES_URL', servicesUrl).replace(': PORT', `: ${port}`);
      writeFileSync(path, cached ? filled : filled.replaceAll(/@cache\(.*?\)/g, ''));
      const process = start(binary, ['start', path], { core: gatewayCore, env });
      return ready(`http://127.0.0.1:${port}/graphql`, process, 'tailcall');
    },
  };
}

function whyMissing(): string | undefined {
  if (!existsSync(binary)) return 'npm ci in bench/ installed no binary for this machine';
  const { status, stderr } = spawnSync(binary, ['--version'], { env: { ...process.env, ...env }, encoding: 'utf8' });
  return status === 0 ? undefined : `its binary does not start here: ${stderr.trim()}`;
}
