import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatManifest, readManifest } from '../src/operation/registry/manifest.ts';
import { sha256Hex } from '../src/lib/digest.ts';

const repository = join(import.meta.dirname, '..');

/** This repository as it would be with so many registered operations: links to everything, and a manifest of its own. */
export function withOperations(count: number, folder: string): string {
  const root = mkdtempSync(join(folder, `operations-${count}-`));
  for (const name of ['src', 'bff-web', 'node_modules', 'package.json'])
    symlinkSync(join(repository, name), join(root, name));
  const operations = join(root, 'schema', 'operations', 'web');
  mkdirSync(operations, { recursive: true });
  for (const name of readdirSync(join(repository, 'schema')).filter((one) => one !== 'operations'))
    cpSync(join(repository, 'schema', name), join(root, 'schema', name), { recursive: true });
  const entries = Array.from({ length: count }, (_, index) => {
    const body = `query Many${index} { viewer { id } }`;
    return { id: `sha256:${sha256Hex(body)}`, name: `Many${index}`, version: '1.0.0', publishedAt: '2026-11-01', body };
  });
  const manifest = { ...readManifest(repository, 'web'), operations: entries };
  writeFileSync(join(operations, 'manifest.json'), formatManifest(manifest));
  return root;
}
