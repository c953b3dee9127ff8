import { execFileSync } from 'node:child_process';
import { type Manifest, manifestFile } from '../operation/registry/manifest.ts';

/** A client's manifest as a git revision has it; undefined where that revision has none. Throws for a revision that does not exist. */
export function manifestAt(ref: string, root: string, client: string): Manifest | undefined {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });
  let commit: string;
  try {
    commit = git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`).trim();
  } catch {
    throw new Error(`there is no git revision ${ref}`);
  }
  const path = manifestFile(client);
  const isThere = git('ls-tree', '--name-only', commit, path).trim() !== '';
  return isThere ? (JSON.parse(git('show', `${commit}:${path}`)) as Manifest) : undefined;
}
