import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentIdOf, type RegisteredOperation } from './registered-operation.ts';

/** One published operation, for ever: an entry is added and never changed or taken out. */
export interface ManifestEntry {
  /** `sha256:<hex>` of `body`. */
  readonly id: string;
  readonly name: string;
  /** Version of the app that sends it; the same document may be published for several. */
  readonly version: string;
  /** Day of publishing in UTC, `YYYY-MM-DD`. */
  readonly publishedAt: string;
  /** The text that runs, and that a client would send instead of the id. */
  readonly body: string;
}

/** `schema/operations/<client>/manifest.json`: all that a client's process knows of registered operations at start-up. */
export interface Manifest {
  readonly format: 'facet-operations';
  readonly version: 1;
  readonly operations: readonly ManifestEntry[];
}

const emptyManifest: Manifest = { format: 'facet-operations', version: 1, operations: [] };

/** Path of a client's manifest from the root, forward slashes. */
export function manifestFile(client: string): string {
  return `schema/operations/${client}/manifest.json`;
}

/** A client's manifest; an empty one when there is no file. Throws when the file is not one. */
export function readManifest(root: string, client: string): Manifest {
  const path = join(root, manifestFile(client));
  if (!existsSync(path)) return emptyManifest;
  const parsed = JSON.parse(readFileSync(path, 'utf8')) as Partial<Manifest>;
  if (parsed.format !== 'facet-operations' || parsed.version !== 1 || !Array.isArray(parsed.operations))
    throw new Error(`${manifestFile(client)} is not a manifest of operations.`);
  return parsed as Manifest;
}

export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The manifest with the operations that it lacks. Throws for one that was published with another text. */
export function publish(manifest: Manifest, operations: readonly RegisteredOperation[], today: string): Manifest {
  const added: ManifestEntry[] = [];
  for (const { documentId: id, name, version, text: body } of operations) {
    const published = manifest.operations.find((entry) => entry.version === version && entry.name === name);
    if (!published) added.push({ id, name, version, publishedAt: today, body });
    else if (published.id !== id)
      throw new Error(
        `${name} of ${version} was published on ${published.publishedAt} with another text: apps out there send that one. Publish the new text under a new version.`,
      );
  }
  return { ...manifest, operations: [...manifest.operations, ...added] };
}

/**
 * Where a client's manifest and files disagree, one sentence a problem. `released` is the manifest as it was before, from version
 * control: what was in it must still be there, unchanged.
 */
export function manifestProblems(
  client: string,
  manifest: Manifest,
  operations: readonly RegisteredOperation[],
  released?: Manifest,
): string[] {
  const file = manifestFile(client);
  const problems: string[] = [];
  const entries = new Map(manifest.operations.map((entry) => [`${entry.version} ${entry.name}`, entry]));
  const files = new Map(operations.map((operation) => [`${operation.version} ${operation.name}`, operation]));
  if (entries.size < manifest.operations.length) problems.push(`${file}: an operation is listed twice`);
  for (const [key, { id, body }] of entries) {
    const source = files.get(key);
    if (id !== documentIdOf(body)) problems.push(`${file}: the id of ${key} is not the digest of its text`);
    if (!source) problems.push(`${file}: ${key} was published, but no file has it any more`);
    else if (source.documentId !== id)
      problems.push(`${file}: ${key} was published with another text than ${source.file} has now`);
  }
  for (const [key, { file: source }] of files)
    if (!entries.has(key))
      problems.push(`${file}: ${key} (${source}) is not published; run \`facet operations publish\``);
  for (const { id, name, version } of released?.operations ?? [])
    if (entries.get(`${version} ${name}`)?.id !== id)
      problems.push(`${file}: ${version} ${name} was published before and must stay as it was`);
  return problems;
}
