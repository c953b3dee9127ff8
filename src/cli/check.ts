import { ConfigError } from '../config/config-error.ts';
import { loadConfig } from '../config/load.ts';
import type { Client } from '../gateway.ts';
import { checkContracts } from '../operation/contract/check-contracts.ts';
import { unknownUses } from '../operation/fan-out.ts';
import { permissionProblems } from '../operation/guarded-schema.ts';
import { loadSchema } from '../operation/load-schema.ts';
import { manifestProblems, readManifest } from '../operation/registry/manifest.ts';
import { readOperationFiles } from '../operation/registry/operation-files.ts';
import { registeredProblems } from '../operation/registry/registered-problems.ts';
import { loadClients } from './client-folders.ts';
import { type Command, UsageError } from './command.ts';
import { manifestAt } from './manifest-at.ts';
import { parseWords } from './words.ts';

const usage = `Usage: facet check [options]

Validates, without starting anything: the configuration, each client's schema with its resolvers and permissions, and every published
operation of every version. Prints every problem, one a line. Exit code 0: none; 1: some; 2: the configuration cannot be read.

  --config <file>   Default: FACET_CONFIG, else gateway.yaml.
  --since <ref>     Also compares with a git revision: nothing that was published there may be changed or gone.`;

/** `facet check`: everything that can be known to be wrong before a start. */
export const check: Command = {
  summary: 'Validate configuration, schemas, permissions and published operations.',
  usage,
  async run(args, output) {
    const { action, values } = parseWords(args, { config: { type: 'string' }, since: { type: 'string' } });
    if (action) throw new UsageError('check takes options only.');
    const { config, since } = values;
    const root = process.cwd();
    const problems = [...configProblems(config), ...checkContracts(root, new Date())];
    for (const client of await loadClients()) problems.push(...clientProblems(client, root, since));
    for (const problem of problems) output.err(problem);
    if (problems.length > 0) {
      output.err(problems.length === 1 ? '1 problem' : `${problems.length} problems`);
      return 1;
    }
    output.out('The configuration, the schemas and all published operations are good.');
    return 0;
  },
};

function configProblems(file: string | undefined): string[] {
  try {
    loadConfig(file);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message }) => `${error.file}: ${path ? `${path}: ` : ''}${message}`);
  }
}

function clientProblems(client: Client, root: string, since: string | undefined): string[] {
  const { profile, permissions, uses } = client;
  const { name, operationsFolder } = profile;
  try {
    // Without resolvers, so that one that doesn't fit hides nothing else.
    const { schema } = loadSchema(`${root}/schema`, profile.schemaFolders, {});
    const manifest = readManifest(root, operationsFolder);
    const released = since === undefined ? undefined : manifestAt(since, root, operationsFolder);
    return [
      ...resolverProblems(client, root),
      ...unknownUses(schema, uses).map((problem) => `${name}: ${problem}`),
      ...permissionProblems(schema, permissions).map((problem) => `${name}: ${problem}`),
      ...manifestProblems(operationsFolder, manifest, readOperationFiles(root, operationsFolder), released),
      ...registeredProblems(name, manifest.operations, { schema, permissions, limits: profile.limits, uses }),
    ];
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function resolverProblems({ profile, resolvers }: Client, root: string): string[] {
  try {
    loadSchema(`${root}/schema`, profile.schemaFolders, resolvers);
    return [];
  } catch (error) {
    return [`${profile.name}: ${(error as Error).message}`];
  }
}
