import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialect } from './dialects.ts';
import { facetConfig } from './facet-config.ts';
import { freePort, gatewayCore, start, type Started, until } from './processes.ts';

/** A gateway that is measured. */
export interface Subject {
  readonly name: string;
  /** Starts it; resolves once it answers. */
  launch(world: World): Promise<Running>;
  /** Why it cannot run here; undefined when it can. */
  readonly missing?: string | undefined;
  /** How it is asked, and how its answer reads, where its schema is another than the common one. */
  readonly dialect?: Dialect;
}

/** What surrounds the gateways. */
export interface World {
  readonly servicesUrl: string;
  readonly redisUrl: string;
  readonly cached: boolean;
  readonly folder: string;
}

export interface Running {
  readonly url: string;
  /** Of Facet alone. */
  readonly adminUrl?: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const here = import.meta.dirname;
const peersInstalled = existsSync(join(here, 'node_modules', 'undici'));

/** Each a file in `peers/` that listens on PORT. */
export function peer(name: string, file: string): Subject {
  return {
    name,
    missing: peersInstalled ? undefined : 'run npm ci in bench/',
    async launch({ servicesUrl, cached }) {
      const port = await freePort();
      const process = start('node', [join(here, 'peers', file)], {
        core: gatewayCore,
        env: { PORT: String(port), SERVICES_URL: servicesUrl, CACHED: cached ? '1' : '0' },
      });
      const url = `http://127.0.0.1:${port}/graphql`;
      return ready(url, process, name);
    },
  };
}

export interface FacetOptions {
  readonly name?: string;
  /** Which client's process. */
  readonly client?: 'web' | 'mobile';
  /** The repository's root of the version that runs. */
  readonly root?: string;
  /** Laid over the configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly withoutRedis?: boolean;
  readonly nodeOptions?: readonly string[];
  /** Modules of `without/` that take the place of the gateway's own. */
  readonly without?: readonly string[];
  /** For `without: ['layers.ts']`: which layers of the way out are left out. */
  readonly withoutLayers?: readonly string[];
  /** Other cores than the gateway's. */
  readonly cores?: string;
}

/** Facet with everything on, as a deployment runs it; only the ceilings are out of reach. */
export function facet(options: FacetOptions = {}): Subject {
  const {
    name = 'facet',
    client = 'web',
    root = join(here, '..'),
    config = {},
    withoutRedis = false,
    nodeOptions = [],
    without = [],
    withoutLayers = [],
    cores = String(gatewayCore),
  } = options;
  const hook = without.length === 0 ? [] : ['--import', join(here, 'without', 'hook.ts')];
  return {
    name,
    async launch({ servicesUrl, redisUrl, cached, folder }) {
      const [port, adminPort] = [await freePort(), await freePort()];
      const path = join(folder, `${name.replaceAll(/\W/g, '-')}.json`);
      const parts = { client, port, adminPort, servicesUrl, cached, redisUrl: withoutRedis ? undefined : redisUrl };
      const whole = { ...facetConfig(parts), ...config };
      writeFileSync(path, JSON.stringify(whole));
      const process = start('node', [...nodeOptions, ...hook, `bff-${client}/main.ts`], {
        core: cores,
        env: { FACET_CONFIG: path, BENCH_WITHOUT: without.join(), BENCH_WITHOUT_LAYERS: withoutLayers.join() },
        cwd: root,
      });
      const running = await ready(`http://127.0.0.1:${port}/graphql`, process, name);
      return { ...running, adminUrl: `http://127.0.0.1:${adminPort}` };
    },
  };
}

/** Resolves once it answers the smallest query. */
export async function ready(url: string, process: Started, name: string): Promise<Running> {
  await until(async () => {
    if (process.child.exitCode !== null) throw new Error(`it ended with ${process.child.exitCode}`);
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', benchuser: 'usr_bench0' },
      body: JSON.stringify({ operationName: 'BenchTypename', query: 'query BenchTypename { __typename }' }),
    });
  }, name);
  return { url, pid: process.pid, stop: process.stop };
}
