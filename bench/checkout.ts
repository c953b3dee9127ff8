import { execFileSync } from 'node:child_process';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another version of this repository in a git worktree beside it; it uses the packages that are installed here. */
export function checkout(ref: string): { readonly root: string; remove(): void } {
  const repository = join(import.meta.dirname, '..');
  const root = join(mkdtempSync(join(tmpdir(), 'facet-ref-')), 'repository');
  const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: repository, stdio: 'pipe' });
  git('worktree', 'add', '--detach', root, ref);
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  return { root, remove: () => void git('worktree', 'remove', '--force', root) };
}
