import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { levels } from './source-tree.ts';

test('the page on architecture shows the levels that the imports are checked by', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const rows = [...page.matchAll(/^\| (\d+) +\| `(src\/[a-z-]+)`/gm)].map(([, level, folder]) => [
    Number(level),
    folder,
  ]);
  assert.deepEqual(rows, levels);
});

test('every link between pages leads to a file', () => {
  const broken = globSync(['*.md', 'docs/**/*.md', 'clients/*.md', 'deploy/**/*.md'], {
    exclude: (name) => name.includes('node_modules'),
  }).flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !existsSync(join(dirname(page), link)))
      .map((link) => `${page}: ${link}`),
  );
  assert.deepEqual(broken, []);
});
