import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isRecord } from '../src/lib/is-record.ts';
import { hiveDialect } from './dialects.ts';
import { freePort, gatewayCore, start } from './processes.ts';
import { ready, type Subject } from './subjects.ts';

const here = join(import.meta.dirname, 'peers', 'hive');
const packages = join(import.meta.dirname, 'node_modules');
const installed = existsSync(join(packages, '@graphql-hive', 'gateway'));

/** Hive Gateway over a supergraph that is composed from the services' contracts. */
export function hive(): Subject {
  return {
    name: 'hive',
    missing: installed ? undefined : 'run npm ci in bench/',
    dialect: hiveDialect,
    async launch({ servicesUrl, cached, folder }) {
      const port = await freePort();
      const supergraph = compose(folder, servicesUrl);
      const args = [join(packages, '.bin', 'hive-gateway'), 'supergraph', '-c', join(here, 'gateway.config.mjs')];
      const process = start('node', args, {
        core: gatewayCore,
        env: { PORT: String(port), SUPERGRAPH: supergraph, CACHED: cached ? '1' : '0' },
      });
      return ready(`http://127.0.0.1:${port}/graphql`, process, 'hive');
    },
  };
}

/** Writes the supergraph; resolves with its path. */
function compose(folder: string, servicesUrl: string): string {
  for (const service of ['user', 'order', 'payment']) {
    const contract = join(import.meta.dirname, '..', 'schema', 'upstreams', `${service}-service.openapi.yaml`);
    const bare = withoutHeaders(parse(readFileSync(contract, 'utf8')));
    writeFileSync(join(folder, `${service}-service.json`), JSON.stringify(bare));
  }
  const output = join(folder, 'supergraph.graphql');
  const command = [join(packages, '.bin', 'mesh-compose'), '-c', join(here, 'compose.config.mjs'), '-o', output];
  const env = { ...process.env, SERVICES_URL: servicesUrl, CONTRACTS: folder };
  const { status, stdout, stderr } = spawnSync('node', command, { env, cwd: packages, encoding: 'utf8' });
  if (status !== 0) throw new Error(`mesh-compose: ${stderr}${stdout}`);
  return output;
}

/** The gateway's headers would become arguments of every field, to be given by the client and sent with every call. Bare, it has none. */
function withoutHeaders(contract: unknown): unknown {
  const headers = new Set<string>();
  const { components } = contract as { readonly components: { readonly parameters: Record<string, { in: string }> } };
  for (const [name, parameter] of Object.entries(components.parameters))
    if (parameter.in === 'header') headers.add(`#/components/parameters/${name}`);
  const isHeader = (parameter: unknown): boolean =>
    isRecord(parameter) && (headers.has(String(parameter['$ref'])) || parameter['in'] === 'header');
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((one) => !isHeader(one)).map(strip);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, strip(inner)]));
  };
  return strip(contract);
}
