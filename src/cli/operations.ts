import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatManifest, manifestFile, publish, readManifest } from '../operation/registry/manifest.ts';
import { readOperationFiles } from '../operation/registry/operation-files.ts';
import { loadClients } from './client-folders.ts';
import { type Command, type Output, UsageError } from './command.ts';
import { parseWords } from './words.ts';

const usage = `Usage: facet operations <action> [options]

  publish            Add to each client's manifest what schema/operations/<client>/<version>/ has and the manifest lacks. Nothing is
                     ever changed or taken out: an operation whose text differs from the published one is refused, since apps out
                     there send that one. Commit the manifest with the files.
  list               What is published.

  --client <folder>  Only this client.
  --json             Print JSON.`;

const options = { client: { type: 'string' }, json: { type: 'boolean' } } as const;

/** `facet operations`: the registry of what released apps may ask. */
export const operations: Command = {
  summary: 'Publish and list the operations of released apps.',
  usage,
  async run(args, output) {
    const { action, operands, values } = parseWords(args, options);
    const { client, json = false } = values;
    if (operands.length > 0) throw new UsageError('Give one action.');
    const folders = (await loadClients()).map(({ profile }) => profile.operationsFolder);
    if (client !== undefined && !folders.includes(client))
      throw new UsageError(`There is no client ${client.slice(0, 40)}; there are ${folders.join(', ')}.`);
    const chosen = client === undefined ? folders : [client];
    if (action === 'publish') return publishAll(chosen, output);
    if (action === 'list') return list(chosen, json, output);
    throw new UsageError(action ? 'There is no such action.' : 'Say what to do.');
  },
};

/** All or nothing: when one operation cannot be published, no manifest is written. */
function publishAll(clients: readonly string[], output: Output): number {
  const root = process.cwd();
  const today = new Date().toISOString().slice(0, 10);
  const results = clients.map((client) => {
    const before = readManifest(root, client);
    return { client, before, after: publish(before, readOperationFiles(root, client), today) };
  });
  for (const { client, before, after } of results) {
    const added = after.operations.slice(before.operations.length);
    if (added.length > 0) {
      const path = join(root, manifestFile(client));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, formatManifest(after));
    }
    for (const { version, name, id } of added) output.out(`published ${client} ${version} ${name} ${id}`);
    if (added.length === 0) output.out(`${client}: nothing new`);
  }
  return 0;
}

function list(clients: readonly string[], json: boolean, output: Output): number {
  const all = clients.flatMap((client) =>
    readManifest(process.cwd(), client).operations.map(({ id, name, version, publishedAt }) => ({
      client,
      version,
      name,
      id,
      publishedAt,
    })),
  );
  if (json) output.out(JSON.stringify(all));
  else
    for (const { client, version, name, id, publishedAt } of all)
      output.out(`${client} ${version} ${name} ${id} ${publishedAt}`);
  return 0;
}
